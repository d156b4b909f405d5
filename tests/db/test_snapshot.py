from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from db import guilds
from db.faults import StorageFault
from db.guilds import guild_table

if TYPE_CHECKING:
    from db.engine import Database

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


async def test_a_snapshot_shows_one_moment_while_others_write(database: Database) -> None:
    async with database.write() as connection:
        await guilds.note_name(connection, 1, "Before", NOW)
    async with database.snapshot() as snapshot:
        assert await guilds.names(snapshot) == {1: "Before"}
        async with database.write() as connection:
            await guilds.note_name(connection, 1, "After", NOW)
            await guilds.see(connection, 2, NOW)
        assert await guilds.names(snapshot) == {1: "Before"}
        async with database.read() as connection:
            assert await guilds.names(connection) == {1: "After", 2: ""}
    async with database.snapshot() as snapshot:
        assert await guilds.names(snapshot) == {1: "After", 2: ""}


async def test_nothing_can_be_written_through_a_snapshot(database: Database) -> None:
    with pytest.raises((StorageFault, OperationalError)):
        async with database.snapshot() as snapshot:
            await snapshot.execute(insert(guild_table).values(guild_id=1, first_seen_at=NOW))
    async with database.read() as connection:
        assert await guilds.names(connection) == {}


async def look_and_fail(database: Database) -> None:
    async with database.snapshot() as snapshot:
        await guilds.names(snapshot)
        raise RuntimeError("halfway")


async def test_a_snapshot_that_fails_leaves_no_transaction_open(database: Database) -> None:
    for _ in range(10):
        with pytest.raises(RuntimeError, match="halfway"):
            await look_and_fail(database)
    async with database.write() as connection:
        await guilds.see(connection, 1, NOW)
    async with database.snapshot() as snapshot:
        assert await guilds.names(snapshot) == {1: ""}
