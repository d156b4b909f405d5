"""The rules of the house for what people see, held against everything the bot sends in any test.

docs/voice-and-cards.md says them in words. A card is told from what a test itself sends by its container: all cards
have one. Members' own words stand in texts, so only what is ours is held to a wording: labels, placeholders, forms.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from bot.kit.cards import BUTTON_LABEL_LIMIT, BUTTONS_PER_ROW, COMPONENTS_LIMIT, TEXT_LIMIT, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROW, BUTTON, TEXT, THUMBNAIL, GALLERY, CONTAINER = 1, 2, 10, 11, 12, 17
SELECTS = (3, 5, 6, 7, 8)
GREEN, RED, OPENS_ADDRESS = 3, 4, 5
MODAL, MESSAGE, EDIT = 9, 4, 7

NEVER = re.compile(
    r"\b(errors?|invalid|ids?|urls?|mend(?:s|ed|ing)?|forbid\w*|experts?|silent|left over|null|failure|illegal|abort"
    r"|users?|colour\w*|organis\w*|favourit\w*|behaviour|licence|programmes?|cancelled|centre|submit\w*)\b",
    re.IGNORECASE,
)
"""Words that are not ours: of machines, unkind, or not American. (Canceled has one l; the field says *called off*.)"""
ZERO = re.compile(
    r"(?<![\w.,:/#<-])0 (people|members?|persons?|resources?|events?|questions?|answers?|repl\w+|places?|links?"
    r"|pairs?|mentors?|mentees?|helpers?|rows?|records?|messages?|things?|days?|times?|going|maybe|waiting|of \d)"
    r"|\*\*0\*\*|\(0\)",
    re.IGNORECASE,
)
"""A count of nothing; a card leaves it out, or says it in words."""
NAMES = {"I", "I'm", "I've", "Discord", "Discord's", "Google", "Outlook", "CSV", "DOI", "ISBN", "RIS", "BibTeX", "JSON"}
"""Words that keep their capital inside a label or a title."""
RED_WITH_A_WAY_BACK = {"remove", "helper-leave", "event-off", "event-cancel", "mentor-off"}
"""Red buttons that do not stand on a question: an **Undo** or **Be one again** follows, or a form that says so."""
STOPS = {"Don't remind me", "Stop asking me", "Not for me", "Stop following", "Don't ask me again", "Dealt with"}
STOP_WORDS = re.compile(
    r"\*\*/mentor (pause|leave)\*\*|ends (such notes|that|it)|[Nn]othing more (comes|is asked)|comes once|\bonce\b"
)
WHY = re.compile(
    r"I ask you because|[Yy]ou get this because|You (wanted|are in line|have)|[Yy]ou (asked|pressed)|[Tt]his comes"
    r"|tells the organizers"
)


def broken(method: str, path: str, body: Any, *, personal: bool = False) -> list[str]:
    """What in this request breaks a rule, in words. `personal`: it goes to one person, who may have pressed nothing."""
    if not isinstance(body, dict):
        return []
    if path.startswith("/interactions/") and body.get("type") == MODAL:
        return _form(body["data"])
    message = body.get("data") if path.startswith("/interactions/") else body
    if not isinstance(message, dict) or "components" not in message:
        return []
    found = [
        said
        for part in message["components"] or ()
        if part.get("type") == CONTAINER
        for said in _card(part, personal=personal and bool(part.get("id")))
    ]
    mentions = message.get("allowed_mentions")
    if method == "POST" and not path.startswith("/interactions/") and mentions is None:
        found.append("nothing says whom the message may notify")
    if mentions and mentions.get("parse"):
        found.append(f"may notify by what is written in it: {mentions['parse']}")
    return found


def walk(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A component and all inside it, in reading order."""
    yield part
    inner = [*part.get("components", ()), part.get("accessory"), part.get("component")]
    for one in inner:
        if one:
            yield from walk(one)


def _card(card: Mapping[str, Any], *, personal: bool) -> Iterator[str]:
    parts = list(walk(card))
    texts = [str(part["content"]) for part in parts if part.get("type") == TEXT]
    if len(parts) > COMPONENTS_LIMIT:
        yield f"{len(parts)} components"
    if sum(map(len, texts)) > TEXT_LIMIT:
        yield "more text than a message holds"
    if card.get("accent_color") not in {tone.value for tone in Tone}:
        yield f"a color that means nothing: {card.get('accent_color')}"
    for said in texts:
        if zero := ZERO.search(said):
            yield f"shows a zero: {zero.group()}"
        if any("<t:" in code for code in re.findall(r"```.*?```", said, re.DOTALL)):
            yield "a moment inside code, where Discord does not show it"
    for part in parts:
        yield from _row(part)
        yield from _select(part)
        yield from _picture(part)
    buttons = [part for part in parts if part.get("type") == BUTTON]
    for button in buttons:
        yield from _button(button, buttons)
    if personal and texts and texts[0].startswith("### "):  # a toy of a test has no heading
        yield from _unprompted("\n".join(texts), {str(button.get("label")) for button in buttons})


def _row(part: Mapping[str, Any]) -> Iterator[str]:
    if part.get("type") == ROW and len(part["components"]) > BUTTONS_PER_ROW:
        yield f"{len(part['components'])} buttons in a row"


def _select(part: Mapping[str, Any]) -> Iterator[str]:
    if part.get("type") not in SELECTS:
        return
    placeholder = str(part.get("placeholder") or "")
    chosen = any(option.get("default") for option in part.get("options", ()))
    if not placeholder and not chosen and not part.get("default_values"):
        yield f"a select that does not say what it is for: {part.get('custom_id')}"
    yield from _ours(placeholder)
    for option in part.get("options", ()):
        if "<t:" in f"{option['label']} {option.get('description') or ''}":
            yield f"a moment in an option, where Discord does not show it: {option['label']}"


def _picture(part: Mapping[str, Any]) -> Iterator[str]:
    items = part.get("items", ()) if part.get("type") == GALLERY else [part] if part.get("type") == THUMBNAIL else []
    if any(not item.get("description") for item in items):
        yield "a picture without words for who cannot see it"


def _button(button: Mapping[str, Any], all_of_them: list[Mapping[str, Any]]) -> Iterator[str]:
    label, custom_id = str(button.get("label") or ""), str(button.get("custom_id") or "")
    if not 1 <= len(label) <= BUTTON_LABEL_LIMIT:
        yield f"a label of {len(label)} characters: {label!r}"
    if any(unicodedata.category(sign) == "So" for sign in label) or "<t:" in label:
        yield f"an emoji or a moment inside a label: {label!r}"
    if ZERO.search(label):
        yield f"a zero on a button: {label!r}"
    if custom_id.partition(":")[0] != "look":  # what a member looked for, as a button
        yield from _ours(label, capitals=True)
    yield from _as_ever(label, (button.get("emoji") or {}).get("name"), green=button.get("style") == GREEN)
    if button.get("style") == RED and custom_id.partition(":")[0] not in RED_WITH_A_WAY_BACK:
        kept = any(str(other.get("custom_id")).startswith("keep:") for other in all_of_them)
        if not (custom_id.startswith("confirm:") and kept):
            yield f"a red button without a question or a way back: {label!r}"


def _ours(words: str, *, capitals: bool = False) -> Iterator[str]:
    """Words that we chose: none of those we do not use, and a capital only where a sentence has one."""
    if never := NEVER.search(words):
        yield f"a word that is not ours: {never.group()!r} in {words!r}"
    if capitals and words:
        first = words.lstrip("←→ ")[:1]
        if first != first.upper():
            yield f"begins small: {words!r}"
        inner = re.findall(r"(?<=[\w,…?] )[A-Z][\w']*", words)
        if any(word not in NAMES and not (word.isupper() and len(word) > 1) for word in inner):
            yield f"has capitals like a headline: {words!r}"


_SEEN: dict[str, tuple[str | None, bool]] = {}


def _as_ever(label: str, emoji: str | None, *, green: bool) -> Iterator[str]:
    """The same label has the same emoji and is green everywhere, over all tests of this run."""
    before = _SEEN.setdefault(label, (emoji, green))
    if before != (emoji, green):
        yield f"{label!r} has the emoji and green {(emoji, green)} here, and {before} elsewhere"


def _unprompted(words: str, labels: set[str]) -> Iterator[str]:
    if not WHY.search(words):
        yield f"does not say why it comes: {words[:80]!r}"
    if not labels & STOPS and not STOP_WORDS.search(words):
        yield f"does not say how to end it: {words[:80]!r}"


def _form(form: Mapping[str, Any]) -> list[str]:
    found = list(_ours(str(form.get("title")), capitals=True))
    for part in form.get("components", ()):
        inner = part.get("component") or {}
        for words in (part.get("label"), part.get("description"), inner.get("placeholder")):
            found += _ours(str(words or ""))
            if "<t:" in str(words or ""):
                found.append(f"a moment in a form, where Discord does not show it: {words!r}")
    return found
