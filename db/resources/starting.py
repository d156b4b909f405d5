"""The starter catalogue in a server: which of its entries are there, and in which state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.resources.table import AWAY, PUBLISHED, Resource, resource_of
from db.resources.table import resource_table as table

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


async def of_starter(connection: AsyncConnection, guild_id: int, status: str | None = None) -> list[Resource]:
    """All that came from the starter catalogue, in the order in which it came; of one status where named."""
    where = [table.c.guild_id == guild_id, table.c.starter_key.is_not(None)]
    if status is not None:
        where.append(table.c.status == status)
    return [
        resource_of(row) for row in await connection.execute(select(table).where(*where).order_by(table.c.resource_id))
    ]


async def count_starter(connection: AsyncConnection, guild_id: int) -> tuple[int, int]:
    """How many starter entries are published, and how many were put away with the whole."""
    query = (
        select(table.c.status, func.count())
        .where(table.c.guild_id == guild_id, table.c.starter_key.is_not(None), table.c.status.in_((PUBLISHED, AWAY)))
        .group_by(table.c.status)
    )
    counted = {status: int(number) for status, number in (await connection.execute(query)).all()}
    return counted.get(PUBLISHED, 0), counted.get(AWAY, 0)
