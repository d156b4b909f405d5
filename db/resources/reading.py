"""Reading resources: one by its number or its link, the newest, those that close next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, or_, select

from db.prepared import Prepared
from db.resources.table import LIVE, PUBLISHED, Resource, resource_of
from db.resources.table import resource_table as table

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

_HERE = table.c.guild_id == bindparam("guild_id")
_BY_NUMBER = Prepared(select(table).where(table.c.resource_id == bindparam("resource_id"), _HERE))
_BY_LINK = Prepared(select(table).where(_HERE, table.c.link_key == bindparam("link_key"), LIVE))
_OVER = Prepared(
    select(table.c.resource_id)
    .where(_HERE, table.c.status == PUBLISHED, table.c.closes_on < bindparam("today", type_=table.c.closes_on.type))
    .limit(1)
)


async def get(connection: AsyncConnection, guild_id: int, resource_id: int) -> Resource | None:
    """A resource of this server by its number, whatever its status; None where there is none."""
    row = await _BY_NUMBER.first(connection, guild_id=guild_id, resource_id=resource_id)
    return None if row is None else resource_of(row)


async def with_link(connection: AsyncConnection, guild_id: int, link_key: str) -> Resource | None:
    """The waiting or published resource with this link, or None."""
    row = await _BY_LINK.first(connection, guild_id=guild_id, link_key=link_key)
    return None if row is None else resource_of(row)


async def links(connection: AsyncConnection, guild_id: int) -> set[str]:
    """The link keys of all that is waiting or published in a server."""
    query = select(table.c.link_key).where(table.c.guild_id == guild_id, LIVE)
    return set((await connection.execute(query)).scalars())


async def recent(
    connection: AsyncConnection, guild_id: int, *, kind: str | None = None, today: date, limit: int, offset: int
) -> tuple[list[Resource], int]:
    """What is published, of one kind where named, the newest first, and how many there are in all.

    What closed before `today` is left out.
    """
    where = [
        table.c.guild_id == guild_id,
        table.c.status == PUBLISHED,
        or_(table.c.closes_on.is_(None), table.c.closes_on >= today),
    ]
    if kind is not None:
        where.append(table.c.kind == kind)
    order = (table.c.reviewed_at.desc(), table.c.resource_id.desc())
    return await _page(connection, where, order, limit, offset)


async def closing(
    connection: AsyncConnection, guild_id: int, *, today: date, limit: int, offset: int
) -> tuple[list[Resource], int]:
    """What is published and closes on `today` or later, the first to close first, and how many there are in all."""
    where = [table.c.guild_id == guild_id, table.c.status == PUBLISHED, table.c.closes_on >= today]
    return await _page(connection, where, (table.c.closes_on, table.c.resource_id), limit, offset)


async def any_over(connection: AsyncConnection, guild_id: int, today: date) -> bool:
    """Whether something is still published that closed before `today`."""
    return await _OVER.first(connection, guild_id=guild_id, today=today) is not None


async def over(connection: AsyncConnection, guild_id: int, today: date) -> list[Resource]:
    """What is still published and closed before `today`."""
    where = (table.c.guild_id == guild_id, table.c.status == PUBLISHED, table.c.closes_on < today)
    return [resource_of(row) for row in await connection.execute(select(table).where(*where))]


async def several(connection: AsyncConnection, guild_id: int, numbers: Collection[int]) -> list[Resource]:
    """The resources with these numbers, whatever their status, in no order."""
    query = select(table).where(table.c.guild_id == guild_id, table.c.resource_id.in_(list(numbers)))
    return [resource_of(row) for row in await connection.execute(query)]


async def _page(
    connection: AsyncConnection,
    where: list[ColumnElement[bool]],
    order: tuple[ColumnElement[object], ...],
    limit: int,
    offset: int,
) -> tuple[list[Resource], int]:
    total = (await connection.execute(select(func.count()).select_from(table).where(*where))).scalar_one()
    rows = await connection.execute(select(table).where(*where).order_by(*order).limit(limit).offset(offset))
    return [resource_of(row) for row in rows], int(total)
