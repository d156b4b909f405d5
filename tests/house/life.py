"""Life in the house: deeds at their time, and the delivery worker whenever something is due."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.kit.errors import UserError
from db import delivery as deliveries
from db.delivery import DROPPED, SENT, WAITING, Way
from db.delivery.table import delivery_of, delivery_table
from db.events import event_table

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from zoneinfo import ZoneInfo

    from db.delivery import Delivery
    from tests.house.building import House, Person

    Doing = Callable[[], Awaitable[object]]
    Reacting = Callable[[Delivery], Awaitable[None]]

BREATH, PATIENCE = timedelta(minutes=1), timedelta(minutes=40)
"""Messages that are due within so long of each other are delivered together; and chores, which nobody sees."""
MESSAGES = tuple(way for way in Way if way is not Way.CHORE)
A_DAY = timedelta(days=1)
UNSEEN = ("check-links", "tidy-up", "backup", "review-dates", "event-thread", "opportunity-closed")
"""Chores that send nothing here."""


@dataclass(frozen=True)
class Deed:
    """That somebody did something: when it began and ended, and who."""

    at: datetime
    until: datetime
    who: int


class Life:
    """The deeds to come and those that were done. What people do about a message hangs on its kind."""

    def __init__(self, house: House) -> None:
        self.house, self.chance = house, house.chance
        self.begin = house.now
        self.deeds: list[Deed] = []
        self.ticks = 0
        self.refused: list[str] = []
        self.reactions: dict[str, Reacting] = {}
        self._queue: list[tuple[datetime, int, int, Doing]] = []
        self._number = itertools.count()
        self._known: set[int] = set()
        self._looked = house.now - A_DAY

    def at(self, when: datetime, who: Person | None, doing: Doing) -> None:
        """Somebody will do something then; None: the world does it, and nobody pressed for it."""
        heapq.heappush(self._queue, (when, next(self._number), 0 if who is None else who.id, doing))

    def within(self, hours: float, who: Person | None, doing: Doing) -> None:
        """Somebody will do something in so many hours at most, at whatever time."""
        self.at(self.house.now + timedelta(hours=hours * self.chance.random()) + BREATH, who, doing)

    def awake(self, day: int, zone: ZoneInfo) -> datetime:
        """A moment of that day when somebody is awake; one in eight is late at night."""
        hour = self.chance.choice((8, 9, 10, 12, 14, 16, 19, 23))
        date = (self.begin + day * A_DAY).date()
        return datetime.combine(date, time(hour, self.chance.randrange(60)), zone)

    async def live(self, days: int) -> None:
        """Let so many days go by."""
        end, rested = self.begin + days * A_DAY, self.begin - A_DAY
        while True:
            wait = (min(end, await self._next()) - self.house.now).total_seconds()
            if wait > 0:
                await self.house.env.advance_time(wait)
            self.ticks += 1
            if await self._do() or self.house.now >= rested + A_DAY / 2:
                await self._rest()
                rested = self.house.now
            while await self.house.bot.delivery.run_due():
                pass
            await self._react()
            if self.house.now >= end:
                return

    async def _rest(self) -> None:
        """Let lie what sends no message and only takes time: looks at links, copies, and Discord's own event list."""
        table = delivery_table.c
        async with self.house.world.database.write() as connection:
            of_no_account = (table.kind.in_(UNSEEN), table.state == WAITING)
            await connection.execute(update(delivery_table).where(*of_no_account).values(state=DROPPED))
            await connection.execute(update(event_table).where(~event_table.c.native_off).values(native_off=True))

    async def _next(self) -> datetime:
        """When something happens next."""
        async with self.house.world.database.read() as connection:
            message = await deliveries.next_wake(connection, MESSAGES)
            chore = await deliveries.next_wake(connection, (Way.CHORE,))
        deed = self._queue[0][0] if self._queue else None
        due = (message and message + BREATH, chore and chore + PATIENCE, deed)
        return min(one for one in due if one is not None)

    async def _do(self) -> bool:
        """Do what is planned for now; whether anything was."""
        before = len(self.deeds)
        while self._queue and self._queue[0][0] <= self.house.now:
            _, _, who, doing = heapq.heappop(self._queue)
            person = self.house.by_id.get(who)
            if person is not None and not person.is_here():
                continue
            begun = self.house.now
            await self.trying(doing())
            if who:
                self.deeds.append(Deed(begun, self.house.now, who))
        return len(self.deeds) > before

    async def trying(self, doing: Awaitable[object]) -> None:
        """Press a button whose card may be out of date."""
        try:
            await doing
        except UserError as refusal:
            self.refused.append(str(refusal))

    async def _react(self) -> None:
        table = delivery_table
        query = select(table).where(
            table.c.settled_at >= self._looked,
            table.c.state == SENT,
            table.c.kind.in_(tuple(self.reactions)),
        )
        now = self.house.now
        async with self.house.world.database.read() as connection:
            rows = [delivery_of(row) for row in await connection.execute(query.order_by(table.c.settled_at))]
        for row in rows:
            if row.settled_at is not None and row.delivery_id not in self._known:
                self._known.add(row.delivery_id)
                await self.reactions[row.kind](row)
        self._looked = now - timedelta(minutes=5)
