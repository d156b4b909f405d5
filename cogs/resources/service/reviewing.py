"""Reviewing: organizers publish or decline what waits, and can take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from cogs.resources.service.records import ROOM, record_of
from db import resources, search

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.resources import Resource

_DONE = {resources.PUBLISHED: "published", resources.DECLINED: "declined"}


class StaleError(GoneError):
    """A card shows a suggestion as it no longer is; `resource` is what it is now."""

    def __init__(self, words: str, resource: Resource) -> None:
        super().__init__(words)
        self.resource = resource


class Reviewing:
    """The review queue. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def queue(self, guild_id: int, page: int = 0) -> tuple[list[Resource], int]:
        """What waits, oldest first, one a page (from 0), and how much waits in all."""
        async with self._database.read() as connection:
            return await resources.waiting(connection, guild_id, limit=1, offset=page)

    async def decide(self, guild_id: int, resource_id: int, version: int, organizer_id: int, status: str) -> Resource:
        """Publish or decline (`status`) a suggestion as it stood in `version`.

        Raises StaleError where it was changed or someone else was faster, GoneError where it is gone.
        """
        async with self._database.write() as connection:
            resource = await self._current(connection, guild_id, resource_id)
            if resource.status != resources.WAITING:
                when = f" <t:{int(resource.reviewed_at.timestamp())}:R>" if resource.reviewed_at else ""
                raise StaleError(f"<@{resource.reviewed_by}> has {_DONE[resource.status]} this{when}.", resource)
            if resource.version != version:
                raise StaleError("This has changed since the card was shown; I have drawn it anew.", resource)
            return await self._move(connection, resource, status, organizer_id)

    async def take_back(self, guild_id: int, resource_id: int, version: int) -> Resource:
        """Put a decided suggestion back into the queue.

        Raises GoneError where it has changed since, UserError where its link has been suggested anew meanwhile.
        """
        async with self._database.write() as connection:
            resource = await self._current(connection, guild_id, resource_id)
            if resource.version != version or resource.status == resources.WAITING:
                raise GoneError("This has changed since, so there is nothing to undo.")
            other = await resources.with_link(connection, guild_id, resource.about.link_key)
            if other is not None and other.resource_id != resource_id:
                raise UserError("The same link has been suggested again meanwhile; you will find it in the queue.")
            return await self._move(connection, resource, resources.WAITING, None)

    async def _current(self, connection: AsyncConnection, guild_id: int, resource_id: int) -> Resource:
        resource = await resources.get(connection, guild_id, resource_id)
        if resource is None:
            raise GoneError("This suggestion is no longer there.")
        return resource

    async def _move(self, connection: AsyncConnection, resource: Resource, status: str, by: int | None) -> Resource:
        now = self._clock() if by is not None else None
        moved = await resources.decide(connection, resource, status=status, by=by, now=now)
        if moved is None:
            raise GoneError("This suggestion has just changed. Open the review queue again.")
        if status == resources.PUBLISHED:
            await search.put(connection, record_of(moved, self._vocabulary))
        else:
            await search.remove(connection, moved.guild_id, ROOM, str(moved.resource_id))
        return moved
