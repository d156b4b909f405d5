"""Resources: the catalogue of each server, what is suggested for it, and what members have saved.

Column names follow Dublin Core terms where they have one (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/):
title, creator, publisher, date, description, subject (tools), type (kind), language, license, audience.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from db.prepared import Prepared
from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

WAITING, PUBLISHED, DECLINED = "waiting", "published", "declined"
_LIVE = text("status IN ('waiting', 'published')")

resource_table = Table(
    "resource",
    metadata,
    Column("resource_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, ForeignKey("guild.guild_id", ondelete="CASCADE"), nullable=False),
    Column("link", String(512), nullable=False),
    Column("link_key", String(512), nullable=False),
    Column("title", String(200), nullable=False),
    Column("description", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("tools", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("creator", String(200), nullable=False),
    Column("publisher", String(200), nullable=False),
    Column("year", Integer, nullable=True),
    Column("language", String(35), nullable=False),
    Column("license", String(200), nullable=False),
    Column("status", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("suggested_by", BigInteger, nullable=True),
    Column("suggested_at", UtcDateTime, nullable=False),
    Column("reviewed_by", BigInteger, nullable=True),
    Column("reviewed_at", UtcDateTime, nullable=True),
    CheckConstraint("status IN ('waiting', 'published', 'declined')", name="status"),
    # Among what is waiting or published, a link stands once; a declined one may be suggested again.
    Index(
        "ux_resource_guild_id_link_key",
        "guild_id",
        "link_key",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
    Index(None, "guild_id", "status", "suggested_at"),
    sqlite_autoincrement=True,
)

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
    Index(None, "guild_id", "user_id", "saved_at"),
    Index(None, "resource_id"),
)


_HERE = resource_table.c.guild_id == bindparam("guild_id")
_BY_NUMBER = Prepared(select(resource_table).where(resource_table.c.resource_id == bindparam("resource_id"), _HERE))
_BY_LINK = Prepared(select(resource_table).where(_HERE, resource_table.c.link_key == bindparam("link_key"), _LIVE))


@dataclass(frozen=True, slots=True)
class Description:
    """What a resource is about, apart from where it stands in the review. `year` is None where unknown."""

    link: str
    link_key: str
    title: str
    description: str
    kind: str
    tools: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    creator: str = ""
    publisher: str = ""
    year: int | None = None
    language: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of one server. `version` rises with every change; times are UTC."""

    resource_id: int
    guild_id: int
    about: Description
    status: str
    version: int
    suggested_by: int | None
    suggested_at: datetime
    reviewed_by: int | None
    reviewed_at: datetime | None


def _resource(row: Any) -> Resource:
    about = Description(
        link=row.link,
        link_key=row.link_key,
        title=row.title,
        description=row.description,
        kind=row.kind,
        tools=tuple(row.tools),
        audience=tuple(row.audience),
        creator=row.creator,
        publisher=row.publisher,
        year=row.year,
        language=row.language,
        license=row.license,
    )
    return Resource(
        resource_id=row.resource_id,
        guild_id=row.guild_id,
        about=about,
        status=row.status,
        version=row.version,
        suggested_by=row.suggested_by,
        suggested_at=row.suggested_at,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
    )


def _columns(about: Description) -> dict[str, Any]:
    return {
        "link": about.link,
        "link_key": about.link_key,
        "title": about.title,
        "description": about.description,
        "kind": about.kind,
        "tools": list(about.tools),
        "audience": list(about.audience),
        "creator": about.creator,
        "publisher": about.publisher,
        "year": about.year,
        "language": about.language,
        "license": about.license,
    }


async def add(
    connection: AsyncConnection,
    guild_id: int,
    about: Description,
    *,
    status: str,
    by: int | None,
    now: datetime,
) -> Resource:
    """Add one resource. The caller has looked for the same link first; a second one of it raises IntegrityError."""
    published = status == PUBLISHED
    result = await connection.execute(
        insert(resource_table)
        .values(
            guild_id=guild_id,
            status=status,
            version=1,
            suggested_by=by,
            suggested_at=now,
            reviewed_at=now if published else None,
            **_columns(about),
        )
        .returning(resource_table)
    )
    return _resource(result.one())


async def add_published(
    connection: AsyncConnection, guild_id: int, abouts: Sequence[Description], now: datetime
) -> list[Resource]:
    """Add many published resources at once, in their order; the links must be new to the server."""
    if not abouts:
        return []
    await connection.execute(
        insert(resource_table),
        [
            {
                "guild_id": guild_id,
                "status": PUBLISHED,
                "version": 1,
                "suggested_by": None,
                "suggested_at": now,
                "reviewed_by": None,
                "reviewed_at": now,
                **_columns(about),
            }
            for about in abouts
        ],
    )
    keys = {about.link_key: place for place, about in enumerate(abouts)}
    rows = await connection.execute(
        select(resource_table).where(resource_table.c.guild_id == guild_id, resource_table.c.status == PUBLISHED)
    )
    added = [_resource(row) for row in rows if row.link_key in keys]
    return sorted(added, key=lambda resource: keys[resource.about.link_key])


async def get(connection: AsyncConnection, guild_id: int, resource_id: int) -> Resource | None:
    """A resource of this server by its number, whatever its status; None where there is none."""
    row = await _BY_NUMBER.first(connection, guild_id=guild_id, resource_id=resource_id)
    return None if row is None else _resource(row)


async def with_link(connection: AsyncConnection, guild_id: int, link_key: str) -> Resource | None:
    """The waiting or published resource with this link, or None."""
    row = await _BY_LINK.first(connection, guild_id=guild_id, link_key=link_key)
    return None if row is None else _resource(row)


async def links(connection: AsyncConnection, guild_id: int) -> set[str]:
    """The link keys of all that is waiting or published in a server."""
    query = select(resource_table.c.link_key).where(resource_table.c.guild_id == guild_id, _LIVE)
    return set((await connection.execute(query)).scalars())


async def decide(
    connection: AsyncConnection, resource: Resource, *, status: str, by: int | None, now: datetime | None
) -> Resource | None:
    """Move a resource to another status; None where it has changed since `resource` was read."""
    result = await connection.execute(
        update(resource_table)
        .where(
            resource_table.c.resource_id == resource.resource_id,
            resource_table.c.version == resource.version,
            resource_table.c.status == resource.status,
        )
        .values(status=status, version=resource.version + 1, reviewed_by=by, reviewed_at=now)
    )
    if not result.rowcount:
        return None
    return replace(resource, status=status, version=resource.version + 1, reviewed_by=by, reviewed_at=now)


async def waiting(connection: AsyncConnection, guild_id: int, *, limit: int, offset: int) -> tuple[list[Resource], int]:
    """What waits for review, oldest first, and how many there are in all."""
    where = (resource_table.c.guild_id == guild_id, resource_table.c.status == WAITING)
    total = (await connection.execute(select(func.count()).select_from(resource_table).where(*where))).scalar_one()
    rows = await connection.execute(
        select(resource_table)
        .where(*where)
        .order_by(resource_table.c.suggested_at, resource_table.c.resource_id)
        .limit(limit)
        .offset(offset)
    )
    return [_resource(row) for row in rows], int(total)


async def save(connection: AsyncConnection, resource: Resource, user_id: int, now: datetime) -> bool:
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
            user_id=user_id, resource_id=resource.resource_id, guild_id=resource.guild_id, saved_at=now
        )
    )
    return True


async def unsave(connection: AsyncConnection, resource_id: int, user_id: int) -> bool:
    """Take a resource off a member's list; False where it was not on it."""
    result = await connection.execute(
        delete(saved_table).where(saved_table.c.user_id == user_id, saved_table.c.resource_id == resource_id)
    )
    return bool(result.rowcount)


async def saved(
    connection: AsyncConnection, guild_id: int, user_id: int, *, limit: int, offset: int
) -> tuple[list[Resource], int]:
    """A member's saved resources that are still published, newest first, and how many there are in all."""
    where = (
        saved_table.c.guild_id == guild_id,
        saved_table.c.user_id == user_id,
        resource_table.c.status == PUBLISHED,
    )
    both = saved_table.join(resource_table, resource_table.c.resource_id == saved_table.c.resource_id)
    total = (await connection.execute(select(func.count()).select_from(both).where(*where))).scalar_one()
    rows = await connection.execute(
        select(resource_table)
        .select_from(both)
        .where(*where)
        .order_by(saved_table.c.saved_at.desc(), resource_table.c.resource_id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_resource(row) for row in rows], int(total)
