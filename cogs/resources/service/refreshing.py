"""Refreshing: a chore that brings a few resources a week into the queue whose review date has come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.resources import freshness, terms
from db import delivery, resources
from db.delivery import Promise

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from db.engine import AsyncConnection, Database

REVIEW_DATES = "review-dates"
"""The weekly chore, and its subject."""
A_FEW = 5
"""How many are in the queue for their review date at a time: what fits into ten minutes a week."""
EVERY = timedelta(weeks=1)
_DATED_AT_ONCE = 10_000
_LOOKED_AT = [term.slug for term in terms.KINDS if term.slug != freshness.OPPORTUNITY]


class Refreshing:
    """Review dates."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, guild_id: int) -> bool:
        """Promise a server the weekly chore, a week from now; False where it is promised already."""
        async with self._database.read() as connection:
            if await _promised(connection, guild_id):
                return False
        async with self._database.write() as connection:
            if await _promised(connection, guild_id):
                return False
            await _promise(connection, guild_id, self._clock() + EVERY, self._clock())
        return True

    async def bring(self, guild_id: int, due_at: datetime) -> int:
        """Bring what is due into the queue, `A_FEW` at a time, promise the next week's chore, and return how many came.

        What has no date yet (imports, the starter catalogue) is given one first, counted from when it was published.
        Doing it twice brings nothing more: what still waits counts.
        """
        now = self._clock()
        async with self._database.write() as connection:
            fresh = await resources.undated(connection, guild_id, _LOOKED_AT, _DATED_AT_ONCE)
            dates = {
                one.resource_id: day
                for one in fresh
                if (day := freshness.due_on(one.about, one.reviewed_at or one.suggested_at))
            }
            await resources.date_all(connection, dates)
            room = A_FEW - await resources.flagged(connection, guild_id, resources.REVIEW_DATE)
            due = await resources.due(connection, guild_id, now.date(), room) if room > 0 else []
            for one in due:
                await resources.flag(connection, one, resources.REVIEW_DATE, now)
            following = due_at + EVERY
            await _promise(connection, guild_id, following if following > now else now + EVERY, now)
        return len(due)


async def _promised(connection: AsyncConnection, guild_id: int) -> bool:
    promises = await delivery.of_subject(connection, guild_id, REVIEW_DATES, REVIEW_DATES)
    return any(promise.state in (delivery.WAITING, delivery.SENDING) for promise in promises)


async def _promise(connection: AsyncConnection, guild_id: int, due_at: datetime, now: datetime) -> None:
    moment = due_at.date().isoformat()
    await delivery.put(connection, Promise(REVIEW_DATES, guild_id, REVIEW_DATES, due_at, moment=moment), now)
