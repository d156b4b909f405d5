"""One pass over what is due: claim under a lease, draw, send once, mark. Whatever happens is written down.

A pass goes on while anything is due. What wakes during it is taken up in the same pass, so no wake is lost.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
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

AT_ONCE = 32
"""How many deliveries are on their way at the same time, at most."""
BATCH = 64
CHORES_AT_ONCE = 2
CLOCK_SLIP_S = 5.0


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
        self._under_way: dict[int, asyncio.Task[bool]] = {}
        self._woken = asyncio.Event()
        self._running = False
        self._clocks: tuple[float, float] | None = None
        self._chores = asyncio.Semaphore(CHORES_AT_ONCE)
        self._messages = asyncio.Semaphore(AT_ONCE)

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
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with self._database.write() as connection:
            await deliveries.release(connection, self._lease, self._clock())

    async def next_wake(self) -> float | None:
        """Seconds until something is due (0 where it is now), or None where nothing is to come."""
        async with self._database.read() as connection:
            at = await deliveries.next_wake(connection)
        if at is None:
            return None
        return max((at - self._clock()).total_seconds(), self._line.closed_for, 0.0)

    async def _pass(self) -> int:
        await self._mind_the_clock()
        await self._outcomes.catch_up()
        done, unreachable = 0, self._outcomes.unreachable
        while True:
            self._woken.clear()
            claimed = await self._claim()
            up = uptime()
            for delivery in claimed:
                self._under_way[delivery.delivery_id] = asyncio.create_task(self._made(delivery, up))
            if not self._under_way:
                break
            done += await self._some_ended()
        if self._outcomes.unreachable == unreachable:
            await self._outcomes.all_delivered()
        return done

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

    async def _claim(self) -> list[Delivery]:
        if len(self._under_way) > AT_ONCE or self._line.closed_for:
            return []  # a claim costs a write, so the next one waits until half of the last is done
        async with self._database.read() as connection:
            at = await deliveries.next_wake(connection)
        now = self._clock()
        if at is None or at > now:
            return []
        async with self._database.write() as connection:
            claimed = await deliveries.claim(
                connection,
                now=now,
                until=now + timedelta(seconds=self._timing.lease),
                tried_at=self._line.time(self._clock),
                lease=self._lease,
                limit=BATCH,
            )
        return [delivery for delivery in claimed if delivery.delivery_id not in self._under_way]

    async def _made(self, delivery: Delivery, up: float) -> bool:
        chore = delivery.way is Way.CHORE
        async with self._chores if chore else self._messages:
            return await self._attempts.made(delivery, up) and not chore

    async def _some_ended(self) -> int:
        """Wait until a delivery has ended or something wakes; how many of those that ended are there now."""
        woken = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait([*self._under_way.values(), woken], return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        ended = [number for number, task in self._under_way.items() if task.done()]
        done = 0
        for number in ended:
            task = self._under_way.pop(number)
            try:
                done += task.result()
            except StorageFault as fault:
                log.error("Delivery %s could not be marked: %s", number, fault.words)  # noqa: TRY400 - words say it
        return done
