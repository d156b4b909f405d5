from __future__ import annotations

import asyncio
import gc
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db.engine import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Without the garbage collector nothing tidies up by chance."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
async def pairs(tmp_path: Path) -> AsyncIterator[Database]:
    """A database whose rows come in pairs."""
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'pairs.db'}")
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE half (pair INTEGER NOT NULL)"))
    yield database
    await database.close()


async def write_pair(database: Database, number: int, drivers: set[int]) -> None:
    async with database.write() as connection:
        drivers.add(id((await connection.get_raw_connection()).driver_connection))
        for _ in range(2):
            (await connection.execute(text("INSERT INTO half VALUES (:n) RETURNING pair"), {"n": number})).all()
        (await connection.execute(text("SELECT pair FROM half"))).all()


@pytest.mark.usefixtures("no_collector")
async def test_after_a_write_was_cancelled_anywhere_the_next_one_goes_through_at_once(pairs: Database) -> None:
    drivers: set[int] = set()
    for turns in range(120):
        task = asyncio.create_task(write_pair(pairs, turns, drivers))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await write_pair(pairs, -1, drivers)
    async with pairs.read() as connection:
        counts = (await connection.execute(text("SELECT count(*) FROM half GROUP BY pair"))).scalars().all()
    assert all(count % 2 == 0 for count in counts)
    assert len(drivers) == 1, "a cancelled task made SQLAlchemy throw the one writing connection away"


@pytest.mark.usefixtures("no_collector")
async def test_a_read_that_was_cancelled_leaves_no_connection_behind_that_holds_the_log(
    pairs: Database, tmp_path: Path
) -> None:
    async def read_all() -> None:
        async with pairs.read() as connection:
            (await connection.execute(text("SELECT pair FROM half"))).all()

    for turns in range(60):
        task = asyncio.create_task(read_all())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await write_pair(pairs, 1, set())
    with closing(sqlite3.connect(tmp_path / "pairs.db")) as other:
        (busy, _, _) = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0


async def test_a_closed_database_says_so(pairs: Database) -> None:
    await pairs.close()
    with pytest.raises(RuntimeError, match="closed"):
        async with pairs.read():
            pass
