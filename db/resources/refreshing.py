"""Review dates: which published resources are due to be looked at, and which have no date yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db.resources.flagging import flag_table
from db.resources.table import PUBLISHED, Resource, resource_of
from db.resources.table import resource_table as table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.ext.asyncio import AsyncConnection


async def undated(connection: AsyncConnection, guild_id: int, kinds: list[str], limit: int) -> list[Resource]:
    """Published resources of these kinds that have no review date yet, at most `limit`."""
    query = select(table).where(
        table.c.guild_id == guild_id,
        table.c.status == PUBLISHED,
        table.c.review_due_on.is_(None),
        table.c.kind.in_(kinds),
    )
    return [resource_of(row) for row in await connection.execute(query.order_by(table.c.resource_id).limit(limit))]


async def date_all(connection: AsyncConnection, dates: Mapping[int, date]) -> None:
    """Give resources, by their numbers, the day on which they are to be looked at next. Their versions stay."""
    by_day: dict[date, list[int]] = {}
    for number, day in dates.items():
        by_day.setdefault(day, []).append(number)
    for day, numbers in by_day.items():
        await connection.execute(update(table).where(table.c.resource_id.in_(numbers)).values(review_due_on=day))


async def due(connection: AsyncConnection, guild_id: int, today: date, limit: int) -> list[Resource]:
    """Published resources whose review date is `today` or past and that are not in the queue for it, oldest first."""
    flagged = select(flag_table.c.resource_id).where(
        flag_table.c.resource_id == table.c.resource_id, flag_table.c.reason == "review-date"
    )
    query = select(table).where(
        table.c.guild_id == guild_id,
        table.c.status == PUBLISHED,
        table.c.review_due_on <= today,
        ~flagged.exists(),
    )
    order = (table.c.review_due_on, table.c.resource_id)
    return [resource_of(row) for row in await connection.execute(query.order_by(*order).limit(limit))]
