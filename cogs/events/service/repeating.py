"""Repeating: series are posted, kept twelve months ahead, ended; one date of them is skipped, and comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.kit.errors import GoneError, UserError
from cogs.events import recurrence, wallclock
from cogs.events.service import telling
from cogs.events.service.following import follow
from cogs.events.service.moving_up import move_up
from cogs.events.service.occurring import announce_occurrence, call_off, pure, take_out, top_up, withhold
from db import delivery, drafts, events, guilds
from db.delivery import Promise
from db.events import CANCELLED, PLANNED

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from cogs.events.service.planning import Planned
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database
    from db.events import Event, Series

UPKEEP = "event-series"
"""The daily chore, and its subject."""
EVERY = timedelta(days=1)
SKIPPED = "Skipped this time; the series goes on."
ENDED = "The series has ended."


@dataclass(frozen=True, slots=True)
class Going:
    """A series as it goes on: its rule in words, and what is to come of it, the next first."""

    series: Series
    words: str
    coming: tuple[Event, ...] = ()


class Repeating:
    """The series of a server. Whether a person may change them is for the caller to see."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def keep_up(self, guild_id: int, due_at: datetime) -> int:
        """Make what is missing of each series, and promise tomorrow's chore while any goes on; how many were made.

        May be done twice: what there is already is not made again.
        """
        now = self._clock()
        made = 0
        async with self._database.write() as connection:
            for series in await events.every_series(connection, guild_id):
                made += len(await top_up(connection, series, now))
            if await events.every_series(connection, guild_id):
                following = due_at + EVERY
                await _promise(connection, guild_id, following if following > now else now + EVERY, now)
        return made

    async def post(self, draft: Draft, planned: Planned, channel_id: int) -> tuple[Series, Event]:
        """Make a series of a draft, once however often it is pressed; it, and its first event, announced at once.

        Raises GoneError where it was posted already, UserError where its first date has passed meanwhile.
        """
        now = self._clock()
        rule = recurrence.Rule.parse(planned.rule)
        async with self._database.write() as connection:
            if await drafts.get(connection, draft.draft_id) is None:
                raise GoneError("This has been posted or thrown away already. /events shows what is coming up.")
            if planned.starts_at <= now:
                raise UserError("Its first date has passed. Press **Edit** and give one that is still to come.")
            await guilds.see(connection, draft.guild_id, now)
            await drafts.remove(connection, draft.draft_id)
            start = wallclock.on_the_wall(planned.starts_at, ZoneInfo(planned.plan.zone)).replace(fold=0)
            series = await events.add_series(
                connection,
                draft.guild_id,
                planned.plan,
                rule=str(rule.settled(start)),
                start_local=start,
                minutes=planned.minutes,
                by=draft.user_id,
                now=now,
                channel_id=channel_id,
            )
            made = await top_up(connection, series, now)
            if not made:
                raise UserError("No date of that series is still to come. Press **Edit** and give other dates.")
            await follow(connection, made[0], now)
            promises = await delivery.of_subject(connection, draft.guild_id, UPKEEP, UPKEEP)
            if not any(one.state in (delivery.WAITING, delivery.SENDING) for one in promises):
                await _promise(connection, draft.guild_id, now + EVERY, now)
        return series, made[0]

    async def going(self, guild_id: int) -> list[Going]:
        """The series that go on, the one that comes next first."""
        async with self._database.read() as connection:
            found = [await self._going(connection, one) for one in await events.every_series(connection, guild_id)]
        return sorted(found, key=lambda one: (not one.coming, one.coming[0].starts_at if one.coming else 0))

    async def find(self, guild_id: int, series_id: int) -> Going:
        """One series as it goes on. Raises GoneError where there is none of that number, or it has ended."""
        async with self._database.read() as connection:
            return await self._going(connection, await self._series(connection, guild_id, series_id))

    async def _going(self, connection: AsyncConnection, series: Series) -> Going:
        now = self._clock()
        rows = await events.of_series(connection, series)
        coming = [event for event in rows if event.ends_at > now and event.state == PLANNED]
        return Going(series, in_words(series), tuple(sorted(coming, key=lambda event: event.starts_at)))

    async def skip(self, guild_id: int, event_id: int, by: int) -> Event:
        """Leave one date out; who wanted to come is told. Raises GoneError where it is off, over or gone."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await self._coming(connection, guild_id, event_id, now)
            await withhold(connection, event, now)
            return await call_off(connection, event, by, SKIPPED, now)

    async def unskip(self, guild_id: int, event_id: int, version: int) -> Event:
        """Let a date that was left out take place after all. Raises GoneError where it has changed since."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is None or event.state != CANCELLED or event.version != version or event.starts_at <= now:
                raise GoneError("This has changed since, so it cannot be undone. /events shows what is coming up.")
            told = await telling.untell(connection, event, telling.CANCELLED, event.version, now)
            event = await events.take_back(connection, event, now)
            if event.series_id is not None:
                series = await events.get_series(connection, guild_id, event.series_id)
                if series is not None:
                    await announce_occurrence(connection, series, event, now)
            if told:
                await telling.tell_all(connection, event, telling.ON_AGAIN, now)
            await move_up(connection, event, self._servers.zone(guild_id), now)
            await follow(connection, event, now)
        return event

    async def end(self, guild_id: int, event_id: int, by: int, *, with_it: bool = False) -> tuple[Series, int]:
        """Let an event be the last of its series, or (`with_it`) the first that no longer takes place.

        Returns the series, and how many dates were called off because people had seen or answered them. What nobody
        has seen yet is simply taken out. Raises GoneError where the event is off, over or of no series.
        """
        now = self._clock()
        async with self._database.write() as connection:
            event = await self._coming(connection, guild_id, event_id, now)
            series = await self._series(connection, guild_id, event.series_id or 0)
            last = events.local_of(event.occurrence_key or "")
            rows = await events.of_series(connection, series, since=event.occurrence_key or "")
            gone = [one for one in rows if with_it or one.event_id != event_id]
            called_off = await take_out(connection, gone, by, ENDED, now)
            if with_it:
                last -= timedelta(minutes=1)
            rule = replace(recurrence.Rule.parse(series.rule), until=last, count=None)
            series = await events.change_series(connection, series, now, rule=str(rule), until_local=last)
            await events.lift_sequence(connection, series.series_id, sum(one.sequence for one in gone))
        return series, called_off

    async def _coming(self, connection: AsyncConnection, guild_id: int, event_id: int, now: datetime) -> Event:
        event = await events.get(connection, guild_id, event_id)
        if event is None or event.series_id is None:
            raise GoneError("This event is no longer part of a series. /events shows what is coming up.")
        if event.state != PLANNED or event.ends_at <= now:
            raise GoneError("This event was called off already, or is over. /events shows what is coming up.")
        return event

    async def _series(self, connection: AsyncConnection, guild_id: int, series_id: int) -> Series:
        series = await events.get_series(connection, guild_id, series_id)
        if series is None or series.ended_at is not None:
            raise GoneError("This series is no longer there, or has ended. /events shows what is coming up.")
        return series


def in_words(series: Series) -> str:
    """How a series repeats, as it stands in a sentence."""
    return recurrence.in_words(pure(series).rule)


async def _promise(connection: AsyncConnection, guild_id: int, due_at: datetime, now: datetime) -> None:
    promise = Promise(UPKEEP, guild_id, UPKEEP, due_at, moment=f"{due_at:%Y-%m-%d}")
    await delivery.put(connection, promise, now)
