"""Imports: each file that was read in, and what it did row by row, so that it can be undone as a whole."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
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
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from db.prepared import PreparedInsert
from db.resources.table import (
    DECLINED,
    IMPORT,
    LIVE,
    PUBLISHED,
    REMOVED,
    Description,
    Resource,
    columns_of,
    fresh_columns,
    resource_of,
    resource_table,
)
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

import_table = Table(
    "import_batch",
    metadata,
    Column("import_id", Integer, primary_key=True),
    of_guild(),
    Column("by", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("done_count", Integer, nullable=False),
    Column("finished_at", UtcDateTime, nullable=True),
    Column("undone_at", UtcDateTime, nullable=True),
    Column("undone_by", BigInteger, nullable=True),
    Index(None, "guild_id", "at"),
    sqlite_autoincrement=True,
)
"""A file: who read it in, how many rows it has, how many are done, and whether it was undone."""

row_table = Table(
    "import_row",
    metadata,
    Column(
        "import_id",
        Integer,
        ForeignKey("import_batch.import_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("row_number", Integer, primary_key=True, autoincrement=False),
    Column("outcome", String(16), nullable=False),
    # Not a foreign key: what became of a row is still told when its resource is gone.
    Column("resource_id", Integer, nullable=True),
    Column("before", JSON(none_as_null=True), nullable=True),
    Column("version_after", Integer, nullable=True),
    Column("reason", String(300), nullable=False),
    CheckConstraint("outcome IN ('added', 'changed', 'same', 'refused')", name="outcome"),
    Index(None, "resource_id"),
)
"""A row of it: what it did, to which resource, how that was before (the columns as JSON; null where it was new), and
its version after, by which an undo sees whether a person has changed it since."""

ADDED, CHANGED, SAME, REFUSED = "added", "changed", "same", "refused"
"""What a row of a file does."""
UNDONE, STAYED = "undone", "changed since"
"""Reasons of rows after an undo: taken back, or left alone because someone has changed the resource since."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A file that was imported, or is just being; times are UTC."""

    import_id: int
    guild_id: int
    by: int
    at: datetime
    file_name: str
    row_count: int
    done_count: int
    finished_at: datetime | None
    undone_at: datetime | None
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What one row did. `before` is the changed resource as it was (see `kept`), `version_after` None once undone."""

    row_number: int
    outcome: str
    resource_id: int | None = None
    before: dict[str, Any] | None = None
    version_after: int | None = None
    reason: str = ""


_ADD_RESOURCES = PreparedInsert(resource_table, numbered="resource_id")
_ADD_ROWS = PreparedInsert(row_table)


def packed(about: Description) -> dict[str, Any]:
    """A description as JSON."""
    return {**columns_of(about), "closes_on": about.closes_on.isoformat() if about.closes_on else None}


def unpacked(values: Mapping[str, Any]) -> Description:
    """The description behind `packed`; other keys are passed over."""
    about = {field.name: values[field.name] for field in fields(Description)}
    about.update({name: tuple(value) for name, value in about.items() if isinstance(value, list)})
    closes_on = values["closes_on"]
    return Description(**{**about, "closes_on": date.fromisoformat(closes_on) if closes_on else None})


def kept(resource: Resource) -> dict[str, Any]:
    """What of a resource an undo brings back: its description, its review date, whether a person had touched it."""
    due = resource.review_due_on
    return packed(resource.about) | {
        "touched": resource.touched,
        "review_due_on": due.isoformat() if due else None,
    }


def brought_back(before: Mapping[str, Any]) -> tuple[Description, bool, date | None]:
    """The description, whether a person had touched it, and the review date that `kept` kept."""
    due = before["review_due_on"]
    return unpacked(before), bool(before["touched"]), date.fromisoformat(due) if due else None


async def begin_import(
    connection: AsyncConnection, guild_id: int, by: int, file_name: str, row_count: int, now: datetime
) -> int:
    """Note that a file of `row_count` rows is being imported; its number."""
    values = {"guild_id": guild_id, "by": by, "at": now, "file_name": file_name[:200], "row_count": row_count}
    result = await connection.execute(
        insert(import_table).values(**values, done_count=0).returning(import_table.c.import_id)
    )
    return int(result.scalar_one())


async def batch(connection: AsyncConnection, guild_id: int, import_id: int) -> Batch | None:
    """An import of this server, or None."""
    query = select(import_table).where(import_table.c.import_id == import_id, import_table.c.guild_id == guild_id)
    row = (await connection.execute(query)).first()
    return None if row is None else Batch(**row._asdict())


async def batches(connection: AsyncConnection, guild_id: int, limit: int) -> list[Batch]:
    """The last imports of a server, newest first."""
    query = select(import_table).where(import_table.c.guild_id == guild_id).order_by(import_table.c.import_id.desc())
    return [Batch(**row._asdict()) for row in await connection.execute(query.limit(limit))]


async def note_rows(connection: AsyncConnection, import_id: int, rows: Sequence[ImportedRow]) -> None:
    """Note what some rows did, and that they are done."""
    if rows:
        values: list[dict[str, Any]] = [
            {
                "import_id": import_id,
                "row_number": row.row_number,
                "outcome": row.outcome,
                "resource_id": row.resource_id,
                "before": row.before,
                "version_after": row.version_after,
                "reason": row.reason[:300],
            }
            for row in rows
        ]
        await _ADD_ROWS.run(connection, values)
    await _set(connection, import_id, done_count=import_table.c.done_count + len(rows))


async def note_finished(connection: AsyncConnection, import_id: int, now: datetime) -> None:
    """Note that all rows of an import are done."""
    await _set(connection, import_id, finished_at=now)


async def note_undone(connection: AsyncConnection, import_id: int, by: int, now: datetime) -> None:
    """Note who wants an import undone; its rows follow."""
    await _set(connection, import_id, undone_at=now, undone_by=by)


async def _set(connection: AsyncConnection, import_id: int, **values: Any) -> None:
    await connection.execute(update(import_table).where(import_table.c.import_id == import_id).values(**values))


async def outcomes(connection: AsyncConnection, import_id: int) -> dict[str, int]:
    """How many rows of an import did what."""
    query = select(row_table.c.outcome, func.count()).where(row_table.c.import_id == import_id)
    rows = (await connection.execute(query.group_by(row_table.c.outcome))).all()
    return {ADDED: 0, CHANGED: 0, SAME: 0, REFUSED: 0} | {outcome: int(number) for outcome, number in rows}


async def stayed(connection: AsyncConnection, import_id: int) -> list[tuple[int, str]]:
    """Row numbers and titles of what an undo left alone because someone has changed it since."""
    query = (
        select(row_table.c.row_number, resource_table.c.title)
        .join(resource_table, resource_table.c.resource_id == row_table.c.resource_id)
        .where(row_table.c.import_id == import_id, row_table.c.reason == STAYED)
        .order_by(row_table.c.row_number)
    )
    return [(int(number), title) for number, title in await connection.execute(query)]


async def with_links(connection: AsyncConnection, guild_id: int, keys: Collection[str]) -> dict[str, Resource]:
    """What is waiting or published under these link keys, by key; a few hundred keys at a time."""
    table = resource_table
    query = select(table).where(table.c.guild_id == guild_id, table.c.link_key.in_(list(keys)), LIVE)
    return {row.link_key: resource_of(row) for row in await connection.execute(query)}


async def taken_out(connection: AsyncConnection, guild_id: int, keys: Collection[str]) -> set[str]:
    """Which of these link keys a person has declined, or removed from the catalogue."""
    table = resource_table
    query = select(table.c.link_key).where(
        table.c.guild_id == guild_id,
        table.c.link_key.in_(list(keys)),
        or_(table.c.status == DECLINED, and_(table.c.status == REMOVED, table.c.touched)),
    )
    return set((await connection.execute(query)).scalars())


async def add_imported(
    connection: AsyncConnection,
    guild_id: int,
    abouts: Sequence[tuple[Description, date | None]],
    import_id: int,
    now: datetime,
) -> list[Resource]:
    """Add many published resources, each with its review date, in their order; their links must be new here."""
    if not abouts:
        return []
    table = resource_table
    same = {
        **fresh_columns(),
        "guild_id": guild_id,
        "status": PUBLISHED,
        "origin": IMPORT,
        "import_id": import_id,
        "suggested_at": now,
        "reviewed_at": now,
    }
    await _ADD_RESOURCES.run(
        connection, [{**same, **columns_of(about), "review_due_on": due_on} for about, due_on in abouts]
    )
    new = select(table.c.link_key, table.c.resource_id).where(table.c.import_id == import_id)
    newest = new.order_by(table.c.resource_id.desc()).limit(len(abouts))
    numbers = {row.link_key: row.resource_id for row in await connection.execute(newest)}
    return [
        Resource(
            resource_id=numbers[about.link_key],
            guild_id=guild_id,
            about=about,
            status=PUBLISHED,
            version=1,
            suggested_by=None,
            suggested_at=now,
            reviewed_by=None,
            reviewed_at=now,
            origin=IMPORT,
            import_id=import_id,
            review_due_on=due_on,
        )
        for about, due_on in abouts
    ]


async def to_undo(connection: AsyncConnection, import_id: int, limit: int) -> list[ImportedRow]:
    """Rows of an import that did something and are not undone yet, the last first."""
    query = select(row_table).where(row_table.c.import_id == import_id, row_table.c.version_after.is_not(None))
    rows = await connection.execute(query.order_by(row_table.c.row_number.desc()).limit(limit))
    columns = [field.name for field in fields(ImportedRow)]
    return [ImportedRow(**{name: getattr(row, name) for name in columns}) for row in rows]


async def mark_undone(connection: AsyncConnection, import_id: int, reasons: Mapping[int, str]) -> None:
    """Note of rows, by their numbers, that they were undone, or why not."""
    await connection.execute(
        update(row_table)
        .where(row_table.c.import_id == import_id, row_table.c.row_number == bindparam("number"))
        .values(version_after=None, reason=bindparam("why")),
        [{"number": number, "why": why} for number, why in reasons.items()],
    )


async def left_to_undo(connection: AsyncConnection, import_id: int) -> int:
    """How many rows of an import did something and are not undone yet."""
    query = select(func.count()).select_from(row_table).where(row_table.c.import_id == import_id)
    return int((await connection.execute(query.where(row_table.c.version_after.is_not(None)))).scalar_one())


async def all_published(connection: AsyncConnection, guild_id: int, after: int, limit: int) -> list[Resource]:
    """What is published, in the order in which it came, from behind the number `after` on."""
    table = resource_table
    where = (table.c.guild_id == guild_id, table.c.status == PUBLISHED, table.c.resource_id > after)
    query = select(table).where(*where).order_by(table.c.resource_id).limit(limit)
    return [resource_of(row) for row in await connection.execute(query)]
