"""What stands in the database's file, before and after a press, and the way back to before."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.world import World

Change = tuple[str, dict[str, Any]]
"""A table, and a row that came to it or went from it."""
BOOKKEEPING = frozenset({"organizer", "sqlite_sequence"})
"""Tables that any press may change: when an organizer was last met, and SQLite's own count of numbers given."""
IN_STEP = "panels-in-step"
"""The chore that draws panels anew once a setting changed; putting the file back is such a change."""


class Keeper:
    """Looks at every table there is, and puts the file back as it was."""

    def __init__(self, world: World, file: Path) -> None:
        self._world = world
        self._file = file
        self._kept = file.with_name("kept.db")
        with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(self._kept)) as kept:
            live.backup(kept)
        self._live = sqlite3.connect(file)
        self._version = self._marker()
        self._before = self._rows()

    def _marker(self) -> int:
        return int(self._live.execute("PRAGMA data_version").fetchone()[0])

    def _rows(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        tables = self._live.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        virtual = [name for name, sql in tables if sql and sql.startswith("CREATE VIRTUAL")]
        for name, _ in tables:
            if name in BOOKKEEPING or any(name.startswith(one) for one in virtual):
                continue
            cursor = self._live.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - the names are the file's own
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                found[name, json.dumps(dict(zip(columns, row, strict=True)), default=str)] += 1
        return found

    def changes(self) -> list[Change]:
        """The rows that came or went since the beginning."""
        marker = self._marker()
        if marker == self._version:
            return []
        now = self._rows()
        different = (now - self._before) + (self._before - now)
        changes = [(table, json.loads(row)) for table, row in different]
        return [(table, row) for table, row in changes if row.get("kind") != IN_STEP]

    async def restore(self) -> None:
        """Put the file back as it was, and what the bot holds of it."""
        if self._marker() != self._version:
            with closing(sqlite3.connect(self._kept)) as kept:
                kept.backup(self._live)
            self._version = self._marker()
        await self._world.bot.servers.load(self._world.database)

    def close(self) -> None:
        """Let go of the file."""
        self._live.close()
