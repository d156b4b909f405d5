"""The private threads that were made for members, so that each has one and not many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Table, delete, insert, select

from db.schema import metadata

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

thread_table = Table(
    "private_thread",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, nullable=False),
)


async def thread_of(connection: AsyncConnection, guild_id: int, user_id: int) -> int | None:
    """The number of a member's private thread, or None where none was made."""
    found = await connection.execute(
        select(thread_table.c.thread_id).where(thread_table.c.guild_id == guild_id, thread_table.c.user_id == user_id)
    )
    return found.scalar_one_or_none()


async def keep_thread(
    connection: AsyncConnection, guild_id: int, user_id: int, thread_id: int, *, instead_of: int | None = None
) -> int:
    """Remember a member's private thread, in place of `instead_of`; the number of the one that is remembered then.

    That is another one where another process remembered its own first.
    """
    known = await thread_of(connection, guild_id, user_id)
    if known is not None and known != instead_of:
        return known
    await connection.execute(
        delete(thread_table).where(thread_table.c.guild_id == guild_id, thread_table.c.user_id == user_id)
    )
    await connection.execute(insert(thread_table).values(guild_id=guild_id, user_id=user_id, thread_id=thread_id))
    return thread_id
