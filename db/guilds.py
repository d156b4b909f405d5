"""The servers Benchmate has met, and what each was given when it was first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Integer, Table, insert, select, update

from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

guild_table = Table(
    "guild",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("starter_edition", Integer, nullable=True),
)


async def starter_edition(connection: AsyncConnection, guild_id: int) -> int | None:
    """Which edition of the starter catalogue this server was given; None where it has none or is unknown."""
    query = select(guild_table.c.starter_edition).where(guild_table.c.guild_id == guild_id)
    return (await connection.execute(query)).scalar_one_or_none()


async def see(connection: AsyncConnection, guild_id: int, now: datetime) -> None:
    """Remember a server, unless it is known already."""
    known = await connection.execute(select(guild_table.c.guild_id).where(guild_table.c.guild_id == guild_id))
    if known.first() is None:
        await connection.execute(insert(guild_table).values(guild_id=guild_id, first_seen_at=now))


async def note_starter(connection: AsyncConnection, guild_id: int, edition: int) -> None:
    """Remember which edition of the starter catalogue a server was given."""
    await connection.execute(
        update(guild_table).where(guild_table.c.guild_id == guild_id).values(starter_edition=edition)
    )
