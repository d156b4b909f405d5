"""Starting: the starter catalogue comes, is renewed, goes as a whole, comes back; what people did stays done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources import freshness, starter
from cogs.resources.service.records import record_of
from cogs.resources.service.shelving import shelve, unshelve
from db import guilds, resources, search

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.resources import Description, Resource


class Starting:
    """The starter catalogue of each server, of the edition `edition`, which `read` brings when it is needed."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vocabulary: Vocabulary,
        edition: int = starter.EDITION,
        read: Callable[[], Sequence[Description]] = starter.read,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary
        self._edition = edition
        self._read = read

    async def stock_up(self, guild_id: int) -> int:
        """Give a server this edition of the starter catalogue, unless it has it or wants none; how many came new.

        Entries that a person changed or removed stay as that person left them; the others become what this edition
        says, and go where it no longer has them.
        """
        async with self._database.read() as connection:
            if not await self._wanted(connection, guild_id):
                return 0
        shelves = self._read()
        now = self._clock()
        async with self._database.write() as connection:
            await guilds.see(connection, guild_id, now)
            if not await self._wanted(connection, guild_id):
                return 0
            return await self._bring(connection, guild_id, shelves, now)

    async def state(self, guild_id: int) -> tuple[int, bool]:
        """How many starter entries are in the catalogue, and whether the server has put the whole away."""
        async with self._database.read() as connection:
            here, _ = await resources.count_starter(connection, guild_id)
            return here, await guilds.starter_away(connection, guild_id)

    async def put_away(self, guild_id: int, by: int) -> int:
        """Take all starter entries out of the catalogue, those that were changed too; return how many.

        No newer edition comes either, until `take_back`. The caller has checked that an organizer asks.
        """
        now = self._clock()
        async with self._database.write() as connection:
            await guilds.see(connection, guild_id, now)
            gone = await resources.of_starter(connection, guild_id, resources.PUBLISHED)
            for one in gone:
                if moved := await resources.settle(connection, one, resources.AWAY, touched=one.touched):
                    await unshelve(connection, moved, now)
            await guilds.put_starter_away(connection, guild_id, by, now)
            return len(gone)

    async def take_back(self, guild_id: int) -> int:
        """Bring back what `put_away` took, as it was, and this edition's news; return how many are there now.

        What came into the catalogue by another way meanwhile is not doubled. The caller has checked that an organizer
        asks.
        """
        shelves = self._read()
        now = self._clock()
        async with self._database.write() as connection:
            taken = await resources.links(connection, guild_id)
            for one in await resources.of_starter(connection, guild_id, resources.AWAY):
                if one.about.link_key not in taken:
                    await self._publish(connection, one, now)
            await guilds.put_starter_away(connection, guild_id, None, None)
            if await self._wanted(connection, guild_id):
                await self._bring(connection, guild_id, shelves, now)
            here, _ = await resources.count_starter(connection, guild_id)
            return here

    async def _wanted(self, connection: AsyncConnection, guild_id: int) -> bool:
        given = await guilds.starter_edition(connection, guild_id)
        if given is not None and given >= self._edition:
            return False
        return not await guilds.starter_away(connection, guild_id)

    async def _bring(
        self, connection: AsyncConnection, guild_id: int, shelves: Sequence[Description], now: datetime
    ) -> int:
        known = {one.starter_key: one for one in await resources.of_starter(connection, guild_id)}
        taken = await resources.links(connection, guild_id)
        fresh = [entry for entry in shelves if entry.link_key not in known and entry.link_key not in taken]
        added = await resources.add_published(connection, guild_id, fresh, now, origin=resources.STARTER)
        await search.put_many(connection, [record_of(resource, self._vocabulary) for resource in added])
        entries = {entry.link_key: entry for entry in shelves}
        for key, one in known.items():
            if not one.touched:
                await self._renew(connection, one, entries.get(key or ""), taken, now)
        await guilds.note_starter(connection, guild_id, self._edition)
        return len(added)

    async def _renew(
        self, connection: AsyncConnection, one: Resource, entry: Description | None, taken: set[str], now: datetime
    ) -> None:
        """Let an entry that no person has touched become what the edition says."""
        if one.status == resources.PUBLISHED and entry is None:
            if moved := await resources.settle(connection, one, resources.REMOVED, touched=False):
                await unshelve(connection, moved, now)
        elif one.status == resources.PUBLISHED and entry is not None and entry != one.about:
            await self._describe(connection, one, entry, now)
        elif one.status == resources.REMOVED and entry is not None and entry.link_key not in taken:
            back = await self._publish(connection, one, now)
            if back is not None:
                await self._describe(connection, back, entry, now)

    async def _describe(self, connection: AsyncConnection, one: Resource, entry: Description, now: datetime) -> None:
        due_on = freshness.due_on(entry, now)
        if changed := await resources.describe(connection, one, entry, touched=False, review_due_on=due_on):
            await shelve(connection, changed, self._vocabulary, now)

    async def _publish(self, connection: AsyncConnection, one: Resource, now: datetime) -> Resource | None:
        moved = await resources.settle(connection, one, resources.PUBLISHED, touched=one.touched)
        if moved is not None:
            await shelve(connection, moved, self._vocabulary, now)
        return moved
