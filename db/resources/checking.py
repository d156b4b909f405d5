"""The health of links: when each was last opened, how often it failed, where it leads now, and an archived copy."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table

from db.schema import metadata
from db.types import UtcDateTime

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
    Column("checked_at", UtcDateTime, nullable=True),
    Column("outcome", String(32), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("first_failed_on", Date, nullable=True),
    Column("last_failed_on", Date, nullable=True),
    Column("moved_to", String(512), nullable=False),
    Column("archived_link", String(512), nullable=False),
    Index(None, "guild_id", "checked_at"),
)
"""`link` is the one that was opened: where the resource has another one by now, all else is of no account.
`failures` counts days in a row on which it failed."""
