from __future__ import annotations

import asyncio
import random
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from db import engine
from db.engine import Database, NestedWriteError
from db.faults import StorageFault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection

PATIENCE = 20  # seconds until a hang counts as one


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "counter.db"


@pytest.fixture
async def counter(file: Path) -> AsyncIterator[Database]:
    """A database with one number in it, and a table whose rows must come in pairs."""
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE counter (number INTEGER NOT NULL)"))
        await connection.execute(text("INSERT INTO counter VALUES (0)"))
        await connection.execute(text("CREATE TABLE half (pair INTEGER NOT NULL)"))
        await connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        await connection.execute(text("CREATE TABLE child (id INTEGER REFERENCES parent)"))
    yield database
    await database.close()


async def value(connection: AsyncConnection) -> int:
    return int((await connection.execute(text("SELECT number FROM counter"))).scalar_one())


async def stored(database: Database) -> int:
    async with database.read() as connection:
        return await value(connection)


async def add_one(database: Database) -> None:
    """Read, then write what was read plus one: without one writer at a time increments get lost."""
    async with database.write() as connection:
        before = await value(connection)
        await connection.execute(text("UPDATE counter SET number = :after"), {"after": before + 1})


async def set_to_seven_and_fail(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text("UPDATE counter SET number = 7"))
        await connection.execute(text("CREATE TABLE made_meanwhile (n INTEGER)"))
        _ = 1 // 0


async def test_four_hundred_increments_at_once_all_count(counter: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TURN_WAIT_S", 60.0)  # all of them stand in line at once; nobody is to be sent away
    await asyncio.gather(*(add_one(counter) for _ in range(400)))
    assert await stored(counter) == 400


async def test_increments_of_two_programs_on_one_file_all_count(counter: Database, file: Path) -> None:
    other = await Database.open(f"sqlite+aiosqlite:///{file}")
    try:
        await asyncio.gather(*(add_one(database) for _ in range(50) for database in (counter, other)))
    finally:
        await other.close()
    assert await stored(counter) == 100


async def test_a_write_inside_a_write_is_refused_at_once_and_nothing_hangs(counter: Database) -> None:
    async def nest() -> None:
        async with counter.write() as connection:
            await connection.execute(text("UPDATE counter SET number = 7"))
            await add_one(counter)

    async with asyncio.timeout(PATIENCE):
        with pytest.raises(NestedWriteError, match="inside another"):
            await nest()
        assert await stored(counter) == 0
        await add_one(counter)
    assert await stored(counter) == 1


async def test_a_write_after_a_write_and_a_read_inside_one_are_fine(counter: Database) -> None:
    async with counter.write() as connection:
        await connection.execute(text("UPDATE counter SET number = 7"))
        assert await stored(counter) == 0
        assert await value(connection) == 7
    await add_one(counter)
    assert await stored(counter) == 8


async def test_a_fault_in_the_middle_takes_everything_back(counter: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await set_to_seven_and_fail(counter)
    assert await stored(counter) == 0
    async with counter.read() as connection:
        names = (await connection.execute(text("SELECT name FROM sqlite_master"))).scalars().all()
    assert "made_meanwhile" not in names


async def test_a_fault_of_the_database_takes_everything_back(counter: Database) -> None:
    async def write() -> None:
        async with counter.write() as connection:
            await connection.execute(text("UPDATE counter SET number = 7"))
            await connection.execute(text("INSERT INTO counter VALUES (NULL)"))

    with pytest.raises(IntegrityError):
        await write()
    assert await stored(counter) == 0
    await add_one(counter)
    assert await stored(counter) == 1


async def test_a_reader_never_sees_what_is_not_committed(counter: Database) -> None:
    written, seen = asyncio.Event(), asyncio.Event()

    async def writer() -> None:
        async with counter.write() as connection:
            await connection.execute(text("UPDATE counter SET number = 7"))
            written.set()
            await seen.wait()

    async with asyncio.timeout(PATIENCE), counter.read() as connection:
        assert await value(connection) == 0
        task = asyncio.create_task(writer())
        await written.wait()
        assert await value(connection) == 0
        seen.set()
        await task
        assert await value(connection) == 7


async def test_readers_do_not_wait_for_the_writer_nor_for_each_other(counter: Database) -> None:
    async with asyncio.timeout(PATIENCE), counter.write() as connection:
        await connection.execute(text("UPDATE counter SET number = 7"))
        assert await asyncio.gather(*(stored(counter) for _ in range(40))) == [0] * 40


@pytest.mark.parametrize("statement", ["UPDATE counter SET number = 7", "DELETE FROM counter", "DROP TABLE counter"])
async def test_readers_cannot_write(counter: Database, statement: str) -> None:
    with pytest.raises(StorageFault, match="cannot be written"):
        async with counter.read() as connection:
            await connection.execute(text(statement))
    assert await stored(counter) == 0


async def test_a_reference_to_nothing_is_refused_and_a_referenced_row_stays(counter: Database) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        async with counter.write() as connection:
            await connection.execute(text("INSERT INTO child VALUES (1)"))
    async with counter.write() as connection:
        await connection.execute(text("INSERT INTO parent VALUES (1)"))
        await connection.execute(text("INSERT INTO child VALUES (1)"))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        async with counter.write() as connection:
            await connection.execute(text("DELETE FROM parent"))


async def test_what_is_committed_is_on_the_disk_for_any_other_program(counter: Database, file: Path) -> None:
    await add_one(counter)
    other = sqlite3.connect(file)
    try:
        assert other.execute("SELECT number FROM counter").fetchone() == (1,)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        other.close()
    async with counter.write() as connection:
        assert (await connection.execute(text("PRAGMA synchronous"))).scalar_one() == 2  # FULL


@pytest.mark.parametrize("seed", range(3))
async def test_cancelled_tasks_leave_no_half_transaction_and_no_lock(counter: Database, file: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - which tasks are cut off, and when

    async def write_a_pair(number: int) -> None:
        async with counter.write() as connection:
            await connection.execute(text("INSERT INTO half VALUES (:n)"), {"n": number})
            await asyncio.sleep(0)
            await connection.execute(text("INSERT INTO half VALUES (:n)"), {"n": number})

    tasks = [asyncio.create_task(write_a_pair(number)) for number in range(200)]
    async with asyncio.timeout(PATIENCE):
        for task in tasks:  # they get their turn in this order, so this one is at work now
            if chance.random() < 0.5:
                for _ in range(chance.randrange(300)):
                    await asyncio.sleep(0)
                task.cancel()
                chance.choice(tasks).cancel()  # and another that waits, or is done
            await asyncio.wait([task])
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        await add_one(counter)
    async with counter.read() as connection:
        pairs = (await connection.execute(text("SELECT count(*) FROM half GROUP BY pair"))).scalars().all()
    assert set(pairs) <= {2}
    finished = sum(not isinstance(end, asyncio.CancelledError) for end in ended)
    assert 0 < finished <= len(pairs) < 200  # one that was cut off during its commit may be there: it is whole
    other = sqlite3.connect(file, timeout=0)
    other.execute("BEGIN IMMEDIATE")  # nobody holds the lock
    other.close()


async def test_what_follows_a_commit_comes_after_it_and_not_after_a_rollback(counter: Database, file: Path) -> None:
    seen: list[int] = []

    def look() -> None:
        other = sqlite3.connect(file)
        seen.append(other.execute("SELECT number FROM counter").fetchone()[0])
        other.close()

    counter.after_commit(look)
    await add_one(counter)
    with pytest.raises(ZeroDivisionError):
        await set_to_seven_and_fail(counter)
    await stored(counter)
    await add_one(counter)
    assert seen == [1, 2]


async def test_what_follows_a_commit_may_write_itself(counter: Database) -> None:
    tasks: list[asyncio.Task[None]] = []

    def once() -> None:
        if not tasks:
            tasks.append(asyncio.create_task(add_one(counter)))

    counter.after_commit(once)
    await add_one(counter)
    async with asyncio.timeout(PATIENCE):
        await tasks[0]
    assert await stored(counter) == 2


async def test_what_fails_after_a_commit_is_logged_and_the_write_has_succeeded(
    counter: Database, caplog: pytest.LogCaptureFixture
) -> None:
    called: list[bool] = []

    def fail() -> None:
        raise RuntimeError("the hook fell off")

    counter.after_commit(fail)
    counter.after_commit(lambda: called.append(True))
    await add_one(counter)
    assert (await stored(counter), called) == (1, [True])
    assert "the hook fell off" in caplog.text


async def test_a_commit_is_followed_even_when_its_task_was_cut_off_meanwhile(counter: Database) -> None:
    followed: list[bool] = []
    counter.after_commit(lambda: followed.append(True))
    task = asyncio.create_task(add_one(counter))
    event.listen(counter._writer.sync_engine, "commit", lambda _connection: task.cancel(), once=True)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await stored(counter), followed) == (1, [True])


async def test_closing_leaves_no_thread_behind(file: Path) -> None:
    before = set(threading.enumerate())
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE counter (number INTEGER)"))

    async def look() -> None:
        async with database.read() as connection:
            await connection.execute(text("SELECT * FROM counter"))

    await asyncio.gather(*(look() for _ in range(20)))
    ours = set(threading.enumerate()) - before
    assert len(ours) >= 2
    await database.close()
    for thread in ours:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in ours)


@pytest.mark.parametrize("turns", range(0, 24, 3))
async def test_opening_that_is_cut_off_leaves_no_thread_behind(file: Path, turns: int) -> None:
    before = set(threading.enumerate())
    task = asyncio.create_task(Database.open(f"sqlite+aiosqlite:///{file}"))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    for opened in await asyncio.gather(task, return_exceptions=True):
        if isinstance(opened, Database):
            await opened.close()
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
        assert not thread.is_alive()


async def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/a/b/benchmate.db")
    await database.close()
    assert (tmp_path / "a" / "b" / "benchmate.db").exists()
