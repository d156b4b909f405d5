"""Forgetting a server: all rows that are its own, in every table there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from db import (
    agreement,
    calendars,
    commands,
    delivery,
    drafts,
    events,
    guilds,
    mentorship,
    people,
    questions,
    resources,
    search,
    setup,
    welcome,
)
from db.schema import metadata

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

TABLES_BROUGHT_BY = (
    *(agreement, calendars, commands, delivery, drafts, events, guilds),
    *(mentorship, people, questions, resources, search, setup, welcome),
)
"""Each brings its tables into the metadata; a test sees to it that none is missing."""


async def guilds_known(connection: AsyncConnection) -> set[int]:
    """The numbers of all servers of which anything is kept beyond a moment."""
    return set((await connection.execute(select(guilds.guild_table.c.guild_id))).scalars())


async def forget_guild(connection: AsyncConnection, guild_id: int) -> int:
    """Remove all that is kept of a server; return how many rows, without those that go with their own.

    Every table with a column `guild_id` is emptied of it, those that others refer to last. Tables without it (an
    import's rows) go with the row they belong to.
    """
    gone = await search.forget_guild(connection, guild_id)
    for table in reversed(metadata.sorted_tables):
        if "guild_id" in table.c:
            gone += int((await connection.execute(delete(table).where(table.c.guild_id == guild_id))).rowcount)
    return gone
