"""An event as others know it: the subject of a delivery, a record of the search, a link to its card."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cogs.events import terms
from db.events import CHANNEL, PLACE
from db.search import SearchRecord

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.vocabulary import Vocabulary
    from db.events import Event

ROOM = "events"
"""The room's name in the search index."""
KIND = "event"
"""What kind its records are."""
_SUBJECT = "event:"
_NOON = 12


def subject(event_id: int) -> str:
    """An event as the subject of a delivery."""
    return f"{_SUBJECT}{event_id}"


def number_in(subject_: str) -> int:
    """The number of the event that a delivery is about; 0 where it is about none."""
    number = subject_.removeprefix(_SUBJECT)
    return int(number) if subject_.startswith(_SUBJECT) and number.isdigit() else 0


def jump(event: Event) -> str:
    """The link to an event's card; empty as long as it has none."""
    if event.posted.message_id is None:
        return ""
    return f"https://discord.com/channels/{event.guild_id}/{event.posted.channel_id}/{event.posted.message_id}"


def public_where(event: Event) -> str:
    """Where it is, in words or as a link, for everybody; a link that is hidden leads to the card instead."""
    where = event.plan.where
    if where.kind == CHANNEL:
        return f"https://discord.com/channels/{event.guild_id}/{where.channel_id}"
    return jump(event) if where.hidden else where.text


def said_when(moment: datetime, zone: str) -> str:
    """A moment where Discord shows no timestamps: Tuesday, March 3, 2026, 3:00 PM (New York time)."""
    there = moment.astimezone(ZoneInfo(zone))
    half = "AM" if there.hour < _NOON else "PM"
    clock = f"{there.hour % _NOON or _NOON}:{there.minute:02} {half}"
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{there:%A, %B} {there.day}, {there.year}, {clock} ({city} time)"


def record_of(event: Event, vocabulary: Vocabulary) -> SearchRecord:
    """The search record of an event whose card stands."""
    plan, kind = event.plan, terms.kind(event.plan.template)
    tools = [tool.slug for tool in vocabulary.find(f"{plan.title} {plan.about}")]
    labels = [tool.label for slug in tools if (tool := vocabulary.get(slug))]
    when = said_when(event.starts_at, plan.zone)
    return SearchRecord(
        guild_id=event.guild_id,
        room=ROOM,
        key=str(event.event_id),
        kind=KIND,
        title=plan.title,
        summary=plan.about,
        keywords=" ; ".join(["event", kind.label, *labels]),
        facts=(when, f"{kind.emoji} {kind.label}", *([plan.where.text] if plan.where.kind == PLACE else [])),
        tools=tuple(tools),
        link=jump(event),
    )
