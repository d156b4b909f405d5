"""What the welcome room keeps about one person: listed for them, and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from db.personal import here, listed
from db.welcome.greeting import greeting_table
from db.welcome.organizers import organizer_table
from db.welcome.telling import told_table

if TYPE_CHECKING:
    from sqlalchemy import Column
    from sqlalchemy.ext.asyncio import AsyncConnection

_OF_MEMBERS = (told_table.c.user_id, greeting_table.c.user_id, organizer_table.c.user_id)
"""Rows that go with the person."""
_TOUCHED = (told_table.c.answered_by, told_table.c.settled_by)
"""Columns in which only the person's number goes; the rows are another member's."""


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """What a person told the organizers, what they did as one, and when they were greeted."""
    told = told_table.c
    said = ("guild_id", "told_at", "text", "named", "tell", "answer", "answered_at", "settled_at")

    def mine(column: Column[Any], *columns: Column[Any]) -> Any:
        return select(*columns).where(column == user_id, here(column.table.c.guild_id, guild_id))

    queries = {
        "told_the_organizers": mine(told.user_id, *(told[name] for name in said)),
        "answered": mine(told.answered_by, told.guild_id, told.answered_at, told.answer),
        "dealt_with": mine(told.settled_by, told.guild_id, told.settled_at),
        "greeted": mine(greeting_table.c.user_id, greeting_table.c.guild_id, greeting_table.c.joined_at),
        "organizer": mine(organizer_table.c.user_id, organizer_table.c.guild_id, organizer_table.c.seen_at),
    }
    return {name: await listed(connection, query) for name, query in queries.items()}


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Delete what a person told, and take their number out of what others did."""
    for column in _OF_MEMBERS:
        where = (column == user_id, here(column.table.c.guild_id, guild_id))
        await connection.execute(delete(column.table).where(*where))
    for column in _TOUCHED:
        where = (column == user_id, here(column.table.c.guild_id, guild_id))
        await connection.execute(update(column.table).where(*where).values({column.name: None}))
