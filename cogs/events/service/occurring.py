"""The occurrences of a series as rows: made twelve months ahead, each announced when the one before it is over.

The functions belong into the transaction of the change that causes them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cogs.events import recurrence, wallclock
from cogs.events.service import telling
from cogs.events.service.following import CARD, announce, follow
from cogs.events.service.records import ROOM, subject
from db import delivery, events, search
from db.events import PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from db.engine import AsyncConnection
    from db.events import Event, Series

AHEAD = timedelta(days=366)
"""So far ahead occurrences are made."""
ANNOUNCED = timedelta(days=14)
"""So long before it starts the card of an occurrence is posted, unless the one before it is not over by then.

So a series has one card and one event in Discord's own list at a time: the next.
"""


def pure(series: Series) -> recurrence.Series:
    """The rule of a series with its start, to be reckoned with."""
    return recurrence.Series(recurrence.Rule.parse(series.rule), series.start_local, ZoneInfo(series.plan.zone))


def announced(starts_at: datetime, before: datetime | None, zone: ZoneInfo) -> datetime:
    """When the card of an occurrence is due: at its own hour; `before` is when the occurrence before it ends."""
    at = wallclock.moment(wallclock.on_the_wall(starts_at, zone).replace(fold=0) - ANNOUNCED, zone)
    return at if before is None else max(at, before)


async def make(
    connection: AsyncConnection, series: Series, keys: Iterable[datetime], before: datetime | None, now: datetime
) -> list[Event]:
    """Add the occurrences of these keys (naive, local, in order); `before` is when the one before them ends.

    What would have started by `now` is left out. The first of all is announced at once.
    """
    zone, length = ZoneInfo(series.plan.zone), timedelta(minutes=series.minutes)
    made: list[Event] = []
    for key in keys:
        starts_at = wallclock.moment(key, zone)
        if starts_at <= now:
            continue
        at = now if before is None and not made else announced(starts_at, before, zone)
        event = await events.add(
            connection,
            series.guild_id,
            series.plan,
            starts_at,
            starts_at + length,
            by=series.made_by,
            now=now,
            announce_at=max(at, now),
            series_id=series.series_id,
            occurrence_key=events.key_of(key),
        )
        await announce_occurrence(connection, series, event, now)
        made.append(event)
        before = event.ends_at
    return made


async def announce_occurrence(connection: AsyncConnection, series: Series, event: Event, now: datetime) -> None:
    """Promise the card of an occurrence, in the channel of its series.

    What else follows from an occurrence follows from its card: its thread, its place in Discord's list, its reminders.
    """
    if series.channel_id is not None and event.posted.message_id is None:
        await announce(connection, event, series.channel_id, now)


async def top_up(connection: AsyncConnection, series: Series, now: datetime) -> list[Event]:
    """Make the occurrences that are missing up to `AHEAD` from now; a series whose last one is over has ended."""
    reckoned = pure(series)
    horizon = wallclock.on_the_wall(now + AHEAD, reckoned.zone).replace(fold=0)
    since = series.made_until or series.start_local - timedelta(minutes=1)
    keys = [key for key in reckoned.keys(since, horizon) if key > since]
    made = await make(connection, series, keys, await events.last_end(connection, series.series_id), now)
    if horizon > since:
        await events.note_made(connection, series.series_id, horizon)
    last = reckoned.last()
    never = last is None and (reckoned.rule.count is not None or reckoned.rule.until is not None)
    if never or (last is not None and reckoned.moment(last) + timedelta(minutes=series.minutes) <= now):
        await events.change_series(connection, series, now, ended_at=now)
    return made


async def take_out(connection: AsyncConnection, gone: Iterable[Event], by: int | None, note: str, now: datetime) -> int:
    """Take occurrences out of their series; what has been posted or answered is called off, and its people are told.

    Returns how many were called off so.
    """
    gone = list(gone)
    answered = await events.answered(connection, [event.event_id for event in gone])
    await events.place_in_series(connection, {event.event_id: None for event in gone}, now)
    called_off = 0
    for event in gone:
        await withhold(connection, event, now)
        if event.posted.message_id is None and event.event_id not in answered:
            await events.remove(connection, event.event_id)
        elif event.state == PLANNED:
            await call_off(connection, event, by, note, now)
            called_off += 1
    return called_off


async def call_off(connection: AsyncConnection, event: Event, by: int | None, note: str, now: datetime) -> Event:
    """Call one event off: it is no longer found, who wants to come is told, and its card says so."""
    event = await events.cancel(connection, event, by, note, now)
    await search.remove(connection, event.guild_id, ROOM, str(event.event_id))
    await telling.tell_all(connection, event, telling.CANCELLED, now)
    await follow(connection, event, now)
    return event


async def withhold(connection: AsyncConnection, event: Event, now: datetime) -> None:
    """Take back the card of an event that has not been posted yet."""
    if event.posted.message_id is None:
        await delivery.cancel(connection, event.guild_id, CARD, subject(event.event_id), now)
