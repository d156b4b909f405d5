"""Where an event can be found, and when it is, where Discord shows neither buttons nor timestamps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.events import CHANNEL

if TYPE_CHECKING:
    from datetime import datetime

    from db.events import Event

_NOON = 12


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
