"""The card of the link check: how the catalogue's links stand, how far a check is, and which ones no longer open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, rows, text
from bot.kit.words import counted, plain
from cogs.resources import days
from cogs.resources.cards.lists import TITLE_SHOWN
from cogs.resources.cards.suggestions import ago
from cogs.resources.checking import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.resources.service.checking import State
    from db.resources import Checked, Link, Resource

_GROUPS = (
    # The kinds, what is said of one, and of many; whatever is in none of them is unclear
    ((Kind.ALIVE, Kind.MOVED_FOR_NOW), "opens as it should", "open as they should"),
    ((Kind.MOVED, Kind.OTHER_SITE), "leads elsewhere now", "lead elsewhere now"),
    (
        (Kind.KEPT_OUT, Kind.SIGN_IN),
        "is on a site that keeps programs out, so I cannot tell",
        "are on sites that keep programs out, so I cannot tell",
    ),
)
_UNCLEAR = "gave no clear answer", "gave no clear answer"


def nothing_to_check() -> ui.LayoutView:
    """An empty catalogue."""
    return note("### The catalogue is empty\nOnce there are resources in it, I look at their links once a week.")


def state(
    now: State, dead: Sequence[tuple[Resource, Link]], buttons: Sequence[ui.Item[Any]], words: str = ""
) -> ui.LayoutView:
    """How the links stand, with a page of the dead ones; `words` say what has just been done."""
    checked = now.checked
    parts: list[Part] = [text(f"### {counted(checked.total, 'link')} in the catalogue 🔗\n{_when(now)}")]
    if checked.looked_at:
        parts.append(text("\n".join(f"- {each}" for each in _standing(checked))))
    if words:
        parts.append(text(words))
    if dead:
        parts += [line(), text("**These no longer open**, the longest first. Decide about them in the review queue:")]
        parts += [text(_dead(resource, link)) for resource, link in dead]
    return card(*parts, *rows(*buttons), tone=Tone.ASK if dead else Tone.PLAIN)


def _when(now: State) -> str:
    if now.running:
        far = f": **{now.done:,} of {now.checked.total:,}** so far" if now.done else ""
        return (
            f"I am looking at them{far}. It takes a while, since I ask each site for one thing at a time. Whatever "
            "needs you comes to the review queue; no need to wait here."
        )
    last = f"The last one was looked at {ago(now.checked.last)}." if now.checked.last else "None was looked at yet."
    return (
        f"{last} I look at each of them about once a week, a few a day. One that fails is tried again the next day; "
        "after three such days it comes to the review queue."
    )


def _standing(checked: Checked) -> list[str]:
    """A line for each group that has any; nothing is said of the others."""
    numbers = dict(checked.by_kind)
    said = [(sum(numbers.pop(kind.value, 0) for kind in kinds), one, many) for kinds, one, many in _GROUPS]
    said += [
        (checked.doubtful, "failed lately; I try it again tomorrow", "failed lately; I try them again tomorrow"),
        (checked.dead, "no longer opens", "no longer open"),
        (checked.let_be, "does not open for me, but is fine for you", "do not open for me, but are fine for you"),
        (sum(numbers.values()), *_UNCLEAR),
        (checked.total - checked.looked_at, "was not looked at yet", "were not looked at yet"),
    ]
    return [f"**{number:,}** {one if number == 1 else many}" for number, one, many in said if number]


def _dead(resource: Resource, link: Link) -> str:
    since = f" since {days.said(link.first_failed_on)}" if link.first_failed_on else ""
    copy = f"\n-# An archived copy: {plain(link.archived_link)}" if link.archived_link else ""
    return f"**{plain(resource.about.title, TITLE_SHOWN)}**{since}\n-# {plain(resource.about.link)}{copy}"
