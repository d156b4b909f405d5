from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.client import backing_up
from db import backup
from db.engine import Database
from db.faults import StorageFault
from tests.bot.delivery.steps import promise, said, teach, tick
from tests.cogs.resources.steps import publish
from tests.kit.cli import Said, ended, environment, start
from tests.kit.world import open_database

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.world import World

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def everything(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Each table with its rows."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


def files(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


async def benchmate(folder: Path, *arguments: str) -> Said:
    """The command line in a process of its own."""
    settings = environment(DATABASE_URL="sqlite+aiosqlite:///benchmate.db")
    return await ended(await start(*arguments, cwd=folder, env=settings))


async def test_a_lost_database_comes_back_from_its_copy_and_goes_on_delivering(world: World, tmp_path: Path) -> None:
    """The drill: fill, copy while it runs, lose the file, restore, compare, go on."""
    teach(world)
    await publish(world, title="Laser badge checklist")
    await promise(world, after=HOUR)
    copied = await benchmate(tmp_path, "backup", "copy.db")
    assert "it is whole" in copied.out, copied.err
    before = everything(tmp_path / "benchmate.db")
    await world.database.close()
    for part in files(tmp_path, "benchmate.db*"):
        part.unlink()

    restored = await benchmate(tmp_path, "restore", "copy.db")
    assert "Start Benchmate" in restored.out, restored.err
    assert everything(tmp_path / "benchmate.db") == before
    world.database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'benchmate.db'}")
    try:
        await world.restart()
        teach(world)
        await tick(world, HOUR.total_seconds())
        await tick(world, HOUR.total_seconds())
        assert len(said(world)) == 1
        await world.bot.delivery.stop()
    finally:
        await world.database.close()


async def test_a_copy_shows_one_moment_while_others_write(tmp_path: Path) -> None:
    database = await open_database(tmp_path / "busy.db")
    with closing(sqlite3.connect(tmp_path / "busy.db")) as connection:
        connection.execute("CREATE TABLE pair (one INTEGER, two INTEGER)")
        connection.commit()
    go_on, begun = threading.Event(), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(tmp_path / "busy.db", timeout=30)) as connection:
            while not go_on.is_set():
                with connection:  # both, or none
                    connection.execute("INSERT INTO pair VALUES (1, 0)")
                    connection.execute("UPDATE pair SET two = 1 WHERE two = 0")
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        begun.wait()
        for number in range(5):
            backup.copy(tmp_path / "busy.db", tmp_path / f"copy-{number}.db")
    finally:
        go_on.set()
        writer.join()
        await database.close()
    counts = []
    for number in range(5):
        rows = everything(tmp_path / f"copy-{number}.db")["pair"]
        assert set(rows) == {(1, 1)}
        counts.append(len(rows))
    assert counts == sorted(counts)


def test_only_its_owner_reads_a_copy_and_nothing_lies_beside_it(tmp_path: Path, database: Database) -> None:
    backup.copy(tmp_path / "benchmate.db", tmp_path / "away" / "copy.db")
    assert [path.name for path in (tmp_path / "away").iterdir()] == ["copy.db"]
    assert stat.S_IMODE((tmp_path / "away" / "copy.db").stat().st_mode) == 0o600


async def test_a_copy_never_takes_the_place_of_another_file(database: Database, tmp_path: Path) -> None:
    (tmp_path / "thesis.db").write_text("years of work")
    refused = await benchmate(tmp_path, "backup", "thesis.db")
    refused.expect_refusal("Choose a new name")
    assert (tmp_path / "thesis.db").read_text() == "years of work"


async def test_restoring_replaces_only_where_it_is_said_and_puts_the_old_aside(tmp_path: Path) -> None:
    file, copy = tmp_path / "benchmate.db", tmp_path / "copy.db"
    await (await open_database(file)).close()
    backup.copy(file, copy)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE later (word TEXT)")
    with pytest.raises(StorageFault, match="add --over"):
        backup.restore(copy, file, NOW, over=False)
    assert "later" in everything(file)
    aside = backup.restore(copy, file, NOW, over=True)
    assert "later" not in everything(file)
    assert aside == tmp_path / "benchmate.before-20261123-120000.db"
    assert "later" in everything(aside)


async def test_nothing_is_restored_under_a_bot_that_runs(world: World, tmp_path: Path) -> None:
    file, copy = tmp_path / "benchmate.db", tmp_path / "copy.db"
    backup.copy(file, copy)
    with pytest.raises(StorageFault, match="Stop it first"):
        backup.restore(copy, file, NOW, over=True)
    await publish(world, title="Still written")
    assert any("Still written" in row for row in everything(file)["resource"])
    assert files(tmp_path, "*.restored") == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: file.write_bytes(b"no database" * 1000), "not a Benchmate database"),
        (lambda file: file.write_bytes(file.read_bytes()[:40_000]), "damaged"),
        (lambda file: file.unlink(), "There is no file"),
    ],
    ids=["something else", "cut off", "not there"],
)
async def test_a_copy_that_is_not_whole_is_not_restored(
    database: Database, tmp_path: Path, spoil: object, words: str
) -> None:
    assert callable(spoil)
    backup.copy(tmp_path / "benchmate.db", tmp_path / "copy.db")
    spoil(tmp_path / "copy.db")
    with pytest.raises(StorageFault, match=words):
        backup.restore(tmp_path / "copy.db", tmp_path / "new.db", NOW, over=False)
    assert not (tmp_path / "new.db").exists()


async def test_another_programs_database_is_not_taken_for_a_copy(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "photos.db")) as connection:
        connection.execute("CREATE TABLE photo (name TEXT)")
    with pytest.raises(StorageFault, match="another program"):
        backup.restore(tmp_path / "photos.db", tmp_path / "new.db", NOW, over=False)


async def test_a_copy_is_made_every_day_by_itself(world: World, tmp_path: Path) -> None:
    await backing_up.begin(world.bot)
    await backing_up.begin(world.bot)
    days = []
    for _ in range(3):
        await tick(world, 86_400)
        days.append(f"benchmate-{world.bot.clock():%Y-%m-%d}.db")
    assert sorted(path.name for path in (tmp_path / "backups").iterdir()) == days


def test_two_weeks_of_copies_are_kept_and_a_persons_own_stays(tmp_path: Path, database: Database) -> None:
    own = tmp_path / "backups" / "before-the-move.db"
    own.parent.mkdir()
    own.write_text("mine")
    for day in range(20):
        backing_up.daily(tmp_path / "benchmate.db", NOW + timedelta(days=day))
    kept = [path.name for path in backup.in_folder(own.parent)]
    assert len(kept) == backing_up.KEPT == 14
    assert kept[0] == "benchmate-2026-12-12.db"
    assert own.read_text() == "mine"
