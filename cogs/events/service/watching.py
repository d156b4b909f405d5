"""Watching calendars that are followed: looked at every few hours, paused, stopped; a bad answer changes nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.kit.errors import GoneError
from cogs.events.ical.apart import read_apart
from cogs.events.ical.found import UnreadableError
from cogs.events.service.obtaining import GONE, NotObtained, Obtained, obtain
from cogs.events.service.syncing import Done, Syncing
from db import calendars, delivery
from db.delivery import Promise, Way

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.fetching import Fetcher
    from bot.kit.servers import Servers
    from cogs.events.ical.found import Reading
    from db.calendars import CalendarSource
    from db.engine import AsyncConnection, Database

    Reader = Callable[[bytes, str, datetime, datetime], Awaitable[Reading]]

LOOK, TROUBLE = "calendar-look", "calendar-trouble"
"""The kinds of delivery: the chore that looks at a calendar again, and what organizers hear when it cannot."""
EVERY = timedelta(hours=4)
TURN = timedelta(minutes=1)
"""So far apart are the looks that were put off, since one at a time is made: more than the slowest takes."""
AHEAD = timedelta(days=366)
"""How far ahead a calendar is read."""
WHOLE_EVERY = 6
"""So often in a row a server may say that nothing changed; then it is asked for the whole calendar."""
VANISHED = "vanished"
"""The trouble of a calendar that lacks so much at once that a person has to look."""
OUTAGE = timedelta(hours=24)
"""So long a calendar may be out of reach before anybody is told."""
_SUBJECT = "calendar:"
_WELL: dict[str, Any] = {"trouble": "", "trouble_words": "", "trouble_since": None}


def subject(source_id: int) -> str:
    """A calendar as the subject of a delivery."""
    return f"{_SUBJECT}{source_id}"


def source_in(subject_: str) -> int:
    """The number of the calendar that a delivery is about; 0 where it is about none."""
    number = subject_.removeprefix(_SUBJECT)
    return int(number) if number.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a calendar led to; `source` is as it was noted then, with its trouble where there is one."""

    source: CalendarSource
    done: Done = field(default_factory=Done)


class Watching:
    """The calendars that are followed. Whether a person may is for the caller to see."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        servers: Servers,
        fetcher: Callable[[], Fetcher],
        reader: Reader = read_apart,
    ) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers
        self._fetcher = fetcher
        self._reader = reader
        self.syncing = Syncing(database, clock, servers)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._last_turn: datetime | None = None

    async def obtained(self, url: str, *, etag: str = "", last_modified: str = "") -> Obtained:
        """Ask for a calendar. Raises NotObtained."""
        return await obtain(self._fetcher(), url, etag=etag, last_modified=last_modified)

    async def understood(self, guild_id: int, content: bytes) -> Reading:
        """What takes place in a calendar from yesterday on, for a year. Raises UnreadableError."""
        now = self._clock()
        return await self._reader(content, self._servers.zone(guild_id).key, now - timedelta(days=1), now + AHEAD)

    async def follow(self, source: CalendarSource, reading: Reading, channel_id: int | None) -> Done:
        """Bring our events in step with what was read; cards go to `channel_id`."""
        async with self._turns[source.source_id]:
            return await self.syncing.follow(source, reading, channel_id)

    async def look_later(self, connection: AsyncConnection, source: CalendarSource, at: datetime | None = None) -> None:
        """Promise the next look (in some hours, or `at` a moment), in place of any that is promised already."""
        now = self._clock()
        await delivery.cancel(connection, source.guild_id, LOOK, subject(source.source_id), now)
        if source.url:
            due = at or now + EVERY
            promise = Promise(LOOK, source.guild_id, subject(source.source_id), due, moment=f"{due:%Y-%m-%dT%H:%M:%S}")
            await delivery.put(connection, promise, now)

    async def put_off(self, source: CalendarSource) -> None:
        """Look at a calendar in a minute or more, after all that were put off before."""
        now = self._clock()
        self._last_turn = max(self._last_turn or now, now) + TURN
        async with self._database.write() as connection:
            await self.look_later(connection, source, self._last_turn)

    async def sources(self, guild_id: int) -> list[CalendarSource]:
        """The calendars of a server."""
        async with self._database.read() as connection:
            return await calendars.sources(connection, guild_id)

    async def source(self, guild_id: int, source_id: int) -> CalendarSource:
        """One of them. Raises GoneError where it is no longer followed."""
        async with self._database.read() as connection:
            found = await calendars.get_source(connection, guild_id, source_id)
        if found is None:
            raise GoneError("This calendar is no longer followed. Import it again with /event import.")
        return found

    async def pause(self, guild_id: int, source_id: int) -> CalendarSource:
        """Look at a calendar no more until it goes on. Raises GoneError."""
        source, now = await self.source(guild_id, source_id), self._clock()
        async with self._database.write() as connection:
            await calendars.change_source(connection, source_id, paused_at=now)
            await delivery.cancel(connection, guild_id, LOOK, subject(source_id), now)
        return replace(source, paused_at=now)

    async def go_on(self, guild_id: int, source_id: int) -> CalendarSource:
        """Look at it again from now on, every few hours. Raises GoneError."""
        source = await self.source(guild_id, source_id)
        async with self._database.write() as connection:
            await calendars.change_source(connection, source_id, paused_at=None)
            await self.look_later(connection, source)
        return replace(source, paused_at=None)

    async def stop(self, guild_id: int, source_id: int) -> CalendarSource:
        """Follow it no more; its events stay, and are ours from then on. Raises GoneError."""
        source, now = await self.source(guild_id, source_id), self._clock()
        async with self._turns[source_id], self._database.write() as connection:
            await delivery.cancel(connection, guild_id, LOOK, subject(source_id), now)
            await calendars.drop_source(connection, source_id)
        return source

    async def look(
        self, guild_id: int, source_id: int, channel_id: int | None, desk: tuple[Way, int], *, believed: bool = False
    ) -> Look:
        """Look at a calendar, follow what changed, and promise the next look. Raises GoneError.

        A bad answer changes nothing, and the organizers are told once at their `desk`. `believed` says that a person
        has looked at what vanished.
        """
        async with self._turns[source_id]:
            source = await self.source(guild_id, source_id)
            whole = believed or bool(source.trouble) or source.unchanged >= WHOLE_EVERY
            etag, since = ("", "") if whole else (source.etag, source.last_modified)
            try:
                obtained = await self.obtained(source.url, etag=etag, last_modified=since)
                if obtained.content is None:
                    return Look(await self._noted(source, unchanged=source.unchanged + 1))
                reading = await self.understood(guild_id, obtained.content)
            except NotObtained as fault:
                return Look(await self._troubled(source, fault.trouble, fault.words, desk, passing=fault.passing))
            except UnreadableError as fault:
                return Look(await self._troubled(source, fault.trouble.value, fault.words, desk))
            done = await self.syncing.follow(source, reading, channel_id, believed=believed)
            if done.vanished:
                return Look(await self._troubled(source, VANISHED, _vanished(done.vanished), desk), done)
            said = {"etag": obtained.etag, "last_modified": obtained.last_modified, "unchanged": 0}
            changed = self._clock() if done.anything else source.changed_at
            return Look(await self._noted(source, **said, **_WELL, changed_at=changed), done)

    async def _noted(self, source: CalendarSource, **values: Any) -> CalendarSource:
        values["looked_at"] = self._clock()
        async with self._database.write() as connection:
            await calendars.change_source(connection, source.source_id, **values)
            if source.paused_at is None:
                await self.look_later(connection, source)
        return replace(source, **values)

    async def _troubled(
        self, source: CalendarSource, trouble: str, words: str, desk: tuple[Way, int], *, passing: bool = False
    ) -> CalendarSource:
        """Remember why it could not be read, and say so once; what may be an outage, only after a day of it."""
        now = self._clock()
        since = source.trouble_since or now
        noted = await self._noted(source, trouble=trouble, trouble_words=words[:600], trouble_since=since)
        if not passing or now - since >= OUTAGE:
            way, target = desk
            promise = Promise(
                kind=TROUBLE,
                guild_id=source.guild_id,
                subject=subject(source.source_id),
                due_at=now,
                way=way,
                target_id=target,
                moment=f"{since:%Y-%m-%dT%H:%M:%S}",
            )
            async with self._database.write() as connection:
                await delivery.put(connection, promise, now)
        return await self.pause(source.guild_id, source.source_id) if trouble == GONE else noted


def _vanished(many: int) -> str:
    return (
        f"{many:,} of its events {'is' if many == 1 else 'are'} missing all at once. I have called off nothing. If "
        "they are really off, press **They are off**."
    )
