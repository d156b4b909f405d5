"""The servers Benchmate has met, and what each was given when it was first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Integer, String, Table, bindparam, insert, select, update

from db.prepared import Prepared
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
    Column("starter_away_at", UtcDateTime, nullable=True),
    Column("starter_away_by", BigInteger, nullable=True),
    Column("name", String(100), nullable=True),
)


_BY_NUMBER = Prepared(select(guild_table).where(guild_table.c.guild_id == bindparam("guild_id")))


async def starter_edition(connection: AsyncConnection, guild_id: int) -> int | None:
    """Which edition of the starter catalogue this server was given; None where it has none or is unknown."""
    row = await _BY_NUMBER.first(connection, guild_id=guild_id)
    return None if row is None else row.starter_edition


async def see(connection: AsyncConnection, guild_id: int, now: datetime) -> None:
    """Remember a server, unless it is known already."""
    if await _BY_NUMBER.first(connection, guild_id=guild_id) is None:
        await connection.execute(insert(guild_table).values(guild_id=guild_id, first_seen_at=now))


async def names(connection: AsyncConnection) -> dict[int, str]:
    """All servers that are known, by their numbers, and what they were called last; empty where nobody has said."""
    rows = await connection.execute(select(guild_table.c.guild_id, guild_table.c.name).order_by(guild_table.c.guild_id))
    return {row.guild_id: row.name or "" for row in rows}


async def name_of(connection: AsyncConnection, guild_id: int) -> str | None:
    """What a server was called last; None where it is not known, or nobody has said."""
    row = await _BY_NUMBER.first(connection, guild_id=guild_id)
    return None if row is None else row.name


async def note_name(connection: AsyncConnection, guild_id: int, name: str, now: datetime) -> None:
    """Remember what a server is called, and the server itself; at most 100 characters, as with Discord."""
    await see(connection, guild_id, now)
    await connection.execute(update(guild_table).where(guild_table.c.guild_id == guild_id).values(name=name[:100]))


async def note_starter(connection: AsyncConnection, guild_id: int, edition: int) -> None:
    """Remember which edition of the starter catalogue a server was given."""
    await connection.execute(
        update(guild_table).where(guild_table.c.guild_id == guild_id).values(starter_edition=edition)
    )


async def starter_away(connection: AsyncConnection, guild_id: int) -> bool:
    """Whether a server wants no starter catalogue."""
    row = await _BY_NUMBER.first(connection, guild_id=guild_id)
    return row is not None and row.starter_away_at is not None


async def put_starter_away(connection: AsyncConnection, guild_id: int, by: int | None, now: datetime | None) -> None:
    """Remember who declined the starter catalogue and when; None for both where the server takes it back."""
    await connection.execute(
        update(guild_table).where(guild_table.c.guild_id == guild_id).values(starter_away_at=now, starter_away_by=by)
    )
