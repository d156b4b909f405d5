from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.condition import examine
from db.migrations import HEAD
from tests.kit.world import open_database

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A database of this version, at rest."""
    database = await open_database(tmp_path / "benchmate.db")
    await database.close()
    return tmp_path / "benchmate.db"


def problems(file: Path) -> list[str]:
    return examine(f"sqlite+aiosqlite:///{file}")[0]


def test_a_sound_database_has_no_problem_and_its_size_is_told(file: Path) -> None:
    found, notes = examine(f"sqlite+aiosqlite:///{file}")
    assert found == []
    (note,) = notes
    assert f"{file} ({file.stat().st_size / 1e6:.1f} MB)" in note


def test_looking_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    assert problems(file) == problems(file) == []
    assert file.read_bytes() == before


def test_an_empty_file_and_one_that_is_not_there_yet_are_fine(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert problems(tmp_path / "empty.db") == []
    found, notes = examine(f"sqlite+aiosqlite:///{tmp_path}/new/folder/benchmate.db")
    assert found == []
    assert "made at the first start" in notes[0]
    assert not (tmp_path / "new").exists()


def _lock(_file: Path) -> None:
    """The lock is held by the test itself."""


def _write_a_letter(file: Path) -> None:
    file.write_text("Dear librarian, " * 500, encoding="utf-8")


def _write_a_newer_revision(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9876'")


def _damage_one_page(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'draft'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as damaged:
        damaged.seek((page - 1) * size)
        damaged.write(b"\xa5" * size)


def _take_benchmates_name_away(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE alembic_version")


def _put_a_folder_there(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_write_a_letter, "is not a Benchmate database"),
        (_write_a_newer_revision, f"written by a newer Benchmate (revision 9876; this one knows up to {HEAD})"),
        (_damage_one_page, "The database file is damaged"),
        (_take_benchmates_name_away, "a database of another program"),
        (_put_a_folder_there, "cannot be opened"),
    ],
)
def test_what_is_wrong_with_the_file_is_told_in_one_sentence(
    file: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    spoil(file)
    (problem,) = problems(file)
    assert sentence in problem
    assert problem.endswith(".")


def test_a_locked_file_is_told(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (problem,) = problems(file)
    assert "locked by another program" in problem
    assert problems(file) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has /proc, a folder without any room in it")
def test_a_disk_without_room_is_told() -> None:
    assert problems(Path("/proc/benchmate.db"))[0].startswith("Only 0 MB are free where the database lies")


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (problem,) = problems(tmp_path / "file" / "benchmate.db")
    assert "cannot be" in problem
    assert str(tmp_path / "file") in problem


def test_a_postgres_is_told_that_it_is_too_early() -> None:
    (problem,), notes = examine("postgresql+asyncpg://benchmate:tr0ub4dor@db.example/benchmate")
    assert "still needs SQLite" in problem
    assert notes == []
    assert "tr0ub4dor" not in problem
