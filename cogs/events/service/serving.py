"""Calendars for whoever has their link: written when something changed, and kept at hand until then."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from cogs.events.ical.entry import Calendar, Entry
from cogs.events.ical.writing import current, write
from cogs.events.service.entries import entries_of, entry_of
from db import calendars, events

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.calendars import Feed
    from db.engine import AsyncConnection, Database
    from db.events import Event

log = logging.getLogger(__name__)

PAST = timedelta(days=90)
"""How far back a calendar reaches."""
KEPT_FOR = timedelta(minutes=10)
"""How long a calendar is kept where nothing changed: by itself it only loses what is over."""
MOST_KEPT = 16 * 1024 * 1024
"""Bytes of calendars that are kept at hand, the longest unasked ones go first."""


def hash_of(secret: str) -> str:
    """What is kept of a secret. Secrets are long and random, so that a plain hash cannot be turned back."""
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class File:
    """A calendar as a file. `tag` changes with its content."""

    content: bytes
    tag: str


@dataclass(frozen=True, slots=True)
class _Kept:
    file: File
    commits: int
    until: datetime


class Serving:
    """Finds the calendar of a secret."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._commits = 0
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._held = 0
        self._turn = asyncio.Lock()
        database.after_commit(self._changed)

    def _changed(self) -> None:
        self._commits += 1

    async def calendar(self, secret: str) -> File | None:
        """The calendar; None where the secret opens none (any more). Raises StorageFault."""
        digest, now = hash_of(secret), self._clock()
        kept = self._at_hand(digest, now)
        if kept is not None:
            return kept
        async with self._turn:  # many programs ask at the full hour: one writes, the others wait for it
            kept = self._at_hand(digest, now)
            if kept is not None:
                return kept
            commits = self._commits
            file = await self._written(digest, now)
            self._forget(digest)
            if file is not None:
                self._keep(digest, _Kept(file, commits, now + KEPT_FOR))
            return file

    def _at_hand(self, digest: str, now: datetime) -> File | None:
        kept = self._kept.get(digest)
        if kept is None or kept.commits != self._commits or now >= kept.until:
            return None
        self._kept.move_to_end(digest)
        return kept.file

    def _keep(self, digest: str, kept: _Kept) -> None:
        self._kept[digest] = kept
        self._held += len(kept.file.content)
        while self._held > MOST_KEPT:
            self._forget(next(iter(self._kept)))

    def _forget(self, digest: str) -> None:
        gone = self._kept.pop(digest, None)
        self._held -= len(gone.file.content) if gone else 0

    async def _written(self, digest: str, now: datetime) -> File | None:
        async with self._database.read() as connection:
            feed = await calendars.feed_by_hash(connection, digest)
            if feed is None:
                return None
            entries = await entries_for(connection, feed, now)
        written = await asyncio.to_thread(write, Calendar(feed.name, current(entries, now)))
        for entry, why in written.left_out:
            log.error("An entry was left out of a calendar: %s (%s)", entry.uid, why)
        return File(written.content, sha256(written.content).hexdigest()[:32])


async def entries_for(connection: AsyncConnection, feed: Feed, now: datetime) -> tuple[Entry, ...]:
    """What belongs into a calendar: all of the server's, or what its member goes to."""
    since = now - PAST
    if feed.user_id is not None:
        mine = await calendars.events_of_member(connection, feed.guild_id, feed.user_id, since)
        return tuple(entry_of(event, told=True) for event in mine)
    return await entries_here(connection, feed.guild_id, since, now)


async def entries_here(connection: AsyncConnection, guild_id: int, since: datetime, now: datetime) -> tuple[Entry, ...]:
    """All events of a server that end after `since` or were changed since, its series as one entry each."""
    found = await calendars.events_since(connection, guild_id, since)
    by_series: dict[int | None, list[Event]] = {}
    for event in found:
        by_series.setdefault(event.series_id, []).append(event)
    entries = [entry_of(event) for event in by_series.pop(None, ())]
    for series in await events.every_series(connection, guild_id, ended=True):
        if series.series_id in by_series:
            made = await events.of_series(connection, series)
            entries += entries_of(series, made, now)
    return tuple(entries)
