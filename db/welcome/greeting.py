"""Whom a server has greeted, or is about to: each member once, in the gathering of those who came at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Index, String, Table, func, insert, select, update

from db import guilds
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

NONE = ""
"""The gathering of who left before they were greeted: they are not greeted, neither now nor later."""

greeting_table = Table(
    "greeting",
    metadata,
    of_guild(key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("gathering", String(32), nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Index(None, "guild_id", "gathering"),
)


async def greet(
    connection: AsyncConnection, guild_id: int, user_ids: Sequence[int], gathering: str, now: datetime
) -> bool:
    """Note that these newcomers (500 at most) are greeted in this gathering; False where all were greeted before."""
    table = greeting_table.c
    known = await connection.execute(
        select(table.user_id).where(table.guild_id == guild_id, table.user_id.in_(user_ids))
    )
    before = set(known.scalars())
    new = [number for number in dict.fromkeys(user_ids) if number not in before]
    if not new:
        return False
    await guilds.see(connection, guild_id, now)
    shared = {"guild_id": guild_id, "gathering": gathering, "joined_at": now}
    await connection.execute(insert(greeting_table), [{**shared, "user_id": number} for number in new])
    return True


async def gathered(connection: AsyncConnection, guild_id: int, gathering: str) -> list[int]:
    """The numbers of those who are greeted together, in the order in which they came."""
    table = greeting_table.c
    found = await connection.execute(
        select(table.user_id)
        .where(table.guild_id == guild_id, table.gathering == gathering)
        .order_by(table.joined_at, table.user_id)
    )
    return list(found.scalars())


async def last_gathering(connection: AsyncConnection, guild_id: int) -> str:
    """The newest gathering of a server; empty where there was none. Its name is a number of ten digits."""
    table = greeting_table.c
    found = await connection.execute(select(func.max(table.gathering)).where(table.guild_id == guild_id))
    return found.scalar_one_or_none() or NONE


async def ungreet(connection: AsyncConnection, guild_id: int, user_id: int) -> None:
    """Take someone who has left out of their gathering."""
    table = greeting_table.c
    await connection.execute(
        update(greeting_table).where(table.guild_id == guild_id, table.user_id == user_id).values(gathering=NONE)
    )
