"""Browsing: what is new in the catalogue, and what closes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.paging import PER_PAGE
from cogs.resources import freshness, terms
from db import resources

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import Database
    from db.resources import Resource


class Browsing:
    """Lists of the catalogue that are not searches."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def recent(self, guild_id: int, kind: str | None, page: int = 0) -> tuple[list[Resource], int]:
        """Page `page` (from 0) of what is in the catalogue, newest first, of one kind where named, and how much it is.

        Opportunities that are over are left out of the page, even where nobody has taken them out yet. Raises
        UserError for a kind that does not exist.
        """
        if kind is not None and terms.kind(kind) is None:
            raise UserError("I do not know that kind. Choose one from the list that appears.")
        today = freshness.still_open(self._clock())
        async with self._database.read() as connection:
            return await resources.recent(
                connection, guild_id, kind=kind, today=today, limit=PER_PAGE, offset=page * PER_PAGE
            )

    async def closing(self, guild_id: int, page: int = 0) -> tuple[list[Resource], int]:
        """Page `page` (from 0) of the opportunities that are open, the first to close first, and how many there are."""
        today = freshness.still_open(self._clock())
        async with self._database.read() as connection:
            return await resources.closing(connection, guild_id, today=today, limit=PER_PAGE, offset=page * PER_PAGE)
