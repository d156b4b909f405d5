"""Checking: the catalogue's links are looked at, slice by slice, and organizers see how they stand.

A slice keeps what it found and promises the next one in the same transaction. No network waits inside a transaction,
nor does any database connection wait for the network.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.kit.paging import PER_PAGE
from cogs.resources import checking
from cogs.resources.checking import DEAD_AFTER, Due, Kind, Outcome, Robots, archived_copy, check_many, robots_waited_out
from cogs.resources.service import rounds
from cogs.resources.service.judging import health_of, judge, would_be_dead
from db import delivery, resources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.clock import Clock
    from bot.kit.fetching import Fetcher
    from cogs.resources.checking import Archived
    from db.delivery import Delivery
    from db.engine import Database
    from db.resources import Candidate, Checked, Link, Resource

log = logging.getLogger(__name__)

SLICE_S = 240.0
"""Seconds that a slice may take, far less than a chore may: what is left over is looked at in the next."""
COPIES_S = 60.0
"""Seconds for asking an archive about those of a slice that are dead; who is not asked now is next week."""
KEPT_AT_ONCE = 10
"""Results that are kept in one transaction."""


@dataclass(frozen=True, slots=True)
class State:
    """How the catalogue's links stand. While a round that was asked for goes on, `done` of them are looked at."""

    checked: Checked
    running: bool = False
    done: int = 0


@dataclass(slots=True)
class _Slice:
    """What was known before and what was found; `waiting` is found and not kept yet."""

    known: dict[int, Link | None]
    waiting: list[tuple[int, Outcome]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def take(self, number: int, outcome: Outcome) -> None:
        """Add one more."""
        self.waiting.append((number, outcome))
        self.outcomes.append(outcome)

    @property
    def online(self) -> bool:
        """Whether anybody has answered."""
        return any(map(checking.shows_we_are_online, self.outcomes))


class Checking:
    """Looks at links. `archive` is where copies are asked for."""

    def __init__(self, database: Database, clock: Clock, fetcher: Fetcher) -> None:
        self._database = database
        self._clock = clock
        self._fetcher = fetcher
        self._under_way: set[int] = set()
        self.archive = checking.WAYBACK

    async def begin(self, guild_id: int) -> bool:
        """Promise a server the daily round, from tomorrow on; False where it is promised already."""
        now = self._clock()
        async with self._database.read() as connection:
            if await rounds.to_come(connection, guild_id, rounds.DAILY, now):
                return False
        async with self._database.write() as connection:
            if await rounds.to_come(connection, guild_id, rounds.DAILY, now):
                return False
            await rounds.promise_tomorrow(connection, guild_id, now)
        return True

    async def end(self, guild_id: int) -> None:
        """Look no more at the links of a server: the bot was sent away."""
        async with self._database.write() as connection:
            for subject in (rounds.DAILY, rounds.ASKED):
                await delivery.cancel(connection, guild_id, rounds.CHECK, subject, self._clock())

    async def check_now(self, guild_id: int) -> bool:
        """Promise a round over all links, also where one goes on; False where all were looked at in the last hours."""
        now = self._clock()
        async with self._database.write() as connection:
            if await rounds.to_come(connection, guild_id, rounds.ASKED, now):
                return True
            if not await rounds.anything_to_ask(connection, guild_id, now):
                return False
            await rounds.promise_asked(connection, guild_id, now)
            return True

    async def state(self, guild_id: int) -> State:
        """How the links stand, and how far a round is that was asked for."""
        now = self._clock()
        async with self._database.read() as connection:
            checked = await resources.count_links(connection, guild_id, now.date(), dead_after=DEAD_AFTER)
            running = await rounds.to_come(connection, guild_id, rounds.ASKED, now)
            if running is None:
                return State(checked)
            since = rounds.begun(running) - rounds.AFRESH
            done = await resources.count_looked_at(connection, guild_id, since, now)
            return State(checked, running=True, done=done)

    async def dead(self, guild_id: int, page: int) -> Sequence[tuple[Resource, Link]]:
        """Page `page` (from 0) of the links that count as dead, the longest dead first."""
        today, offset = self._clock().date(), page * PER_PAGE
        async with self._database.read() as connection:
            return await resources.dead_links(
                connection, guild_id, today, dead_after=DEAD_AFTER, limit=PER_PAGE, offset=offset
            )

    async def slice(self, chore: Delivery) -> None:
        """Look at a slice of a server's links, keep what was found, and promise what comes next. May be done twice.

        Where another slice of the same server is under way in this process, this one looks at nothing.
        """
        chosen: list[Candidate] = []
        witnesses = False
        idle = chore.guild_id not in self._under_way
        if idle:
            self._under_way.add(chore.guild_id)
        try:
            if idle:
                async with self._database.read() as connection:
                    chosen, witnesses = await rounds.chosen(connection, chore, self._clock())
            found = _Slice({one.resource_id: one.known for one in chosen})
            await self._look(chore.guild_id, chosen, found)
            offline = not found.online and (witnesses or checking.seems_offline(found.outcomes))
            if offline:
                log.warning("None of %s links could be reached, so nothing is held against them", len(found.outcomes))
                found.waiting.clear()
            await self._keep(chore.guild_id, found, after=chore, offline=offline)
        finally:
            if idle:
                self._under_way.discard(chore.guild_id)

    async def _look(self, guild_id: int, chosen: list[Candidate], found: _Slice) -> None:
        """Look at all of them side by side, and keep the results from time to time once anybody has answered."""
        today = self._clock().date()
        due = [Due(one.resource_id, one.link, insist=robots_waited_out(health_of(one.known), today)) for one in chosen]
        try:
            async with asyncio.timeout(SLICE_S):
                async with aclosing(check_many(self._fetcher, Robots(self._fetcher), due)) as looks:
                    async for one, outcome in looks:
                        found.take(one.number, outcome)
                        if len(found.waiting) >= KEPT_AT_ONCE and found.online:
                            await self._keep(guild_id, found)
        except TimeoutError:
            log.info("A slice of links took its time; %s of %s were looked at", len(found.outcomes), len(due))
        except ExceptionGroup:
            log.exception("Some links could not be looked at")
            seen = {outcome.link for outcome in found.outcomes}
            found.waiting += [(one.number, Outcome(one.link, Kind.ODD, "")) for one in due if one.link not in seen]

    async def _keep(
        self, guild_id: int, found: _Slice, *, after: Delivery | None = None, offline: bool = False
    ) -> None:
        """Keep what waits; with the last of it, `after` a slice, promise what comes next."""
        copies = await self._copies(found)
        async with self._database.write() as connection:
            now = self._clock()
            for number, outcome in found.waiting:
                await judge(connection, guild_id, number, outcome, copies.get(number), now)
            if after is not None:
                await rounds.promise_next(connection, after, now, offline=offline)
        found.waiting.clear()

    async def _copies(self, found: _Slice) -> dict[int, Archived]:
        """The archived copies of those that are dead now and have none, by number, as far as there is time."""
        copies: dict[int, Archived] = {}
        today = self._clock().date()
        try:
            async with asyncio.timeout(COPIES_S):
                for number, outcome in found.waiting:
                    known = found.known.get(number)
                    if would_be_dead(known, outcome, today) and not (known and known.archived_link):
                        near = known.answered_on if known else None
                        copy = await archived_copy(self._fetcher, outcome.link, near=near, base=self.archive)
                        copies.update({number: copy} if copy else {})
        except TimeoutError:
            log.info("The archive took its time; some dead links have no copy yet")
        return copies
