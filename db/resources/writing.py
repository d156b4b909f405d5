"""Writing resources: added, changed, moved from one status to another; each change raises the version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from db.resources.table import MEMBER, PUBLISHED, Asked, Description, Resource, columns_of, fresh_columns, resource_of
from db.resources.table import resource_table as table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.ext.asyncio import AsyncConnection


async def add(
    connection: AsyncConnection,
    guild_id: int,
    about: Description,
    *,
    status: str,
    by: int | None,
    now: datetime,
    origin: str = MEMBER,
) -> Resource:
    """Add one resource. The caller has looked for the same link first; a second one of it raises IntegrityError."""
    values = {
        **fresh_columns(),
        **columns_of(about),
        "guild_id": guild_id,
        "status": status,
        "origin": origin,
        "suggested_by": by,
        "suggested_at": now,
        "reviewed_at": now if status == PUBLISHED else None,
    }
    return resource_of((await connection.execute(insert(table).values(values).returning(table))).one())


async def add_published(
    connection: AsyncConnection,
    guild_id: int,
    abouts: Sequence[Description],
    now: datetime,
    *,
    origin: str = MEMBER,
    import_id: int | None = None,
) -> list[Resource]:
    """Add many published resources at once, in their order; the links must be new to the server.

    Of those whose origin is the starter catalogue the link key is kept as `starter_key`.
    """
    if not abouts:
        return []
    same = {
        **fresh_columns(),
        "guild_id": guild_id,
        "status": PUBLISHED,
        "origin": origin,
        "import_id": import_id,
        "suggested_at": now,
        "reviewed_at": now,
    }
    starter = origin == "starter"
    await connection.execute(
        insert(table),
        [{**same, **columns_of(about), "starter_key": about.link_key if starter else None} for about in abouts],
    )
    keys = {about.link_key: place for place, about in enumerate(abouts)}
    rows = await connection.execute(select(table).where(table.c.guild_id == guild_id, table.c.status == PUBLISHED))
    added = [resource_of(row) for row in rows if row.link_key in keys]
    return sorted(added, key=lambda resource: keys[resource.about.link_key])


async def decide(
    connection: AsyncConnection,
    resource: Resource,
    *,
    status: str,
    by: int | None,
    now: datetime | None,
    reason: str = "",
    review_due_on: date | None = None,
) -> Resource | None:
    """Move a resource to another status; None where it has changed since `resource` was read."""
    return await _set(
        connection,
        resource,
        status=status,
        reviewed_by=by,
        reviewed_at=now,
        reason=reason,
        review_due_on=review_due_on,
    )


async def settle(connection: AsyncConnection, resource: Resource, status: str, *, touched: bool) -> Resource | None:
    """Move a resource to another status and leave who reviewed it and when; None where it has changed since."""
    return await _set(connection, resource, status=status, touched=touched)


async def describe(
    connection: AsyncConnection,
    resource: Resource,
    about: Description,
    *,
    touched: bool,
    review_due_on: date | None,
    status: str | None = None,
) -> Resource | None:
    """Put another description in the place of a resource's own; None where it has changed since it was read.

    Raises IntegrityError where the new link belongs to another resource.
    """
    values = {**columns_of(about), "touched": touched, "review_due_on": review_due_on}
    return await _set(connection, resource, about=about, **values, status=status or resource.status)


async def look_again(connection: AsyncConnection, resource: Resource, on: date | None) -> Resource | None:
    """Note the day on which a resource is to be looked at next; None where it has changed since it was read."""
    return await _set(connection, resource, review_due_on=on)


async def ask(
    connection: AsyncConnection, resource: Resource, question: str, by: int, now: datetime
) -> Resource | None:
    """Note what an organizer asks the member about a suggestion; None where it has changed since it was read."""
    asked = Asked(question, by, now)
    return await _set(
        connection, resource, keep=asked, asked=question, asked_by=by, asked_at=now, answer="", answered_at=None
    )


async def answered(
    connection: AsyncConnection, resource: Resource, about: Description, answer: str, now: datetime
) -> Resource | None:
    """Note the member's answer and the suggestion as they want it now; None where it has changed since."""
    asked = replace(resource.asked, answer=answer, answered_at=now)
    values = {**columns_of(about), "answer": answer, "answered_at": now}
    return await _set(connection, resource, about=about, keep=asked, **values)


async def tell(connection: AsyncConnection, resource: Resource, way: str, place_id: int | None) -> Resource:
    """Note how the suggester wants to hear what becomes of it. The version stays: the review is not concerned."""
    await connection.execute(
        update(table).where(table.c.resource_id == resource.resource_id).values(tell=way, tell_place=place_id)
    )
    return replace(resource, tell=way, tell_place=place_id)


async def _set(
    connection: AsyncConnection,
    resource: Resource,
    *,
    about: Description | None = None,
    keep: Asked | None = None,
    **values: Any,
) -> Resource | None:
    version = resource.version + 1
    result = await connection.execute(
        update(table)
        .where(
            table.c.resource_id == resource.resource_id,
            table.c.version == resource.version,
            table.c.status == resource.status,
        )
        .values(version=version, **values)
    )
    if not result.rowcount:
        return None
    own = {name: value for name, value in values.items() if name in Resource.__slots__ and name != "asked"}
    return replace(resource, version=version, about=about or resource.about, asked=keep or resource.asked, **own)
