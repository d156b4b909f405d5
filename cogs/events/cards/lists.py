"""The list of what is coming up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, card, line, row, rows, text
from bot.kit.words import counted
from cogs.events import terms
from cogs.events.cards import wording
from cogs.events.pointing import jump
from db.events import CANT, GOING, MAYBE, OFFERED, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.events import Event

_MINE = {
    GOING: "you are going",
    MAYBE: "you said maybe",
    CANT: "you can't come",
    WAITING: "you are in line",
    OFFERED: "a place is kept for you",
}


def coming_up(
    entries: Sequence[tuple[Event, int, str, ui.Item[Any]]],
    total: int,
    below: Sequence[ui.Item[Any]],
    select: ui.Item[Any] | None,
    *,
    heading: str,
) -> ui.LayoutView:
    """A page of events, each with how many go, what the member said, and a button."""
    parts: list[Part] = [text(f"### {heading} 📅\n-# {counted(total, 'event')}")]
    for event, going, mine, button in entries:
        said = [f"{going:,} going"] if going else []
        said += [_MINE[mine]] if mine in _MINE else []
        where = wording.where(event.plan, told=False)
        title = wording.title(event)
        link = jump(event)
        lines = [f"**[{title}]({link})**" if link else f"**{title}**"]
        lines.append(f"{wording.at(event.starts_at)} ({wording.relative(event.starts_at)})")
        lines += [where] if where and not event.plan.where.hidden else []
        lines += [f"-# {' · '.join(said)}"] if said else []
        parts += [line(), text("\n".join(lines)), row(button)]
    parts += [line()] if entries else []
    parts += [row(select)] if select is not None else []
    return card(*parts, *rows(*below))


def nothing(heading: str, buttons: Sequence[ui.Item[Any]], *, organizer: bool) -> ui.LayoutView:
    """Nothing is coming up."""
    words = "Press **New event** to post one." if organizer else "When an organizer posts an event, you find it here."
    return card(text(f"### {heading} 📅\nNothing yet. {words}"), *rows(*buttons))


def heading(template: str | None, *, mine: bool) -> str:
    """What the list holds."""
    if mine:
        return "My events"
    return f"Coming up: {terms.kind(template).label}" if template else "What's coming up"
