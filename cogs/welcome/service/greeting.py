"""Greeting: each newcomer once in the start channel, those who come at the same time together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from db import delivery as deliveries
from db import welcome
from db.delivery import Promise, Way
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from db.engine import Database

GREETING = "greeting"
SUBJECT = "newcomers"
SOON = timedelta(minutes=1)
"""How long a newcomer waits for others."""
AT_ONCE = 500
"""So many newcomers are written down in one step."""
APART = timedelta(hours=4)
"""How far greetings are apart at least, six a day: who comes in between is greeted with the next, and sees meanwhile
the panel that stands in the same channel."""


class Greeting:
    """Who has come and is greeted."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers
        self._waiting: dict[int, list[int]] = {}

    async def came(self, guild_id: int, user_id: int) -> None:
        """Promise somebody who has just joined to be greeted, unless they were before or nobody is greeted here.

        Where many come at once they are written down together, so that they do not keep others waiting.
        """
        settings = self._servers.of(guild_id)
        if settings.channels.get(Part.START) is None or not settings.greets:
            return
        waiting = self._waiting.setdefault(guild_id, [])
        waiting.append(user_id)
        if len(waiting) > 1:
            return  # whoever came first writes down all
        try:
            while waiting:
                batch = waiting[:AT_ONCE]
                await self._written(guild_id, batch)
                del waiting[: len(batch)]
        finally:
            self._waiting.pop(guild_id, None)

    async def _written(self, guild_id: int, user_ids: list[int]) -> None:
        channel = self._servers.of(guild_id).channels.get(Part.START)
        now = self._clock()
        async with self._database.write() as connection:
            due = _due(now, await welcome.last_gathering(connection, guild_id))
            gathering = str(int(due.timestamp()))
            if channel is None or not await welcome.greet(connection, guild_id, user_ids, gathering, now):
                return
            promise = Promise(GREETING, guild_id, SUBJECT, due, Way.CHANNEL, channel, moment=gathering)
            await deliveries.put(connection, promise, now)

    async def left(self, guild_id: int, user_id: int) -> None:
        """Greet nobody who has left before it was their turn."""
        async with self._database.write() as connection:
            await welcome.ungreet(connection, guild_id, user_id)

    async def newcomers(self, guild_id: int, gathering: str) -> list[int]:
        """Who is greeted together, as far as they are still here; nobody where greeting was switched off since."""
        if not self._servers.of(guild_id).greets:
            return []
        async with self._database.read() as connection:
            return await welcome.gathered(connection, guild_id, gathering)


def _due(now: datetime, last: str) -> datetime:
    """When somebody who comes now is greeted; `last` is the newest gathering, the Unix time of its greeting."""
    soon = now + SOON
    if not last:
        return soon
    before = datetime.fromtimestamp(int(last), UTC)
    return before if before > now else max(soon, before + APART)
