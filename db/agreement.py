"""Who accepted a server's community agreement, in which version, and when. The text itself is a setting (db.setup)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, Integer, Table, delete, insert, select, update

from db import guilds
from db.personal import here, listed
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

agreement_table = Table(
    "agreement",
    metadata,
    of_guild(key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("accepted_at", UtcDateTime, nullable=False),
)


async def accepted(connection: AsyncConnection, guild_id: int, user_id: int) -> int:
    """The newest version that a member accepted; 0 where they accepted none."""
    table = agreement_table.c
    found = await connection.execute(select(table.version).where(table.guild_id == guild_id, table.user_id == user_id))
    return found.scalar_one_or_none() or 0


async def accept(connection: AsyncConnection, guild_id: int, user_id: int, version: int, now: datetime) -> None:
    """Note that a member accepted this version, unless they accepted it or a newer one before."""
    before = await accepted(connection, guild_id, user_id)
    if before >= version:
        return
    values = {"version": version, "accepted_at": now}
    table = agreement_table.c
    if before:
        mine = (table.guild_id == guild_id, table.user_id == user_id)
        await connection.execute(update(agreement_table).where(*mine).values(**values))
        return
    await guilds.see(connection, guild_id, now)
    await connection.execute(insert(agreement_table).values(guild_id=guild_id, user_id=user_id, **values))


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """What a person accepted; `guild_id` is a server, or None for all."""
    table = agreement_table.c
    mine = select(table.guild_id, table.version, table.accepted_at).where(
        table.user_id == user_id, here(table.guild_id, guild_id)
    )
    return {"accepted": await listed(connection, mine)}


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Forget that a person accepted anything; they are asked again."""
    table = agreement_table.c
    await connection.execute(delete(agreement_table).where(table.user_id == user_id, here(table.guild_id, guild_id)))
