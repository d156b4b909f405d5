"""News of events: the role of those who want to be mentioned when one is near."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from db import events, guilds

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import Database

ROLE_NAME = "Event news"


class News:
    """Knows the role; who has it is Discord's to know."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """By server: one at a time looks for the role and makes it, or two first presses would make two."""

    async def role(self, guild_id: int) -> int | None:
        """The role's number; None where there is none."""
        async with self._database.read() as connection:
            return await events.news_role(connection, guild_id)

    async def note(self, guild_id: int, role_id: int) -> None:
        """Remember the role."""
        async with self._database.write() as connection:
            await guilds.see(connection, guild_id, self._clock())
            await events.put_news_role(connection, guild_id, role_id)
