from __future__ import annotations

from typing import Any

import pytest
from discord import ui

from bot.kit.cards import Tone, card, note, row, text
from bot.kit.reactions import question
from tests.kit.house_rules import broken


def button(label: str, **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": label, "custom_id": "some:1", **more}


def sent(*parts: dict[str, Any], personal: bool = False, color: int = Tone.PLAIN.value, **more: Any) -> list[str]:
    box = {"type": 17, "id": 7, "accent_color": color, "components": list(parts)}
    body = {"components": [box], "allowed_mentions": {"parse": []}, **more}
    return broken("POST", "/channels/1/messages", body, personal=personal)


def said(words: str) -> dict[str, Any]:
    return {"type": 10, "content": words}


def in_a_row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(buttons)}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (in_a_row(*(button(f"Choice {letter}") for letter in "abcd")), "4 buttons in a row"),
        (in_a_row(button("A label that is too long")), "a label of 24 characters"),
        (in_a_row(button("✅ Fine")), "an emoji or a moment inside a label"),
        (in_a_row(button("Import 0 resources")), "a zero on a button"),
        (in_a_row(button("Submit")), "a word that is not ours"),
        (in_a_row(button("save it")), "begins small"),
        (in_a_row(button("Find A Resource")), "has capitals like a headline"),
        (in_a_row(button("Ask a question", emoji={"name": "🐢"})), "elsewhere"),
        (in_a_row(button("Burn it", style=4)), "a red button without a question"),
        (in_a_row({"type": 3, "custom_id": "pick:1", "options": []}), "a select that does not say what it is for"),
        (
            in_a_row({"type": 3, "custom_id": "a", "placeholder": "When?", "options": [{"label": "<t:1:F>"}]}),
            "a moment in an option",
        ),
        ({"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}, "a picture without words"),
        (said("You have 0 resources."), "shows a zero"),
        (said("```\n<t:1:F>\n```"), "a moment inside code"),
    ],
)
def test_a_card_that_breaks_a_rule_is_told(part: dict[str, Any], words: str) -> None:
    sent(in_a_row(button("Ask a question", emoji={"name": "❓"})))  # as it is everywhere
    assert words in "\n".join(sent(part))


def test_a_color_that_means_nothing_and_a_mention_of_all_are_told() -> None:
    assert "a color that means nothing" in sent(said("hello"), color=0xFF00FF)[0]
    assert "may notify by what is written" in sent(said("hello"), allowed_mentions={"parse": ["everyone"]})[0]
    assert sent(said("hello"), allowed_mentions=None) == ["nothing says whom the message may notify"]


def test_what_comes_unasked_says_why_and_how_to_end_it() -> None:
    bare = sent(said("### A mentee for you\nPlease answer."), personal=True)
    assert [one.partition(":")[0] for one in bare] == ["does not say why it comes", "does not say how to end it"]
    why = said("### A mentee for you\n-# You get this because you offered to mentor. **/mentor pause** takes a break.")
    assert sent(why, personal=True) == []


def test_a_form_is_held_to_our_words() -> None:
    form = {"title": "Find A User", "components": [{"label": "When?", "description": "<t:1:F>", "component": {}}]}
    found = broken("POST", "/interactions/1/x/callback", {"type": 9, "data": form})
    assert [one.partition(":")[0] for one in found] == [
        "a word that is not ours",
        "has capitals like a headline",
        "a moment in a form, where Discord does not show it",
    ]


def test_what_the_kit_makes_breaks_no_rule() -> None:
    asked = question("Throw it away?", "some", "1", "Throw it away")
    fine = card(text("### Done\nAll is well."), row(ui.Button(label="Open", custom_id="open:x")), tone=Tone.DONE)
    for view in (asked, fine, note("Nothing was changed.")):
        parts = view.to_components()  # type: ignore[no-untyped-call]
        body = {"components": parts, "allowed_mentions": {"parse": []}}
        assert broken("POST", "/channels/1/messages", body) == []
