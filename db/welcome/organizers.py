"""Which organizers Benchmate has met in a server: Discord does not say who has a role unless a bot may see members."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Table, delete, insert, select, update

from db import guilds
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

AGAIN = timedelta(days=1)
"""How old the note of a meeting must be to be written anew."""

organizer_table = Table(
    "organizer",
    metadata,
    of_guild(key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", UtcDateTime, nullable=False),
)


async def fresh(connection: AsyncConnection, guild_id: int, user_id: int, now: datetime) -> bool:
    """Whether the note of the last meeting is less than `AGAIN` old."""
    table = organizer_table.c
    found = await connection.execute(select(table.seen_at).where(table.guild_id == guild_id, table.user_id == user_id))
    seen_at = found.scalar_one_or_none()
    return seen_at is not None and now - seen_at < AGAIN


async def meet(connection: AsyncConnection, guild_id: int, user_id: int, now: datetime) -> None:
    """Note that an organizer was here."""
    table = organizer_table.c
    mine = (table.guild_id == guild_id, table.user_id == user_id)
    changed = await connection.execute(update(organizer_table).where(*mine).values(seen_at=now))
    if changed.rowcount == 0:
        await guilds.see(connection, guild_id, now)
        await connection.execute(insert(organizer_table).values(guild_id=guild_id, user_id=user_id, seen_at=now))


async def met(connection: AsyncConnection, guild_id: int) -> list[int]:
    """The numbers of the organizers that were met, who was here last first."""
    table = organizer_table.c
    found = await connection.execute(
        select(table.user_id).where(table.guild_id == guild_id).order_by(table.seen_at.desc(), table.user_id)
    )
    return list(found.scalars())


async def unmeet(connection: AsyncConnection, guild_id: int, user_id: int) -> None:
    """Forget somebody who is no organizer any more."""
    table = organizer_table.c
    await connection.execute(delete(organizer_table).where(table.guild_id == guild_id, table.user_id == user_id))
