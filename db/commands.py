"""The command tree as Discord last took it: its hash, and the numbers Discord gave the commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import JSON, BigInteger, Column, String, Table, delete, insert, select

from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

command_tree_table = Table(
    "command_tree",
    metadata,
    Column("application_id", BigInteger, primary_key=True, autoincrement=False),
    Column("tree_hash", String(64), nullable=False),
    Column("command_ids", JSON, nullable=False),
    Column("synced_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class CommandTree:
    """What Discord knows: the tree's SHA-256 in hex, and each top-level command's number by name."""

    tree_hash: str
    command_ids: dict[str, int]


async def last_synced(connection: AsyncConnection, application_id: int) -> CommandTree | None:
    """What this application last sent, or None."""
    columns = command_tree_table.c
    row = (
        await connection.execute(
            select(columns.tree_hash, columns.command_ids).where(columns.application_id == application_id)
        )
    ).first()
    return None if row is None else CommandTree(row.tree_hash, dict(row.command_ids))


async def note_synced(connection: AsyncConnection, application_id: int, tree: CommandTree, now: datetime) -> None:
    """Remember what was sent, in place of what was sent before."""
    await connection.execute(delete(command_tree_table).where(command_tree_table.c.application_id == application_id))
    await connection.execute(
        insert(command_tree_table).values(
            application_id=application_id, tree_hash=tree.tree_hash, command_ids=tree.command_ids, synced_at=now
        )
    )
