from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, LargeBinary, MetaData, Table, inspect, text
from sqlalchemy.exc import IntegrityError

import db
from db.engine import Database
from db.faults import StorageFault
from db.migrations import HEAD, _config, migrate, revision
from db.schema import metadata
from db.search import CREATE_INDEX
from tests.kit.world import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy import Column, Connection

SCRIPTS = ScriptDirectory.from_config(_config())
STEPS = sorted(script.revision for script in SCRIPTS.walk_revisions())
ROWS = 3
# What each value of a column must be one of; all other values are made from the column's type.
ALLOWED = {
    ("resource", "status"): "waiting",
    ("resource_flag", "reason"): "reported",
    ("import_row", "outcome"): "added",
    ("delivery", "state"): "waiting",
    ("delivery", "way"): "chore",
    ("profile", "shown_me"): "everyone",
    ("profile", "shown_library"): "everyone",
    ("profile", "shown_tools"): "everyone",
    ("profile_tool", "level"): "use",
    ("question", "state"): "open",
    ("question_mark", "deed"): "marked",
    ("question_helper", "way"): "note",
    ("question_asked", "outcome"): "asked",
    ("mentoring_member", "reach"): "dm",
    ("mentoring_member", "paused"): "",
    ("mentoring_topic", "side"): "teach",
    ("mentoring_round", "state"): "open",
    ("mentoring_draft_wish", "sort"): "lock",
    ("mentoring_proposal", "state"): "mentor",
    ("mentoring_question", "side"): "mentor",
    ("mentoring_pair", "state"): "active",
    ("mentoring_pair", "sort"): "pair",
    ("event", "state"): "planned",
    ("event", "where_kind"): "link",
    ("event_series", "where_kind"): "link",
    ("event_rsvp", "answer"): "going",
}

for _module in pkgutil.iter_modules(db.__path__):
    importlib.import_module(f"db.{_module.name}")  # each brings its tables into the metadata


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "benchmate.db"


@pytest.fixture
async def empty(file: Path) -> AsyncIterator[Database]:
    """A database before its first migration."""
    made = await Database.open(f"sqlite+aiosqlite:///{file}")
    yield made
    await made.close()


def dump(file: Path) -> list[str]:
    """All that is in the file: schema and rows, as statements."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def ours(name: str | None) -> bool:
    """Whether a table is declared by us, and not made by the full-text index or the migrations themselves."""
    return not (name or "").startswith(("search_text", "alembic_version", "sqlite_"))


def value_for(table: Table, column: Column[Any], number: int) -> Any:
    if (table.name, column.name) in ALLOWED:
        return ALLOWED[table.name, column.name]
    if column.nullable and number == 1:
        return None
    made = {
        JSON: {"n": [number, "🧵"]},
        DateTime: datetime(2026, 1, number, 12, 30, 15, 250_000),  # noqa: DTZ001 - as it is stored
        Date: date(2026, 1, number),
        Boolean: number > 1,
        Integer: number,
        LargeBinary: b"\x00 %d" % number,
    }
    return next((value for kind, value in made.items() if isinstance(column.type, kind)), f"{column.name} {number}")


def fill(connection: Connection) -> None:
    """Put rows into each empty table there is, those that others refer to first."""
    reflected = MetaData()
    reflected.reflect(connection, only=lambda name, _: ours(name))
    for table in reflected.sorted_tables:
        if connection.execute(table.select()).first() is None:
            rows = [{column.name: value_for(table, column, n) for column in table.columns} for n in range(1, ROWS + 1)]
            connection.execute(table.insert(), rows)


def rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables of ours, by table and in the order of their keys."""
    names = sorted(name for name in inspect(connection).get_table_names() if ours(name))
    return {
        name: [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2"))]  # noqa: S608
        for name in names
    }


async def read_rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    async with database.read() as connection:
        return await connection.run_sync(rows)


def kept(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> None:
    """Assert that what was there before is there after, as far as its table and its column are."""
    for table in before.keys() & after.keys():
        columns = before[table][0].keys() & after[table][0].keys()
        assert columns
        old, new = ([{name: row[name] for name in columns} for row in side[table]] for side in (before, after))
        assert new == old, table


async def test_the_head_that_the_start_knows_is_the_newest_file() -> None:
    assert SCRIPTS.get_heads() == [HEAD]
    assert STEPS[-1] == HEAD


async def test_a_new_file_comes_to_the_newest_revision_once(empty: Database) -> None:
    assert await revision(empty) is None
    assert await migrate(empty) is True
    assert await revision(empty) == HEAD
    assert await migrate(empty) is False


async def test_all_the_way_down_nothing_of_ours_is_left_and_up_again_all_is_as_before(
    empty: Database, file: Path
) -> None:
    await migrate(empty)
    made = dump(file)
    await migrate(empty, "base")
    async with empty.read() as connection:
        left = (await connection.execute(text("SELECT name FROM sqlite_master"))).scalars().all()
    assert {name for name in left if not name.startswith("sqlite_")} == {"alembic_version"}
    assert await revision(empty) is None
    await migrate(empty)
    assert dump(file) == made


@pytest.mark.parametrize(("before", "after"), [*itertools.pairwise(STEPS)])
async def test_a_step_up_and_its_step_down_keep_every_row_of_filled_tables(
    empty: Database, before: str, after: str
) -> None:
    await migrate(empty, before)
    async with empty.write() as connection:
        await connection.run_sync(fill)
    there = await read_rows(empty)
    assert all(len(found) == ROWS for found in there.values())

    await migrate(empty, after)
    kept(there, await read_rows(empty))
    async with empty.write() as connection:
        await connection.run_sync(fill)
    there = await read_rows(empty)

    await migrate(empty, before)
    assert await revision(empty) == before
    kept(there, await read_rows(empty))


async def test_a_filled_database_goes_to_the_bottom_and_back(empty: Database) -> None:
    for step in STEPS:
        await migrate(empty, step)
        async with empty.write() as connection:
            await connection.run_sync(fill)
    filled = await read_rows(empty)
    assert set(filled) == {name for name in metadata.tables if ours(name)}
    for step in reversed(STEPS[:-1]):
        await migrate(empty, step)
        kept(filled, await read_rows(empty))


async def test_the_files_and_the_tables_in_the_code_do_not_drift_apart(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        options = {
            "include_name": lambda name, kind, _: kind != "table" or ours(name),
            "compare_type": True,
            "compare_server_default": True,
        }
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_what_alembic_does_not_compare_does_not_drift_either(database: Database, tmp_path: Path) -> None:
    """Checks, AUTOINCREMENT and WITHOUT ROWID: against a database made from the metadata itself."""

    def shape(connection: Connection) -> dict[str, Any]:
        inspector = inspect(connection)
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        return {
            name: (
                sorted((check["name"], check["sqltext"]) for check in inspector.get_check_constraints(name)),
                re.findall(r"AUTOINCREMENT|WITHOUT ROWID|STRICT", made),
                inspector.get_pk_constraint(name),
            )
            for name, made in connection.execute(text(sql))
            if ours(name)
        }

    async with database.read() as connection:
        migrated = await connection.run_sync(shape)
    plain = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'declared.db'}")
    try:
        async with plain.write() as connection:
            await connection.run_sync(metadata.create_all)
            declared = await connection.run_sync(shape)
    finally:
        await plain.close()
    assert migrated == declared
    assert "AUTOINCREMENT" in migrated["draft"][1]


async def test_the_search_index_is_the_one_that_the_code_declares(database: Database) -> None:
    def plain(statement: str) -> str:
        return " ".join(statement.split())

    query = "SELECT sql FROM sqlite_master WHERE name = 'search_text' OR type = 'trigger'"
    async with database.read() as connection:
        there = (await connection.execute(text(query))).scalars().all()
    assert sorted(plain(statement) for statement in there) == sorted(plain(statement) for statement in CREATE_INDEX)


async def test_a_database_of_a_newer_version_is_refused_in_words_and_left_alone(empty: Database, file: Path) -> None:
    await migrate(empty)
    async with empty.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9876'"))
    before = dump(file)
    with pytest.raises(StorageFault) as refused:
        await migrate(empty)
    assert f"newer Benchmate (revision 9876; this one knows up to {HEAD})" in refused.value.words
    assert "put back a copy" in refused.value.words
    assert dump(file) == before


def _lose_the_servers(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE half_done (n INTEGER)"))
    connection.execute(text("DELETE FROM guild"))


def _fail_halfway(connection: Connection) -> None:
    _lose_the_servers(connection)
    raise RuntimeError("the migration fell over")


@pytest.mark.parametrize(
    ("work", "fault", "words"),
    [(_lose_the_servers, StorageFault, r"\d+ broken references"), (_fail_halfway, RuntimeError, "fell over")],
)
async def test_a_migration_that_breaks_a_reference_or_fails_leaves_the_database_as_it_was(
    database: Database, file: Path, work: Any, fault: type[Exception], words: str
) -> None:
    async with database.write() as connection:
        await connection.run_sync(fill)
    before = dump(file)
    with pytest.raises(fault, match=words):
        await database.outside_keys(work)
    assert dump(file) == before
    await _refers_to_nothing(database)


async def _refers_to_nothing(database: Database) -> None:
    """Assert that references are watched again."""
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        async with database.write() as connection:
            await connection.execute(text("UPDATE resource SET guild_id = 77 WHERE resource_id = 1"))


async def test_a_table_may_be_made_anew_without_losing_the_rows_that_point_at_it(database: Database) -> None:
    async with database.write() as connection:
        await connection.run_sync(fill)

    def copy_drop_rename(connection: Connection) -> None:
        (sql,) = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'guild'")).one()
        connection.execute(text(sql.replace("guild", "other", 1)))
        connection.execute(text("INSERT INTO other SELECT * FROM guild"))
        connection.execute(text("DROP TABLE guild"))
        connection.execute(text("ALTER TABLE other RENAME TO guild"))

    before = await read_rows(database)
    await database.outside_keys(copy_drop_rename)
    assert await read_rows(database) == before
    assert len(before["resource"]) == ROWS
    await _refers_to_nothing(database)


async def test_a_database_that_is_half_way_is_brought_to_the_newest(file: Path) -> None:
    first = await Database.open(f"sqlite+aiosqlite:///{file}")
    await migrate(first, STEPS[0])
    await first.close()
    second = await open_database(file)
    assert await revision(second) == HEAD
    await second.close()


def test_a_start_on_an_up_to_date_database_does_not_load_alembic(file: Path) -> None:
    code = """
import asyncio, sys
from db.engine import Database
from db.migrations import migrate
async def start():
    database = await Database.open(sys.argv[1])
    print(await migrate(database), "alembic" in sys.modules)
    await database.close()
asyncio.run(start())
"""
    run = [sys.executable, "-c", code, f"sqlite+aiosqlite:///{file}"]
    said = [subprocess.run(run, capture_output=True, text=True, check=True).stdout.split() for _ in range(2)]
    assert said == [["True", "True"], ["False", "False"]]


def test_every_revision_says_what_it_is() -> None:
    for script in SCRIPTS.walk_revisions():
        assert script.doc.startswith(f"Revision {script.revision}: ")
