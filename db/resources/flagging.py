"""The organizers' queue: suggestions that are new, and published resources that someone should look at again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)

from db.prepared import Prepared
from db.resources.table import PUBLISHED, WAITING, Resource, resource_of, resource_table
from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

NEW, REPORTED, DEAD_LINK, REVIEW_DATE, CHANGED = "new", "reported", "dead-link", "review-date", "changed"
"""Why something is in the queue. `NEW` is a suggestion; the others are flags of published resources."""

flag_table = Table(
    "resource_flag",
    metadata,
    Column(
        "resource_id",
        Integer,
        ForeignKey("resource.resource_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("reason", String(16), primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("by", BigInteger, nullable=True),
    Column("note", String(600), nullable=False),
    CheckConstraint("reason IN ('reported', 'dead-link', 'review-date', 'changed')", name="reason"),
    Index(None, "guild_id", "since"),
)

_REASONS = Prepared(
    select(flag_table.c.reason).where(flag_table.c.resource_id == bindparam("resource_id")).order_by(flag_table.c.since)
)


@dataclass(frozen=True, slots=True)
class Queued:
    """Something that waits for an organizer: why, since when (UTC), told by whom, and what is known about it.

    The note of a `CHANGED` one is the link to which the old one leads now, of a `DEAD_LINK` the link of an archived
    copy where there is one.
    """

    resource: Resource
    reason: str
    since: datetime
    by: int | None = None
    note: str = ""


async def flag(
    connection: AsyncConnection,
    resource: Resource,
    reason: str,
    now: datetime,
    *,
    by: int | None = None,
    note: str = "",
) -> bool:
    """Put a published resource into the queue for `reason`, with a note of 600 characters at most.

    False where it is there for that reason already; the older one stays as it is.
    """
    known = await connection.execute(
        select(flag_table.c.reason).where(
            flag_table.c.resource_id == resource.resource_id, flag_table.c.reason == reason
        )
    )
    if known.first() is not None:
        return False
    await connection.execute(
        insert(flag_table).values(
            resource_id=resource.resource_id, reason=reason, guild_id=resource.guild_id, since=now, by=by, note=note
        )
    )
    return True


async def unflag(
    connection: AsyncConnection, resource_id: int, reasons: Collection[str] | None = None, *, by: int | None = None
) -> int:
    """Take a resource out of the queue, for these reasons or (None) for all; return for how many it was in it.

    With `by`, only what that person put into it.
    """
    where = [flag_table.c.resource_id == resource_id]
    if by is not None:
        where.append(flag_table.c.by == by)
    if reasons is not None:
        where.append(flag_table.c.reason.in_(list(reasons)))
    return int((await connection.execute(delete(flag_table).where(*where))).rowcount)


async def renote(connection: AsyncConnection, resource_id: int, reason: str, note: str) -> None:
    """Note something else about why a resource is in the queue; since when it is there stays."""
    here = (flag_table.c.resource_id == resource_id, flag_table.c.reason == reason)
    await connection.execute(update(flag_table).where(*here).values(note=note))


async def note_of_flag(connection: AsyncConnection, resource_id: int, reason: str) -> str | None:
    """What is known about why a resource is in the queue for `reason`; None where it is not in it."""
    query = select(flag_table.c.note).where(flag_table.c.resource_id == resource_id, flag_table.c.reason == reason)
    return (await connection.execute(query)).scalar_one_or_none()


async def flags(connection: AsyncConnection, resource_id: int) -> list[str]:
    """For which reasons a resource is in the queue, in the order in which they came."""
    return [row.reason for row in await _REASONS.all(connection, resource_id=resource_id)]


async def flagged(connection: AsyncConnection, guild_id: int, reason: str) -> int:
    """How many published resources of a server are in the queue for this reason."""
    both = flag_table.join(resource_table, resource_table.c.resource_id == flag_table.c.resource_id)
    query = (
        select(func.count())
        .select_from(both)
        .where(
            flag_table.c.guild_id == guild_id,
            flag_table.c.reason == reason,
            resource_table.c.status == PUBLISHED,
        )
    )
    return int((await connection.execute(query)).scalar_one())


async def queue(
    connection: AsyncConnection, guild_id: int, *, asked_before: datetime, limit: int, offset: int
) -> tuple[list[Queued], int]:
    """What waits for an organizer, whatever the reason, oldest first, and how much there is in all.

    A suggestion whose member was asked something after `asked_before`, and has not answered, is left out.
    """
    resource, flagged_ = resource_table.c, flag_table.c
    new = select(
        resource.resource_id,
        literal(NEW).label("why"),
        resource.suggested_at.label("since"),
        resource.suggested_by.label("told_by"),
        literal("").label("told"),
    ).where(
        resource.guild_id == guild_id,
        resource.status == WAITING,
        or_(
            resource.asked_at.is_(None),
            resource.answered_at.is_not(None),
            resource.asked_at <= asked_before,
        ),
    )
    again = (
        select(flagged_.resource_id, flagged_.reason, flagged_.since, flagged_.by, flagged_.note)
        .join(resource_table, resource.resource_id == flagged_.resource_id)
        .where(flagged_.guild_id == guild_id, resource.status == PUBLISHED)
    )
    both = union_all(new, again).subquery()
    total = (await connection.execute(select(func.count()).select_from(both))).scalar_one()
    rows = await connection.execute(
        select(resource_table, both.c.why, both.c.since, both.c.told_by, both.c.told)
        .join(both, and_(resource.resource_id == both.c.resource_id))
        .order_by(both.c.since, both.c.resource_id, both.c.why)
        .limit(limit)
        .offset(offset)
    )
    return [Queued(resource_of(row), row.why, row.since, row.told_by, row.told) for row in rows], int(total)


async def waiting(connection: AsyncConnection, guild_id: int, *, limit: int, offset: int) -> tuple[list[Resource], int]:
    """The suggestions that wait for review, also those about which the member is asked, oldest first, and how many."""
    where = (resource_table.c.guild_id == guild_id, resource_table.c.status == WAITING)
    total = (await connection.execute(select(func.count()).select_from(resource_table).where(*where))).scalar_one()
    rows = await connection.execute(
        select(resource_table)
        .where(*where)
        .order_by(resource_table.c.suggested_at, resource_table.c.resource_id)
        .limit(limit)
        .offset(offset)
    )
    return [resource_of(row) for row in rows], int(total)
