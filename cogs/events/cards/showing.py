"""The card of an event: in its channel for everyone, and privately with what concerns one member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, rows, text
from bot.kit.words import counted, plain
from cogs.events.cards import wording
from db import events
from db.events import CANT, GOING, MAYBE, OFFERED, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.events.service import Shown
    from db.events import Event, Rsvp

_ANSWERS = {
    GOING: "You are going.",
    MAYBE: "You said maybe.",
    CANT: "You said you can't come.",
    WAITING: "You are in line for a place.",
    OFFERED: "A place is kept for you. Press **Going** to take it.",
}


def shown(
    found: Shown, buttons: Sequence[ui.Item[Any]], *, mine: Rsvp | None = None, told: bool = False, note: str = ""
) -> ui.LayoutView:
    """An event with who comes. Privately it says what the member answered (`mine`), and a hidden link (`told`)."""
    event = found.event
    off = event.state == events.CANCELLED
    parts: list[Part] = [text(heading(event, over=found.over))]
    if event.plan.about and not off:
        parts.append(text(wording.about(event.plan.about)))
    parts += [
        text(facts(found, told=told, alone=mine is None)),
        *([text(who)] if (who := coming(found)) and not off else []),
    ]
    if mine is not None and (said := _ANSWERS.get(mine.answer)) and not off:
        parts.append(text(f"**{said}**{' I will remind you.' if mine.remind else ''}"))
    if note:
        parts.append(text(note))
    if buttons and not off:
        parts += [line(), *rows(*buttons)]
    elif buttons:
        parts += rows(*buttons)
    return card(*parts, tone=Tone.TROUBLE if off else Tone.PLAIN)


def heading(event: Event, *, over: bool = False) -> str:
    """Title, and whether it was called off or is over."""
    title = wording.title(event)
    if event.state == events.CANCELLED:
        note = f"\n{plain(event.note)}" if event.note else ""
        return f"### Called off: {title}{note}"
    if not over:
        return f"### {title}"
    came = f" {counted(event.came, 'person', 'people')} came." if event.came else ""
    return f"### {title}\n-# This is over.{came}"


def facts(found: Shown, *, told: bool, alone: bool = False) -> str:
    """When, where, how many places, and who hosts it; `alone` where nothing says what one has answered."""
    event, plan = found.event, found.event.plan
    lines = [f"**When** {wording.when(event.starts_at, event.ends_at)} ({wording.relative(event.starts_at)})"]
    if event.state == events.CANCELLED:
        return lines[0]
    if found.repeats and not found.over:
        lines.append(f"**Repeats** {plain(found.repeats)}")
    if where := wording.where(plan, told=told):
        lines.append(f"**Where** {where}")
    if places := wording.places_left(found.free, plan.places, len(found.in_line)):
        way_in = " **Going** puts you in line." if found.free == 0 and alone and not found.over else ""
        lines.append(f"**Places** {places}{way_in}")
    if plan.hosts:
        lines.append(f"**Hosted by** {wording.people(plan.hosts)}")
    return "\n".join(lines)


def coming(found: Shown) -> str:
    """Who comes, who may, who is in line; nothing of which there is none."""
    lines = [
        f"**{label} ({len(users):,})** {wording.people(users, most)}"
        for label, users, most in (
            ("Going", found.going, wording.NAMES_SHOWN),
            ("Maybe", found.maybe, 15),
            ("In line", found.in_line, 15),
        )
        if users
    ]
    return "\n".join(lines)
