"""What profiles keep about one person: listed for them, and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from db.people.table import known_table, profile_table
from db.personal import here, listed

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_LEFT_OUT = ("profile_id", "folded_place")
"""Columns that say nothing of their own."""


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """A person's profiles with the tools they know."""
    table = profile_table.c
    columns = [column for column in table if column.name not in _LEFT_OUT]
    mine = (table.user_id == user_id, here(table.guild_id, guild_id))
    both = known_table.join(profile_table, table.profile_id == known_table.c.profile_id)
    tools = select(known_table.c.guild_id, known_table.c.tool, known_table.c.level).select_from(both).where(*mine)
    return {
        "profiles": await listed(connection, select(*columns).where(*mine)),
        "tools": await listed(connection, tools.order_by(known_table.c.guild_id, known_table.c.tool)),
    }


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Delete a person's profiles, and the tools with them."""
    table = profile_table.c
    await connection.execute(delete(profile_table).where(table.user_id == user_id, here(table.guild_id, guild_id)))
