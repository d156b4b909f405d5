"""What members have saved: each one's own list, with notes of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from db.resources.table import PUBLISHED, Resource, resource_of, resource_table
from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

saved_table = Table(
    "saved_resource",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "resource_id",
        Integer,
        ForeignKey("resource.resource_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("guild_id", BigInteger, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("note", String(600), nullable=True),
    Index(None, "guild_id", "user_id", "saved_at"),
    Index(None, "resource_id"),
)


@dataclass(frozen=True, slots=True)
class Saved:
    """A resource on a member's list, and the member's own note about it (empty where there is none)."""

    resource: Resource
    note: str


async def save(
    connection: AsyncConnection, resource: Resource, user_id: int, now: datetime, note: str | None = None
) -> bool:
    """Put a resource on a member's list; False where it is there already."""
    known = await connection.execute(
        select(saved_table.c.user_id).where(
            saved_table.c.user_id == user_id, saved_table.c.resource_id == resource.resource_id
        )
    )
    if known.first() is not None:
        return False
    await connection.execute(
        insert(saved_table).values(
            user_id=user_id, resource_id=resource.resource_id, guild_id=resource.guild_id, saved_at=now, note=note
        )
    )
    return True


async def unsave(connection: AsyncConnection, resource_id: int, user_id: int) -> bool:
    """Take a resource off a member's list, its note with it; False where it was not on it."""
    result = await connection.execute(
        delete(saved_table).where(saved_table.c.user_id == user_id, saved_table.c.resource_id == resource_id)
    )
    return bool(result.rowcount)


async def note_saved(connection: AsyncConnection, resource_id: int, user_id: int, note: str) -> bool:
    """Put a member's own note (600 characters at most) beside a resource on their list; False where it is not on it."""
    result = await connection.execute(
        update(saved_table)
        .where(saved_table.c.user_id == user_id, saved_table.c.resource_id == resource_id)
        .values(note=note or None)
    )
    return bool(result.rowcount)


async def note_of(connection: AsyncConnection, resource_id: int, user_id: int) -> str | None:
    """A member's note about a resource on their list, empty where there is none; None where it is not on the list."""
    query = select(saved_table.c.note).where(saved_table.c.user_id == user_id, saved_table.c.resource_id == resource_id)
    row = (await connection.execute(query)).first()
    return None if row is None else row.note or ""


async def saved(
    connection: AsyncConnection, guild_id: int, user_id: int, *, limit: int, offset: int
) -> tuple[list[Saved], int]:
    """A member's saved resources that are still published, newest first, and how many there are in all."""
    where = (
        saved_table.c.guild_id == guild_id,
        saved_table.c.user_id == user_id,
        resource_table.c.status == PUBLISHED,
    )
    both = saved_table.join(resource_table, resource_table.c.resource_id == saved_table.c.resource_id)
    total = (await connection.execute(select(func.count()).select_from(both).where(*where))).scalar_one()
    rows = await connection.execute(
        select(resource_table, saved_table.c.note)
        .select_from(both)
        .where(*where)
        .order_by(saved_table.c.saved_at.desc(), resource_table.c.resource_id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Saved(resource_of(row), row.note or "") for row in rows], int(total)
