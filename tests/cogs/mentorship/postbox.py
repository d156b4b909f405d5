"""All that mentoring sends, brought at once and written down, in the place of Discord: for long stories with many."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from cogs.mentorship.service import Meeting
from cogs.mentorship.service.telling import SHUT, THREAD, number_in
from db.delivery import DROPPED, LAPSED, SENT, WAITING, Delivery, Way
from db.delivery.table import delivery_of
from db.delivery.table import delivery_table as table
from tests.kit.world import words

if TYPE_CHECKING:
    from datetime import datetime

    from tests.kit.world import World

A_THREAD = 10**9
"""Where the made-up numbers of threads begin."""


@dataclass(frozen=True)
class Brought:
    """What somebody got: when, of which kind, about what, and what it says."""

    at: datetime
    kind: str
    subject: str
    moment: str
    target: int
    says: str

    @property
    def number(self) -> int:
        """The number of what it is about."""
        return number_in(self.subject)


class Postbox:
    """Does the chores and draws the cards as the worker does, but for threads, which are numbers here."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.brought: list[Brought] = []

    async def deliver(self) -> list[Brought]:
        """Bring all that is due now, and what follows from it; what it was. Chores come first, one after the other."""
        before = len(self.brought)
        while due := await self._due():
            chores = [one for one in due if self._world.bot.kinds[one.kind].work is not None]
            await self._do(chores)
            became: dict[str, list[int]] = {SENT: [], DROPPED: [], LAPSED: []}
            for one in () if chores else due:
                became[await self._bring(one)].append(one.delivery_id)
            await self._settle(became)
        return self.brought[before:]

    async def _do(self, chores: list[Delivery]) -> None:
        for one in chores:
            async with self._world.database.read() as connection:
                state = select(table.c.state).where(table.c.delivery_id == one.delivery_id)
                taken_back = (await connection.execute(state)).scalar_one() != WAITING
            if not taken_back:
                await self._settle({await self._bring(one): [one.delivery_id]})

    async def _settle(self, became: dict[str, list[int]]) -> None:
        async with self._world.database.write() as connection:
            for state, numbers in became.items():
                if numbers:
                    await connection.execute(
                        update(table)
                        .where(table.c.delivery_id.in_(numbers), table.c.state == WAITING)
                        .values(state=state, settled_at=self._world.bot.clock())
                    )

    async def _due(self) -> list[Delivery]:
        now = self._world.bot.clock()
        query = select(table).where(table.c.state == WAITING, table.c.wake_at <= now).order_by(table.c.wake_at)
        async with self._world.database.read() as connection:
            return [delivery_of(row) for row in await connection.execute(query.order_by(table.c.delivery_id))]

    async def _bring(self, one: Delivery) -> str:
        now, bot = self._world.bot.clock(), self._world.bot
        if one.lapses_at is not None and one.lapses_at <= now:
            return LAPSED
        kind = bot.kinds[one.kind]
        if one.kind == THREAD:
            await bot.service(Meeting).has_thread(number_in(one.subject), A_THREAD + number_in(one.subject))
        elif kind.work is not None and one.kind != SHUT:
            await kind.work(one)
        elif kind.render is not None:
            letter = await kind.render(one)
            if letter is None:
                return DROPPED
            assert one.way in (Way.DM, Way.PRIVATE, Way.CHANNEL, Way.NOTE)
            drawn = SimpleNamespace(components=letter.view.to_components())  # type: ignore[no-untyped-call]
            says = words(drawn)
            self.brought.append(Brought(now, one.kind, one.subject, one.moment, one.target_id, says))
        return SENT
