"""What became of an attempt, written down: sent, tried again later, gone another way, parked, lapsed, dropped."""

from __future__ import annotations

import logging
import random
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.verdict import UNREACHABLE, Action, Verdict, verdict_on
from db import delivery as deliveries
from db.delivery import Way
from db.faults import StorageFault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.delivery.history import Placed
    from bot.delivery.line import Line
    from bot.delivery.telling import Telling
    from bot.delivery.timing import Timing
    from bot.kit.clock import Clock
    from bot.kit.delivery import Kind
    from db.delivery import Delivery
    from db.engine import Database

log = logging.getLogger(__name__)

DRAWN_AT_MOST = 8
"""After so many attempts that failed by our own fault a delivery is parked."""
KEEPS_ITS_REASON = "closed-dms"
_BEAT_EVERY = timedelta(minutes=1)


class UnknownKindError(Exception):
    """No room of this process draws this kind: it may come from a newer version that runs beside it."""


class Outcomes:
    """Marks deliveries. What cannot be marked, because the storage refuses, is remembered and marked later."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        line: Line,
        telling: Telling,
        timing: Timing,
        kinds: Mapping[str, Kind],
    ) -> None:
        self._database = database
        self._kinds = kinds
        self._clock = clock
        self._line = line
        self._telling = telling
        self._timing = timing
        self._unmarked: dict[int, tuple[Delivery, Placed | None]] = {}
        self._down_since: datetime | None = None
        self.unreachable = 0
        """How often Discord could not be reached, since the start."""

    async def catch_up(self) -> None:
        """Mark what was sent while the storage refused. Raises StorageFault where it still does."""
        for delivery, placed in list(self._unmarked.values()):
            await self._mark_sent(delivery, placed)

    async def settled_before(self, delivery: Delivery) -> bool:
        """Whether it was sent already and only not marked; it is marked then."""
        if delivery.delivery_id not in self._unmarked:
            return False
        await self._mark_sent(*self._unmarked[delivery.delivery_id])
        return True

    def too_late(self, delivery: Delivery, kind: Kind) -> bool:
        """Whether it is no longer worth sending."""
        lapses_at = delivery.lapses_at
        if lapses_at is None and kind.patience is not None:
            lapses_at = delivery.due_at + kind.patience
        return lapses_at is not None and self._clock() > lapses_at

    async def hold(self, delivery: Delivery, seconds: float) -> None:
        """Keep the lease for so many seconds from now."""
        async with self._database.write() as connection:
            await deliveries.hold(connection, delivery, self._clock() + timedelta(seconds=seconds))

    async def sent(self, delivery: Delivery, placed: Placed | None) -> bool:
        """It is there, or done. Raises StorageFault where that cannot be written now; it is remembered then."""
        self._unmarked[delivery.delivery_id] = delivery, placed
        await self._mark_sent(delivery, placed)
        if self._down_since is not None and delivery.way is not Way.CHORE:
            outage = (self._clock() - self._down_since).total_seconds() > self._timing.again
            self._down_since = None
            if outage:  # and Discord is back, so the others need not wait any longer
                async with self._database.write() as connection:
                    await deliveries.wake_unreachable(connection, self._clock(), UNREACHABLE)
        return True

    async def _mark_sent(self, delivery: Delivery, placed: Placed | None) -> None:
        number, kind = delivery.delivery_id, self._kinds.get(delivery.kind)
        message, channel = (placed.message_id, placed.channel_id) if placed else (None, None)
        async with self._database.write() as connection:
            await deliveries.mark_sent(connection, number, self._clock(), message_id=message, channel_id=channel)
            if kind is not None and kind.placed is not None and placed is not None:
                await kind.placed(connection, replace(delivery, message_id=message, channel_id=channel))
        self._unmarked.pop(number, None)

    async def let_go(self, delivery: Delivery, *, lapsed: bool) -> bool:
        """Nobody needs it any more, or it is too late for it."""
        async with self._database.write() as connection:
            if lapsed:
                await deliveries.lapse(connection, delivery, self._clock(), "too-late")
            else:
                await deliveries.drop(connection, delivery, self._clock(), "not-needed")
        return False

    async def noted(self, delivery: Delivery, *, lapsed: bool, needed: bool) -> bool:
        """It waits, as a private note, for what its member does next."""
        if lapsed or not needed:
            return await self.let_go(delivery, lapsed=lapsed)
        async with self._database.write() as connection:
            await deliveries.park(connection, delivery, self._clock(), "next-time")
        return False

    async def failed(self, delivery: Delivery, fault: Exception) -> bool:
        """It could not be sent this time; whether it is there all the same. Raises StorageFault."""
        if delivery.way is Way.CHORE:
            return await self._chore_failed(delivery, fault)
        if isinstance(fault, StorageFault):
            raise fault
        verdict = verdict_on(fault)
        self._log(delivery, fault, verdict)
        if verdict.unreachable:
            self.unreachable += 1
            self._down_since = self._down_since or self._clock()
        if verdict.everyone:
            self._line.close_for(verdict.seconds)
        match verdict.action:
            case Action.SENT:
                return await self.sent(delivery, None)
            case Action.TWICE | Action.PARK if delivery.way is Way.PRIVATE and verdict.reason != "refused":
                await self._go(delivery, Way.NOTE)
            case Action.OTHER_WAY:
                await self._go(delivery, Way.PRIVATE if delivery.place_id else Way.NOTE)
            case _:
                await self._put_back(delivery, verdict)
        return False

    async def _put_back(self, delivery: Delivery, verdict: Verdict) -> None:
        said_twice = verdict.action is Action.TWICE and delivery.refused_at is not None
        if verdict.action is Action.PARK or said_twice:
            await self._park(delivery, verdict.reason)
        elif self._hopeless(delivery, verdict):
            await self._park(delivery, "cannot-draw")
        else:
            await self._retry(delivery, verdict)

    async def _chore_failed(self, delivery: Delivery, fault: Exception) -> bool:
        """A chore is tried for ever: what it met says nothing about Discord, and the next one hangs on it."""
        verdict = Verdict(Action.RETRY, "storage" if isinstance(fault, StorageFault) else "fault")
        self._log(delivery, fault, verdict)
        with suppress(StorageFault):  # else its long lease has to end first
            await self._retry(delivery, verdict)
        return False

    def _hopeless(self, delivery: Delivery, verdict: Verdict) -> bool:
        return verdict.reason == delivery.reason == "fault" and delivery.attempts >= DRAWN_AT_MOST

    async def _go(self, delivery: Delivery, way: Way) -> None:
        async with self._database.write() as connection:
            await deliveries.go(connection, delivery, way, self._clock(), KEEPS_ITS_REASON)

    async def _park(self, delivery: Delivery, reason: str) -> None:
        async with self._database.write() as connection:
            if reason == "member-gone":
                await deliveries.drop(connection, delivery, self._clock(), reason)
            elif await deliveries.park(connection, delivery, self._clock(), reason):
                await self._telling.parked(connection, delivery, self._clock())

    async def _retry(self, delivery: Delivery, verdict: Verdict) -> None:
        now = self._clock()
        refused_at = None
        if verdict.action is Action.TWICE:
            seconds, refused_at = self._timing.again, now
        elif verdict.action is Action.WAIT:
            seconds = max(verdict.seconds, self._line.closed_for)
        else:
            waits = self._timing.waits
            seconds = waits[min(delivery.attempts, len(waits)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
            seconds = max(seconds, self._line.closed_for)
        reason = delivery.reason if delivery.reason == KEEPS_ITS_REASON else verdict.reason
        async with self._database.write() as connection:
            at = now + timedelta(seconds=seconds)
            await deliveries.retry(connection, delivery, at, reason, refused_at=refused_at, untried=verdict.untried)

    def _log(self, delivery: Delivery, fault: Exception, verdict: Verdict) -> None:
        what = f"Delivery {delivery.delivery_id} ({delivery.kind})"
        if verdict.reason in ("fault", "refused"):
            log.error("Reference %s: %s failed", secrets.token_hex(4).upper(), what, exc_info=fault)
        else:
            log.warning("%s was not sent now: %s", what, verdict.reason)

    async def all_delivered(self) -> None:
        """All that was due is delivered: note it; after an absence tell each server once what came late or lapsed."""
        now = self._clock()
        async with self._database.read() as connection:
            last = await deliveries.last_beat(connection)
            if last is not None and timedelta() <= now - last < _BEAT_EVERY:
                return
            if await deliveries.any_unreachable(connection, now, UNREACHABLE):
                return
        async with self._database.write() as connection:
            await deliveries.beat(connection, now)
            if last is not None and (now - last).total_seconds() > self._timing.away:
                await self._telling.absent(connection, last, now)
