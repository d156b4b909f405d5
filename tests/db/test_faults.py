from __future__ import annotations

import re
import resource
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from db.engine import Database
from db.faults import StorageFault, storage_fault
from db.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = 4096  # bytes, SQLite's default
LARGE = "x" * 200_000
FILL = text("INSERT INTO guild (guild_id, first_seen_at) VALUES (:id, '2026-01-01 00:00:00')")
DRAFT = text(
    "INSERT INTO draft (guild_id, user_id, form, argument, answers, updated_at)"
    " VALUES (1, 1, 'suggest', '', :answers, '2026-01-01 00:00:00')"
)
NOT_FOR_PEOPLE = re.compile(r"\berrors?\b|\binvalid\b|\bID\b|SQL|Exception", re.IGNORECASE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "benchmate.db"  # where the database fixture lies


def check_words(fault: StorageFault, caretaker: str) -> None:
    """The fault speaks to the caretaker and to the member, each in words they can use."""
    assert caretaker in str(fault) == fault.words
    assert not NOT_FOR_PEOPLE.search(fault.words + fault.for_members)
    assert "Nothing you typed is lost" in fault.for_members
    assert fault.words.rstrip().endswith(".")


async def write_two(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(FILL, {"id": 1})
        await connection.execute(DRAFT, {"answers": LARGE})


async def written(database: Database) -> list[int]:
    """How many rows are in the two tables that `write_two` fills."""
    async with database.read() as connection:
        return [
            (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()  # noqa: S608
            for table in ("guild", "draft")
        ]


async def pragma(database: Database, setting: str) -> None:
    """Set up the one connection that writes."""
    async with database._writer.connect() as connection:
        await connection.execute(text("SELECT 1"))
        driver = await connection.get_raw_connection()
        await driver.driver_connection.execute(f"PRAGMA {setting}")  # type: ignore[union-attr]


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The system refuses to let any file of this process grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_is_told_and_takes_the_whole_transaction_back(database: Database) -> None:
    await pragma(database, "max_page_count=1")  # SQLite takes the present size: not one page more
    with pytest.raises(StorageFault) as told:
        await write_two(database)
    check_words(told.value, "The disk is full. Free some space")
    assert await written(database) == [0, 0]
    await pragma(database, "max_page_count=1073741823")
    await write_two(database)
    assert await written(database) == [1, 1]


async def test_a_disk_that_fails_while_writing_is_told_and_nothing_is_half_written(
    database: Database,
) -> None:
    with no_file_larger_than(PAGE), pytest.raises(StorageFault) as told:
        await write_two(database)
    check_words(told.value, "The disk answers with a fault")
    assert await written(database) == [0, 0]
    await write_two(database)
    assert await written(database) == [1, 1]


async def test_a_file_locked_by_another_program_is_told_and_taken_when_it_is_free(
    database: Database, file: Path
) -> None:
    await pragma(database, "busy_timeout=50")  # the usual patience is 3 s
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFault) as told:
            await write_two(database)
        assert await written(database) == [0, 0]
    check_words(told.value, "locked by another program")
    await write_two(database)
    assert await written(database) == [1, 1]


async def test_a_file_that_cannot_be_written_is_told_and_can_still_be_read(database: Database) -> None:
    await write_two(database)
    await pragma(database, "query_only=ON")
    with pytest.raises(StorageFault) as told:
        await write_two(database)
    check_words(told.value, "cannot be written")
    assert await written(database) == [1, 1]


async def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear librarian, " * 500, encoding="utf-8")
    with pytest.raises(StorageFault) as told:
        await Database.open(f"sqlite+aiosqlite:///{file}")
    check_words(told.value, "is not a Benchmate database")
    assert file.read_text(encoding="utf-8") == "Dear librarian, " * 500


async def test_a_damaged_file_is_told_while_it_is_read(database: Database, file: Path) -> None:
    await write_two(database)
    async with database.read() as connection:
        page = text("SELECT rootpage FROM sqlite_master WHERE name = 'draft'")
        begin = ((await connection.execute(page)).scalar_one() - 1) * PAGE
    await database.close()
    with file.open("r+b") as damaged:
        damaged.seek(begin)
        damaged.write(b"\xa5" * PAGE)
    again = await Database.open(f"sqlite+aiosqlite:///{file}")

    async def read() -> None:
        async with again.read() as connection:
            await connection.execute(text("SELECT answers FROM draft"))

    try:
        with pytest.raises(StorageFault) as told:
            await read()
    finally:
        await again.close()
    check_words(told.value, "The database file is damaged")


@pytest.mark.parametrize("place", [".", "is/a/file/benchmate.db"])
async def test_a_place_where_no_file_can_be_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "is").mkdir()
    (tmp_path / "is" / "a").touch()
    with pytest.raises(StorageFault, match="cannot be opened"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/{place}")


async def test_a_postgres_that_does_not_answer_or_is_not_installed_is_told_without_the_password() -> None:
    with pytest.raises(StorageFault, match="cannot be opened") as told:
        await Database.open("postgresql+asyncpg://benchmate:tr0ub4dor@127.0.0.1:1/benchmate")
    assert "tr0ub4dor" not in told.value.words + told.value.for_members


async def test_a_fault_of_our_own_is_no_fault_of_the_storage(database: Database) -> None:
    await write_two(database)
    with pytest.raises(IntegrityError) as doubled:
        await write_two(database)
    with pytest.raises(OperationalError) as misspelled:
        async with database.read() as connection:
            await connection.execute(text("SELEKT 1"))
    assert storage_fault(doubled.value) is None
    assert storage_fault(misspelled.value) is None
    assert storage_fault(ValueError("x")) is None


async def test_what_a_statement_was_given_is_not_in_the_words_of_its_fault(database: Database) -> None:
    secret = "a member's own words"
    for use in (database.read, database.write):
        with pytest.raises(OperationalError, match="nowhere") as misspelled:
            async with use() as connection:
                await connection.execute(text("SELECT :words FROM nowhere"), {"words": secret})
        assert secret not in str(misspelled.value)


def test_each_fault_is_a_new_one_so_that_tracebacks_do_not_pile_up() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA query_only=ON")
        with pytest.raises(sqlite3.OperationalError) as refused:
            connection.execute("CREATE TABLE a (b)")
    first, second = storage_fault(refused.value), storage_fault(refused.value)
    assert first is not None
    assert second is not None
    assert first is not second
    assert first.words == second.words


async def test_a_database_of_another_program_is_not_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "photos.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE photo (name TEXT)")
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    try:
        with pytest.raises(StorageFault, match="a database of another program"):
            await migrate(database)
    finally:
        await database.close()
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photo",)]
