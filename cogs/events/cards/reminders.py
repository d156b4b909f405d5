"""Reminders: for everyone in the channel, at the start in the thread, and for one member who asked for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, note, row, rows, text
from bot.kit.words import counted
from cogs.events import reminders
from cogs.events.cards import wording
from db.events import GOING, MAYBE, OFFERED, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from discord import ui

    from cogs.events.service.reminding import Reminded
    from db.events import Event

_BEGUN = timedelta(minutes=10)
_STANDING = {
    GOING: "You are going.",
    MAYBE: "You said maybe.",
    WAITING: "You are in line for a place.",
    OFFERED: "A place is kept for you; the event's card has the button to take it.",
}
NAMES = {
    reminders.WEEK: "a week before",
    reminders.DAY: "a day before",
    reminders.HOUR: "an hour before",
    reminders.START: "at the start",
}


def for_everyone(found: Reminded, now: datetime, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The event is near, or begins now."""
    event = found.event
    lines = [_heading(event, now), _facts(event, told=False)]
    if found.code == reminders.WEEK and (places := _places(found)):
        lines.append(f"**Places** {places}")
    if found.news_role_id is not None and found.code != reminders.START:
        lines.append(
            f"-# <@&{found.news_role_id}>: who has this role is told. **Event news** takes it or lays it down."
        )
    return note("\n".join(lines), *buttons, tone=Tone.PLAIN)


def for_one(found: Reminded, now: datetime, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The event is near, for a member who pressed **Remind me**; who goes sees where it is."""
    answer = found.rsvp.answer if found.rsvp is not None else ""
    lines = [_heading(found.event, now), _facts(found.event, told=answer == GOING)]
    if answer in _STANDING:
        lines.append(_STANDING[answer])
    who = f"<@{found.rsvp.user_id}>, you" if found.rsvp is not None else "You"
    lines.append(f"-# {who} pressed **Remind me**.")
    return note("\n".join(lines), *buttons, tone=Tone.PLAIN)


def not_yet_going(event: Event, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The link is for those who go; this says how to be one of them."""
    return note(
        f"The link to “{wording.name(event)}” is for those who go. Press **Going**, and you see it.",
        *buttons,
        tone=Tone.ASK,
    )


def link_for(event: Event, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Where it is, for who goes."""
    return note(
        f"### {wording.title(event)}\n**Where** {wording.where(event.plan, told=True)}", *buttons, tone=Tone.DONE
    )


def chosen(event: Event, codes: Sequence[str], select: ui.Item[Any], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Which reminders an event has, to be changed; with `buttons` where it is a date of a series."""
    said = ", ".join(NAMES[code] for code in codes) or "none"
    only = "\n-# This changes this one date of the series." if buttons else ""
    return card(
        text(f"### Reminders of “{wording.name(event)}”\nIn the channel: {said}.{only}"), row(select), *rows(*buttons)
    )


def chosen_for_all(event: Event, codes: Sequence[str], number: int) -> ui.LayoutView:
    """All dates to come have these reminders."""
    said = ", ".join(NAMES[code] for code in codes) or "none"
    words = f"### Saved\n“{wording.name(event)}”: {counted(number, 'date')} to come, reminders in the channel: {said}."
    return note(words, tone=Tone.DONE)


def _heading(event: Event, now: datetime) -> str:
    title, begins = wording.title(event), wording.relative(event.starts_at)
    if event.starts_at > now:
        return f"### {title}\nStarts {begins}."
    if now - event.starts_at < _BEGUN:
        return f"### Starting now: {title}"
    return f"### {title}\nBegan {begins}; you can still join."


def _facts(event: Event, *, told: bool) -> str:
    lines = [f"**When** {wording.when(event.starts_at, event.ends_at)}"]
    if where := wording.where(event.plan, told=told):
        lines.append(f"**Where** {where}")
    return "\n".join(lines)


def _places(found: Reminded) -> str:
    places = found.event.plan.places
    if places is None:
        return ""
    return wording.places_left(max(0, places - found.taken), places, 0)
