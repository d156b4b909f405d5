"""One pass over what is due: claim under a lease, draw, send once, mark. Whatever happens is written down.

A pass goes on while anything is due. What wakes during it is taken up in the same pass, so no wake is lost.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.timing import uptime
from db import delivery as deliveries
from db.delivery import Way
from db.faults import StorageFault

if TYPE_CHECKING:
    from bot.delivery.attempt import Attempts
    from bot.delivery.line import Line
    from bot.delivery.outcome import Outcomes
    from bot.delivery.timing import Timing
    from bot.kit.clock import Clock
    from db.delivery import Delivery
    from db.engine import Database

log = logging.getLogger(__name__)

CLOCK_SLIP_S = 5.0


@dataclass(slots=True)
class _Lane:
    """Deliveries that wait for each other but for nobody else: a slow chore must not hold up a message.

    At most `at_once` are on their way at the same time. A claim takes up to `batch`; it costs a write, so the next one
    comes when no more than `at_once` of the last are left.
    """

    ways: tuple[Way, ...]
    at_once: int
    batch: int
    under_way: dict[int, asyncio.Task[bool]] = field(default_factory=dict)
    turns: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.turns = asyncio.Semaphore(self.at_once)

    @property
    def has_room(self) -> bool:
        return len(self.under_way) < self.at_once


class Worker:
    """Delivers what is due. One pass runs at a time; a second call only lets the first look again."""

    def __init__(
        self, database: Database, clock: Clock, line: Line, attempts: Attempts, outcomes: Outcomes, timing: Timing
    ) -> None:
        self._database = database
        self._clock = clock
        self._line = line
        self._attempts = attempts
        self._outcomes = outcomes
        self._timing = timing
        self._lease = secrets.token_hex(8)
        self._lanes = (
            _Lane((Way.CHANNEL, Way.FORUM, Way.PRIVATE, Way.NOTE), at_once=32, batch=64),
            _Lane((Way.DM,), at_once=4, batch=4),
            _Lane((Way.CHORE,), at_once=2, batch=2),
        )
        self._woken = asyncio.Event()
        self._running = False
        self._clocks: tuple[float, float] | None = None

    def wake(self) -> None:
        """Let a running pass look again at what is due; does nothing between passes."""
        self._woken.set()

    async def run_due(self) -> int:
        """Deliver all that is due now, chores too; return how many messages are there now. Raises StorageFault.

        Where a pass runs already, that one looks again instead, and this returns 0.
        """
        if self._running:
            self.wake()
            return 0
        self._running = True
        try:
            return await self._pass()
        finally:
            self._running = False

    async def stop(self) -> None:
        """End an orderly life: what is under way is cut off, and given back to be taken up at once."""
        tasks = self._tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with self._database.write() as connection:
            await deliveries.release(connection, self._lease, self._clock())

    async def next_wake(self) -> float | None:
        """Seconds until something is due (0 where it is now), or None where nothing is to come."""
        return await self._next_wake(tuple(Way))

    async def _next_wake(self, ways: tuple[Way, ...]) -> float | None:
        async with self._database.read() as connection:
            at = await deliveries.next_wake(connection, ways)
        if at is None:
            return None
        return max((at - self._clock()).total_seconds(), self._line.closed_for, 0.0)

    async def _pass(self) -> int:
        await self._mind_the_clock()
        await self._outcomes.catch_up()
        done, unreachable = 0, self._outcomes.unreachable
        while True:
            self._woken.clear()
            for lane in self._lanes:
                await self._fill(lane)
            if not self._tasks():
                break
            done += await self._some_ended()
        if self._outcomes.unreachable == unreachable and not self._line.closed_for:
            await self._outcomes.all_delivered()
        return done

    def _tasks(self) -> list[asyncio.Task[bool]]:
        return [task for lane in self._lanes for task in lane.under_way.values()]

    async def _mind_the_clock(self) -> None:
        """Where the clock was put back, wake what would now wait too long; where it jumped, say so."""
        now, up = self._clock(), uptime()
        slip = 0.0
        if self._clocks is not None:
            slip = (now.timestamp() - self._clocks[0]) - (up - self._clocks[1])
        if self._clocks is None or abs(slip) > CLOCK_SLIP_S:
            longest = max(self._timing.lease, self._timing.edge, self._timing.chore, *self._timing.waits) * 1.5
            async with self._database.write() as connection:
                woken = await deliveries.wake_early(connection, now, now + timedelta(seconds=longest))
            if woken:
                log.warning("The clock was put back; %s deliveries were woken that would have waited too long", woken)
        self._clocks = now.timestamp(), up

    async def _fill(self, lane: _Lane) -> None:
        """Claim what is due in a lane, where it has room, and begin it."""
        if not lane.has_room or self._line.closed_for:
            return
        async with self._database.read() as connection:
            at = await deliveries.next_wake(connection, lane.ways)
        now, up = self._clock(), uptime()
        if at is None or at > now:
            return
        async with self._database.write() as connection:
            claimed = await deliveries.claim(
                connection,
                ways=lane.ways,
                now=now,
                until=now + timedelta(seconds=self._timing.lease),
                tried_at=self._line.time(self._clock),
                lease=self._lease,
                limit=lane.batch,
            )
        for delivery in claimed:
            if delivery.delivery_id not in lane.under_way:
                lane.under_way[delivery.delivery_id] = asyncio.create_task(self._made(lane, delivery, up))

    async def _made(self, lane: _Lane, delivery: Delivery, up: float) -> bool:
        async with lane.turns:
            return await self._attempts.made(delivery, up) and delivery.way is not Way.CHORE

    async def _some_ended(self) -> int:
        """Wait until a delivery has ended, or something wakes or is due; how many messages that ended are there now."""
        waits = [await self._next_wake(lane.ways) for lane in self._lanes if lane.has_room]
        soonest = min((seconds for seconds in waits if seconds is not None), default=None)
        woken = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait([*self._tasks(), woken], timeout=soonest, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        return sum(self._ended(lane) for lane in self._lanes)

    def _ended(self, lane: _Lane) -> int:
        done = 0
        for number in [number for number, task in lane.under_way.items() if task.done()]:
            try:
                done += lane.under_way.pop(number).result()
            except StorageFault as fault:
                log.error("Delivery %s could not be marked: %s", number, fault.words)  # noqa: TRY400 - words say it
        return done
