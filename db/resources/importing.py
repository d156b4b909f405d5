"""Imports: each file that was read in, and what it did row by row, so that it can be undone as a whole."""

from __future__ import annotations

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
)

from db.schema import metadata
from db.types import UtcDateTime

import_table = Table(
    "import_batch",
    metadata,
    Column("import_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, ForeignKey("guild.guild_id", ondelete="CASCADE"), nullable=False),
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
    Column("before", JSON, nullable=True),
    Column("version_after", Integer, nullable=True),
    Column("reason", String(300), nullable=False),
    CheckConstraint("outcome IN ('added', 'changed', 'same', 'refused')", name="outcome"),
    Index(None, "resource_id"),
)
"""A row of it: what it did, to which resource, how that was before (the columns as JSON; null where it was new), and
its version after, by which an undo sees whether a person has changed it since."""
