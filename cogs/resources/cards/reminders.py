"""Cards of a reminder to read something: the question when, the promise, and the reminder itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, row, rows, text
from bot.kit.words import plain
from cogs.resources.cards.lists import entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from discord import ui

    from db.search import SearchRecord

TITLE_SHOWN = 80


def saved(words: str, undoing: Sequence[ui.Item[Any]], whens: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Saved, with the offer to be reminded."""
    parts: list[Any] = [text(words), *rows(*undoing), line(), text("Shall I remind you to read it?"), row(*whens)]
    return card(*parts, tone=Tone.DONE)


def promised(title: str, due: datetime, buttons: Sequence[ui.Item[Any]], *, directly: bool = False) -> ui.LayoutView:
    """What was promised: when (in the member's own time), and how it will come."""
    how = "by direct message" if directly else "in a private thread that only you and I write in"
    return note(
        f"I will remind you to read “{plain(title, TITLE_SHOWN)}” on <t:{int(due.timestamp())}:F>, {how}.",
        *buttons,
        tone=Tone.DONE,
    )


def reminder(user_id: int, record: SearchRecord, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The reminder, as the member gets it."""
    parts: list[Any] = [
        text(f"### Time to read 📖\n<@{user_id}>, you asked me to remind you of this. It comes once."),
        line(),
        text(entry(record)),
    ]
    if buttons:
        parts += [line(), text("Not now? I can remind you again."), row(*buttons)]
    return card(*parts)
