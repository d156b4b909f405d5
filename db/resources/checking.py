"""The health of links: when each was last looked at, how often it failed, where it leads now, and an archived copy.

What is noted belongs to the link that was opened: as soon as its resource has another one, it is of no account.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from db.prepared import Prepared
from db.resources.table import LIVE, PUBLISHED, Resource, resource_of, resource_table
from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

link_table = Table(
    "resource_link",
    metadata,
    Column(
        "resource_id",
        Integer,
        ForeignKey("resource.resource_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("guild_id", BigInteger, nullable=False),
    Column("link", String(512), nullable=False),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("http_status", Integer, nullable=True),
    Column("reason", String(32), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("first_failed_on", Date, nullable=True),
    Column("last_failed_on", Date, nullable=True),
    Column("answered_on", Date, nullable=True),
    Column("unread_since", Date, nullable=True),
    Column("moved_to", String(512), nullable=False),
    Column("moved_key", String(512), nullable=False),
    Column("archived_link", String(512), nullable=False),
    Column("archived_on", Date, nullable=True),
    Column("dead_fine_until", Date, nullable=True),
    Column("moved_fine_until", Date, nullable=True),
    Column("moved_fine_to", String(512), nullable=False),
    Index(None, "guild_id", "due_on"),
    Index(None, "guild_id", "moved_key"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of a resource's link. Days are UTC days.

    `kind`, `http_status` and `reason` are those of the last look, which was at `checked_at`; the next is due on
    `due_on`. `failures` counts days on which it failed since it last answered (`answered_on`), from `first_failed_on`
    to `last_failed_on`. `moved_to` is where it led, `moved_key` the key of that where it is the same page. An organizer
    said that it is fine, though it did not open, until `dead_fine_until`; though it led to `moved_fine_to`, until
    `moved_fine_until`.
    """

    resource_id: int
    guild_id: int
    link: str
    checked_at: datetime
    due_on: date
    kind: str
    http_status: int | None = None
    reason: str = ""
    failures: int = 0
    first_failed_on: date | None = None
    last_failed_on: date | None = None
    answered_on: date | None = None
    unread_since: date | None = None
    moved_to: str = ""
    moved_key: str = ""
    archived_link: str = ""
    archived_on: date | None = None
    dead_fine_until: date | None = None
    moved_fine_until: date | None = None
    moved_fine_to: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource's link, and what is known of it; None where it was never looked at."""

    resource_id: int
    link: str
    known: Link | None


@dataclass(frozen=True, slots=True)
class Checked:
    """How many links of a server stand how: by the kind of their last look, and the dead ones apart.

    `dead` counts those with so many failures, `let_be` those among them that an organizer called fine; neither is in
    `by_kind`. `last` is the moment of the last look (UTC); None where there was none.
    """

    total: int
    by_kind: dict[str, int]
    doubtful: int
    dead: int
    let_be: int
    last: datetime | None

    @property
    def looked_at(self) -> int:
        """How many were looked at ever."""
        return sum(self.by_kind.values()) + self.doubtful + self.dead + self.let_be


_LONGEST = 512
_FIELDS = tuple(field.name for field in fields(Link))
_resource, _link = resource_table.c, link_table.c
_CURRENT = and_(_link.resource_id == _resource.resource_id, _link.link == _resource.link)
_WITH_LINK = resource_table.outerjoin(link_table, _CURRENT)
_OF_RESOURCE = Prepared(select(link_table).where(_link.resource_id == bindparam("resource_id")))
_LEADING = Prepared(
    select(resource_table)
    .join(link_table, _CURRENT)
    .where(
        _link.guild_id == bindparam("guild_id"),
        _link.moved_key == bindparam("link_key"),
        _resource.guild_id == bindparam("guild_id"),
        LIVE,
    )
    .order_by(_resource.resource_id)
    .limit(1)
)


def _link_of(row: Any) -> Link:
    return Link(**{name: getattr(row, name) for name in _FIELDS})


async def link_of(connection: AsyncConnection, resource: Resource) -> Link | None:
    """What is known of the link that a resource has now; None where it was never looked at."""
    row = await _OF_RESOURCE.first(connection, resource_id=resource.resource_id)
    return None if row is None or row.link != resource.about.link else _link_of(row)


async def keep_link(connection: AsyncConnection, link: Link) -> None:
    """Put this in the place of whatever was known of the resource's link."""
    values = asdict(link)
    if await _OF_RESOURCE.first(connection, resource_id=link.resource_id) is None:
        await connection.execute(insert(link_table).values(values))
        return
    number = values.pop("resource_id")
    await connection.execute(update(link_table).where(_link.resource_id == number).values(values))


async def let_be(connection: AsyncConnection, resource: Resource, until: date, *, moved_to: str | None = None) -> None:
    """Note that an organizer calls a link fine until then: though it does not open, or leads to `moved_to`."""
    here = and_(_link.resource_id == resource.resource_id, _link.link == resource.about.link)
    values: dict[str, Any] = (
        {"dead_fine_until": until}
        if moved_to is None
        else {"moved_fine_until": until, "moved_fine_to": moved_to[:_LONGEST]}
    )
    await connection.execute(update(link_table).where(here).values(values))


async def leading_to(connection: AsyncConnection, guild_id: int, link_key: str) -> Resource | None:
    """The waiting or published resource whose own link, when it was last opened, led to this one; or None."""
    row = await _LEADING.first(connection, guild_id=guild_id, link_key=link_key)
    return None if row is None else resource_of(row)


async def with_links(
    connection: AsyncConnection, guild_id: int, status: str, after: int, limit: int
) -> list[tuple[Resource, Link | None]]:
    """What has a status, with what is known of its link, in the order in which it came, from behind `after` on."""
    found = await connection.execute(
        select(resource_table, *(column.label(f"of_link_{column.name}") for column in _link))
        .select_from(_WITH_LINK)
        .where(_resource.guild_id == guild_id, _resource.status == status, _resource.resource_id > after)
        .order_by(_resource.resource_id)
        .limit(limit)
    )
    return [
        (
            resource_of(row),
            None
            if row.of_link_resource_id is None
            else Link(**{name: getattr(row, f"of_link_{name}") for name in _FIELDS}),
        )
        for row in found
    ]


async def count_published(connection: AsyncConnection, guild_id: int) -> int:
    """How many links a server's catalogue has."""
    query = select(func.count()).where(_resource.guild_id == guild_id, _resource.status == PUBLISHED)
    return int((await connection.execute(query)).scalar_one())


async def count_looked_at(connection: AsyncConnection, guild_id: int, since: datetime, now: datetime) -> int:
    """How many links of the catalogue were looked at from `since` up to `now`."""
    query = (
        select(func.count())
        .select_from(_WITH_LINK)
        .where(*_published(guild_id), _link.checked_at >= since, _link.checked_at <= now)
    )
    return int((await connection.execute(query)).scalar_one())


async def due_links(
    connection: AsyncConnection, guild_id: int, now: datetime, *, since: datetime | None = None, limit: int
) -> list[Candidate]:
    """What is to be looked at next: those that failed last first, then those that wait longest, at most `limit`.

    Due is what was never looked at, and whose day has come; with `since`, whatever was not looked at since then. What
    was looked at in the future is due as well: the clock has been put back.
    """
    on_time = _link.due_on <= now.date() if since is None else _link.checked_at < since
    query = (
        select(_resource.resource_id, _resource.link, *_labelled())
        .select_from(_WITH_LINK)
        .where(*_published(guild_id), or_(_link.resource_id.is_(None), on_time, _link.checked_at > now))
        .order_by(
            case((func.coalesce(_link.failures, 0) > 0, 0), else_=1),
            _link.checked_at.is_not(None),
            _link.due_on,
            _resource.resource_id,
        )
    )
    rows = await connection.execute(query.limit(limit))
    return [Candidate(row.resource_id, row.link, _labelled_link(row)) for row in rows]


async def answering_links(connection: AsyncConnection, guild_id: int, limit: int) -> list[Candidate]:
    """Links that answered when they were last looked at, the longest ago first."""
    query = (
        select(_resource.resource_id, _resource.link, *_labelled())
        .select_from(_WITH_LINK)
        .where(*_published(guild_id), _link.failures == 0, _link.answered_on.is_not(None))
        .order_by(_link.checked_at, _resource.resource_id)
    )
    rows = await connection.execute(query.limit(limit))
    return [Candidate(row.resource_id, row.link, _labelled_link(row)) for row in rows]


async def count_links(connection: AsyncConnection, guild_id: int, today: date, *, dead_after: int) -> Checked:
    """How the links of a server's catalogue stand; `dead_after` is after how many failures one counts as dead."""
    dead = _link.failures >= dead_after
    standing = case(
        (and_(dead, _link.dead_fine_until > today), "let-be"),
        (dead, "dead"),
        (_link.failures > 0, "doubtful"),
        else_=_link.kind,
    ).label("standing")
    query = (
        select(standing, func.count().label("number"), func.max(_link.checked_at).label("last"))
        .select_from(_WITH_LINK)
        .where(*_published(guild_id))
        .group_by(standing)
    )
    rows = (await connection.execute(query)).all()
    numbers = {row.standing: int(row.number) for row in rows}
    total = sum(numbers.values())
    numbers.pop(None, None)
    apart = {name: numbers.pop(name, 0) for name in ("doubtful", "dead", "let-be")}
    last = max((row.last for row in rows if row.last is not None), default=None)
    return Checked(total, numbers, apart["doubtful"], apart["dead"], apart["let-be"], last)


async def dead_links(
    connection: AsyncConnection, guild_id: int, today: date, *, dead_after: int, limit: int, offset: int
) -> list[tuple[Resource, Link]]:
    """The resources whose link counts as dead and that no organizer called fine, the longest dead first."""
    query = (
        select(resource_table, *_labelled())
        .join(link_table, _CURRENT)
        .where(
            *_published(guild_id),
            _link.failures >= dead_after,
            or_(_link.dead_fine_until.is_(None), _link.dead_fine_until <= today),
        )
        .order_by(_link.first_failed_on, _resource.resource_id)
    )
    rows = await connection.execute(query.limit(limit).offset(offset))
    return [(resource_of(row), link) for row in rows if (link := _labelled_link(row)) is not None]


def _published(guild_id: int) -> tuple[ColumnElement[bool], ...]:
    return _resource.guild_id == guild_id, _resource.status == PUBLISHED


def _labelled() -> list[ColumnElement[Any]]:
    """The columns of the link, under names that do not clash with the resource's."""
    return [link_table.c[name].label(f"link_{name}") for name in _FIELDS]


def _labelled_link(row: Any) -> Link | None:
    if row.link_resource_id is None:
        return None
    return Link(**{name: getattr(row, f"link_{name}") for name in _FIELDS})
