"""What a member told the organizers, as these see it: one by one, and as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, rows, text
from bot.kit.words import counted, listed
from cogs.welcome.cards.telling import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.kit.cards import Part
    from db.welcome import Told


def one(
    told: Told, buttons: Sequence[ui.Item[Any]], *, addressed: Sequence[int] = (), reader: int | None = None
) -> ui.LayoutView:
    """It, with the answer and that it was dealt with. `addressed` are those it went to one by one, with `reader`."""
    return card(text(_words(told, addressed, reader)), *rows(*buttons), tone=_tone(told))


def _tone(told: Told) -> Tone:
    return Tone.ASK if told.settled_at is None else Tone.DONE


def _words(told: Told, addressed: Sequence[int] = (), reader: int | None = None) -> str:
    who = f"<@{told.user_id}>" if told.named and told.user_id else "A member"
    how = "" if told.named else ", without a name,"
    lines = [f"### {who}{how} tells the organizers 📨", quoted(told.text)]
    others = [f"<@{number}>" for number in addressed if number != reader]
    if told.without:
        went = f" Besides you it went to {listed(others)}." if others else ""
        lines.append(f"**One organizer is left out of this**, on purpose. Please keep it from everyone else.{went}")
    elif others:
        lines.append(f"-# It went to {listed(others)} as well.")
    if told.answer:
        by = f"<@{told.answered_by}>" if told.answered_by else "An organizer"
        lines.append(f"**{by} answered:**\n{quoted(told.answer)}")
    if told.settled_at is not None:
        by = f"<@{told.settled_by}>" if told.settled_by else "an organizer"
        lines.append(f"Dealt with by {by}, <t:{int(told.settled_at.timestamp())}:R>. ✅")
    lines.append(f"-# Told <t:{int(told.told_at.timestamp())}:f>")
    return "\n".join(lines)


def waiting(
    found: Sequence[tuple[Told, Sequence[ui.Item[Any]]]], total: int, pager: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """A page of what waits."""
    if not found:
        return note("No member waits for a word from you. What members tell the organizers will stand here.")
    parts: list[Part] = [text(f"### {counted(total, 'message')} to the organizers")]
    for told, buttons in found:
        parts += [line(), text(_words(told)), *rows(*buttons)]
    return card(*parts, *rows(*pager))
