"""The engine as the bot holds it: what is due is delivered whenever `run_due` is called, or by itself once started.

It sleeps until the next delivery is due, a minute at most; a committed change wakes it. The sleep is on a clock that
nobody sets: a timer by the wall clock would sleep on for an hour after the clock was put back by one.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.delivery.attempt import Attempts
from bot.delivery.notes import Notes
from bot.delivery.outcome import Outcomes
from bot.delivery.pace import Pace
from bot.delivery.post import Post
from bot.delivery.telling import Telling
from bot.delivery.timing import Timing
from bot.delivery.worker import Worker
from db.faults import StorageFault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import discord

    from bot.delivery.line import Line
    from bot.delivery.telling import Desk
    from bot.kit.clock import Clock
    from bot.kit.delivery import Kind
    from db.engine import Database

log = logging.getLogger(__name__)

LOOK_EVERY_S = 60.0
AFTER_A_FAULT_S = 15.0


class Engine:
    """Delivers for one client. `kinds` may grow after it was made; `desk` says how to reach a server's organizers."""

    def __init__(
        self,
        client: discord.Client,
        database: Database,
        *,
        clock: Clock,
        kinds: Mapping[str, Kind],
        line: Line,
        desk: Desk,
        timing: Timing | None = None,
    ) -> None:
        timing = timing or Timing()
        self._database = database
        self.telling = Telling(desk, timing.late)
        outcomes = Outcomes(database, clock, line, self.telling, timing, kinds)
        pace = Pace(timing)
        line.turn = pace.request
        attempts = Attempts(kinds, Post(client, database, pace), outcomes, line, clock, timing)
        self._worker = Worker(database, clock, line, attempts, outcomes, timing)
        self.notes = Notes(database, clock, kinds, outcomes, line)
        self._woken = asyncio.Event()
        self._life: asyncio.Task[None] | None = None
        self._unhook: Callable[[], None] = self._woken.clear

    async def run_due(self) -> int:
        """Deliver all that is due now, chores too; return how many messages were sent. Raises StorageFault."""
        return await self._worker.run_due()

    async def next_wake(self) -> float | None:
        """Seconds until something is due (0 where it is now), or None where nothing is to come."""
        return await self._worker.next_wake()

    def wake(self) -> None:
        """Look at what is due: something was promised, changed or taken back."""
        self._woken.set()
        self._worker.wake()

    def start(self) -> None:
        """Deliver by itself from now on; does nothing where it does so already."""
        if self._life is None:
            self._unhook = self._database.after_commit(self.wake)
            self._life = asyncio.create_task(self._live(), name="delivery")

    async def stop(self) -> None:
        """End it, and give back what is under way, so that the next process takes it up at once."""
        if self._life is None:
            return
        self._unhook()
        self._life.cancel()
        with suppress(asyncio.CancelledError):
            await self._life
        self._life = None
        with suppress(StorageFault):
            await self._worker.stop()

    async def _live(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self._worker.run_due()
                due = await self._worker.next_wake()
                seconds = LOOK_EVERY_S if due is None else min(due, LOOK_EVERY_S)
            except StorageFault as fault:
                log.error("Deliveries wait: %s", fault.words)  # noqa: TRY400 - the words say it all
                seconds = AFTER_A_FAULT_S
            except Exception:
                log.exception("The delivery worker met a fault; it goes on")
                seconds = AFTER_A_FAULT_S
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
