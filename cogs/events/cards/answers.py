"""What a member sees after a press on an event's card."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, note, text
from bot.kit.words import counted
from cogs.events.cards import wording
from db import events
from db.delivery import Way
from db.events import OFFERED, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from discord import ui

    from cogs.events.service import Answered

_WAYS = {Way.DM: "by direct message", Way.PRIVATE: "in a private thread", Way.NOTE: "when you next do something here"}
MAIL_SHOWN = 3_000
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def answered(found: Answered, buttons: Sequence[ui.Item[Any]], zone: str) -> ui.LayoutView:
    """What the answer led to, and what can be chosen now; `zone` is how the server's time zone is called."""
    event, rsvp = found.event, found.rsvp
    title = f"“{wording.name(event)}”"
    when = f"{wording.when(event.starts_at, event.ends_at)}\n-# That is {zone}."
    again = rsvp.answer == found.before
    match rsvp.answer:
        case events.GOING:
            where = wording.where(event.plan, told=True)
            place = f"\n**Where** {where}" if where else ""
            words = (
                f"### {'You are going already' if again else 'You are going'}\n{title}\n{when}{place}\n{_told(found)}"
            )
        case events.WAITING:
            ahead = f"{counted(found.ahead, 'person is', 'people are')} before you" if found.ahead else "You are next"
            words = (
                f"### {'You are in line already' if again else 'You are in line'}\nAll places of {title} are taken. "
                f"{ahead}. When a place is free, it is yours or offered to you. How shall I tell you?"
            )
        case events.OFFERED:
            until = f" until {wording.at(rsvp.offered_until)}" if rsvp.offered_until else ""
            words = f"### A place is kept for you\nPress **Going** to take your place at {title}{until}."
        case events.MAYBE:
            words = f"### Maybe\n{title}\n{when}\nNo place is kept for you; press **Going** once you know."
        case _:
            words = f"### You can't come\nThank you for saying so; it helps the hosts of {title} to plan."
    tone = Tone.ASK if rsvp.answer in (WAITING, OFFERED) else Tone.DONE
    return note(words, *buttons, tone=tone)


def _told(found: Answered) -> str:
    way = _WAYS.get(Way(found.rsvp.way)) if found.rsvp.way else None
    if way:
        return f"-# If it is moved or called off, I tell you {way}."
    if found.event.posted.thread_id is not None:
        return f"-# If it is moved or called off, you are told in <#{found.event.posted.thread_id}>."
    return "-# If it is moved or called off, I tell you when you next do something here."


def reminding(found: Answered, buttons: Sequence[ui.Item[Any]], now: datetime) -> ui.LayoutView:
    """I will remind them; when, and how they want to be reminded."""
    left = found.event.starts_at - now
    if left <= HOUR:
        words = f"### It is near\n“{wording.name(found.event)}” starts {wording.relative(found.event.starts_at)}."
        return note(words, *buttons, tone=Tone.DONE)
    before = "a day and an hour before it starts" if left > DAY else "an hour before it starts"
    way = _WAYS.get(Way(found.rsvp.way or Way.PRIVATE), "")
    return note(
        f"### I will remind you\n“{wording.name(found.event)}”: {before}, {way}.",
        *buttons,
        tone=Tone.DONE,
    )


def reached(found: Answered, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """How they will hear about an event from now on."""
    also = " Also what I remind you of." if found.rsvp.remind else ""
    words = f"About “{wording.name(found.event)}” I will write to you {_WAYS[Way(found.rsvp.way)]}.{also}"
    return note(words, *buttons, tone=Tone.DONE)


def mail(words: str) -> ui.LayoutView:
    """Plain text to copy."""
    shown = words.replace("```", "'''")[:MAIL_SHOWN]
    return card(
        text("### Copy for e-mail\nPress and hold, or use the copy sign in the corner."), text(f"```\n{shown}\n```")
    )
