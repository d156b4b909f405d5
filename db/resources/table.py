"""The table of resources and its values: what a resource is about, where it stands, and what was asked about it.

Column names follow Dublin Core terms where they have one (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/):
title, creator, publisher, date (year), description, subject (tools and topics), type (kind), language, license,
identifier, audience; `levels` are LRMI's educationalLevel (https://www.dublincore.org/specifications/lrmi/).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import date, datetime

WAITING, PUBLISHED, DECLINED, REMOVED, CLOSED, AWAY = (
    "waiting",
    "published",
    "declined",
    "removed",
    "closed",
    "away",
)
"""`CLOSED` is an opportunity whose day has passed, `AWAY` a starter entry that went with the whole of them."""

STARTER, MEMBER, IMPORT = "starter", "member", "import"
"""Where a resource came from."""

# Written out, not bound, so that SQLite uses the partial index.
LIVE = text("status IN ('waiting', 'published')")

resource_table = Table(
    "resource",
    metadata,
    Column("resource_id", Integer, primary_key=True),
    of_guild(),
    Column("link", String(512), nullable=False),
    Column("link_key", String(512), nullable=False),
    Column("title", String(200), nullable=False),
    Column("description", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("tools", JSON, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("levels", JSON, nullable=False),
    Column("creator", String(200), nullable=False),
    Column("publisher", String(200), nullable=False),
    Column("year", Integer, nullable=True),
    Column("language", String(35), nullable=False),
    Column("license", String(200), nullable=False),
    Column("identifier", String(100), nullable=False),
    Column("closes_on", Date, nullable=True),
    Column("status", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("suggested_by", BigInteger, nullable=True),
    Column("suggested_at", UtcDateTime, nullable=False),
    Column("reviewed_by", BigInteger, nullable=True),
    Column("reviewed_at", UtcDateTime, nullable=True),
    Column("reason", String(600), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("starter_key", String(512), nullable=True),
    Column("touched", Boolean, nullable=False),
    Column("import_id", Integer, nullable=True),
    Column("review_due_on", Date, nullable=True),
    Column("tell", String(8), nullable=False),
    Column("tell_place", BigInteger, nullable=True),
    Column("asked", String(600), nullable=False),
    Column("asked_by", BigInteger, nullable=True),
    Column("asked_at", UtcDateTime, nullable=True),
    Column("answer", String(600), nullable=False),
    Column("answered_at", UtcDateTime, nullable=True),
    CheckConstraint("status IN ('waiting', 'published', 'declined', 'removed', 'closed', 'away')", name="status"),
    # Among what is waiting or published, a link stands once; all others may be suggested again.
    Index(
        "ux_resource_guild_id_link_key",
        "guild_id",
        "link_key",
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    ),
    Index(None, "guild_id", "status", "suggested_at"),
    Index(None, "guild_id", "status", "reviewed_at"),
    Index(None, "guild_id", "status", "closes_on"),
    Index(None, "guild_id", "starter_key"),
    Index(None, "import_id"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Description:
    """What a resource is about, apart from where it stands in the review.

    `year` is None where unknown. `closes_on` is the last day of an opportunity, wherever on Earth; else None.
    """

    link: str
    link_key: str
    title: str
    description: str
    kind: str
    tools: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    creator: str = ""
    publisher: str = ""
    year: int | None = None
    language: str = ""
    license: str = ""
    identifier: str = ""
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an organizer asked the member who suggested it, and what came back; `at` is None where nothing was asked."""

    question: str = ""
    by: int | None = None
    at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of one server. `version` rises with every change; times are UTC.

    `reason` is why it was declined. `tell` is how the suggester wants to hear what becomes of it (a `Way` of
    db.delivery, empty for not at all), `tell_place` the channel for a private thread. `starter_key` is the link key of
    the starter entry it came from, `touched` whether a person has changed or removed it since.
    """

    resource_id: int
    guild_id: int
    about: Description
    status: str
    version: int
    suggested_by: int | None
    suggested_at: datetime
    reviewed_by: int | None
    reviewed_at: datetime | None
    reason: str = ""
    origin: str = MEMBER
    starter_key: str | None = None
    touched: bool = False
    import_id: int | None = None
    review_due_on: date | None = None
    tell: str = ""
    tell_place: int | None = None
    asked: Asked = Asked()


_LISTS = ("tools", "topics", "audience", "levels")
_ABOUT = tuple(field.name for field in fields(Description))
_PLAIN = tuple(field.name for field in fields(Resource) if field.name not in ("about", "asked"))


def resource_of(row: Any) -> Resource:
    """The row as a value; the row may hold more columns than the table's."""
    about = {name: getattr(row, name) for name in _ABOUT}
    about.update({name: tuple(about[name]) for name in _LISTS})
    return Resource(
        **{name: getattr(row, name) for name in _PLAIN},
        about=Description(**about),
        asked=Asked(row.asked, row.asked_by, row.asked_at, row.answer, row.answered_at),
    )


def columns_of(about: Description) -> dict[str, Any]:
    """The columns that say what a resource is about, to be inserted or updated."""
    columns = {name: getattr(about, name) for name in _ABOUT}
    return columns | {name: list(columns[name]) for name in _LISTS}


def fresh_columns() -> dict[str, Any]:
    """The columns of a new resource that say nothing yet."""
    return {
        "version": 1,
        "suggested_by": None,
        "reviewed_by": None,
        "reviewed_at": None,
        "reason": "",
        "origin": MEMBER,
        "starter_key": None,
        "touched": False,
        "import_id": None,
        "review_due_on": None,
        "tell": "",
        "tell_place": None,
        "asked": "",
        "asked_by": None,
        "asked_at": None,
        "answer": "",
        "answered_at": None,
    }
