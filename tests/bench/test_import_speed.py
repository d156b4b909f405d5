"""The import's benchmark measures what it says: the same rows on both sides, and searches in both turns."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bench import import_speed

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 600


def held(file: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as opened:
        return opened.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608


async def test_the_bare_side_writes_the_same_rows(tmp_path: Path) -> None:
    took = await import_speed.imported(tmp_path / "ours.db", ROWS)
    bare = await import_speed.written_bare(tmp_path, import_speed.TABLES)
    assert took.seconds > 0
    assert bare.worked > 0
    assert len(held(tmp_path / "ours.db", "resource")) == ROWS
    for table in import_speed.TABLES:
        assert held(tmp_path / "bare.db", table) == held(tmp_path / "ours.db", table)


async def test_searches_are_timed_with_and_without_an_import(tmp_path: Path) -> None:
    quiet, busy = await import_speed.searched(tmp_path / "ours.db", ROWS)
    assert quiet
    assert busy
    assert min(*quiet, *busy) > 0


async def test_there_is_a_line_for_each_figure() -> None:
    lines = await import_speed.measure((60, ROWS))
    assert [line.limit for line in lines] == [None, None, 5.0, None, None, 2.0]
    assert [line.size.number for line in lines if line.size] == [60, 60, ROWS, ROWS]
    assert all(line.measured > 0 for line in lines)


def test_the_table_is_one_that_an_organizer_might_send() -> None:
    table = import_speed.table_of(3, 1, "zines").decode("utf-8-sig").splitlines()
    assert table[0].startswith("title,link,description")
    assert len(table) == 4
