"""Cards for the community agreement: what it is, how a new text will look, and whom it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, rows, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.setup import Settings


def change(settings: Settings, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The agreement as it is, and what can be done about it."""
    words = (
        "### Community agreement\nA few sentences on how people treat each other here. Who posts something through me "
        "for the first time reads it and accepts it, once. Where there is no text, nothing is asked."
    )
    if not settings.agreement:
        return card(text(f"{words}\n\nThere is none now."), *rows(*buttons))
    return card(text(words), line(), text(settings.agreement), line(), *rows(*buttons))


def preview(words: str, buttons: Sequence[ui.Item[Any]], *, again: bool) -> ui.LayoutView:
    """The text as members will see it; `again` where another one is in use, which some may have accepted."""
    below = "Members will see it like this."
    if again:
        below += (
            " **Save the text** if it is still the same agreement in better words: only who has not accepted it is "
            "asked. **Ask everyone again** if it asks for something new."
        )
    return card(text("### Your agreement"), line(), text(words), line(), text(below), *rows(*buttons), tone=Tone.ASK)
