"""Saving: each member's own list, which only they see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.errors import GoneError
from bot.kit.paging import PER_PAGE
from bot.kit.words import clip, tidy
from db import resources

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import Database
    from db.resources import Resource, Saved


LONGEST_NOTE = 500
"""Characters of a member's own note; four of them and their resources fit a card."""


class Saving:
    """A member's saved resources."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def save(self, guild_id: int, user_id: int, resource_id: int) -> tuple[Resource, bool]:
        """Put a resource on the member's list; the flag is False where it was on it already.

        Raises GoneError where the resource is no longer in the catalogue.
        """
        async with self._database.write() as connection:
            resource = await resources.get(connection, guild_id, resource_id)
            if resource is None or resource.status != resources.PUBLISHED:
                raise GoneError(
                    "This resource is no longer in the catalogue, so it cannot be saved. Search again to see what "
                    "else there is."
                )
            return resource, await resources.save(connection, resource, user_id, self._clock())

    async def unsave(self, guild_id: int, user_id: int, resource_id: int) -> tuple[Resource, str] | None:
        """Take a resource off the member's list; None where it was not on it or is gone altogether.

        The second value is the note they had about it, so that an undo can bring it back.
        """
        async with self._database.write() as connection:
            resource = await resources.get(connection, guild_id, resource_id)
            if resource is None:
                return None
            note = await resources.note_of(connection, resource_id, user_id)
            removed = await resources.unsave(connection, resource_id, user_id)
            return (resource, note or "") if removed else None

    async def note_of(self, guild_id: int, user_id: int, resource_id: int) -> tuple[Resource, str]:
        """A resource on the member's list and their note about it. Raises GoneError where it is not on the list."""
        async with self._database.read() as connection:
            resource = await resources.get(connection, guild_id, resource_id)
            note = await resources.note_of(connection, resource_id, user_id)
        if resource is None or note is None:
            raise GoneError("This is no longer on your list. Save it again first, then write your note.")
        return resource, note

    async def write_note(self, guild_id: int, user_id: int, resource_id: int, typed: str) -> bool:
        """Keep the member's own note; an empty one takes it away. Return whether there is one now.

        Raises GoneError where the resource is not on their list.
        """
        note = clip(tidy(typed, lines=True), LONGEST_NOTE)
        async with self._database.write() as connection:
            here = await resources.get(connection, guild_id, resource_id)
            if here is None or not await resources.note_saved(connection, resource_id, user_id, note):
                raise GoneError("This is no longer on your list. Save it again first, then write your note.")
        return bool(note)

    async def saved(self, guild_id: int, user_id: int, page: int = 0) -> tuple[list[Saved], int]:
        """Page `page` (from 0) of the member's list, newest first, and how many are on it."""
        async with self._database.read() as connection:
            return await resources.saved(connection, guild_id, user_id, limit=PER_PAGE, offset=page * PER_PAGE)
