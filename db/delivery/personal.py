"""What deliveries keep about one person: what was promised to them, and their private thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from db.delivery.table import Way, delivery_table
from db.delivery.threads import thread_table
from db.personal import here, listed

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

_TO_MEMBERS = (Way.DM.value, Way.PRIVATE.value, Way.NOTE.value)


def _theirs(guild_id: int | None, user_id: int) -> tuple[ColumnElement[bool], ...]:
    table = delivery_table.c
    return (table.target_id == user_id, table.way.in_(_TO_MEMBERS), here(table.guild_id, guild_id))


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """What was promised to a person and what became of it, and their private thread."""
    table, thread = delivery_table.c, thread_table.c
    columns = (table.guild_id, table.kind, table.subject, table.way, table.due_at, table.state, table.settled_at)
    promised = select(*columns).where(*_theirs(guild_id, user_id)).order_by(table.due_at)
    threads = select(thread.guild_id, thread.thread_id).where(
        thread.user_id == user_id, here(thread.guild_id, guild_id)
    )
    return {
        "promised": await listed(connection, promised),
        "private_threads": await listed(connection, threads),
    }


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Take back what was promised to a person, forget what was sent, and which private thread is theirs."""
    thread = thread_table.c
    await connection.execute(delete(delivery_table).where(*_theirs(guild_id, user_id)))
    await connection.execute(delete(thread_table).where(thread.user_id == user_id, here(thread.guild_id, guild_id)))
