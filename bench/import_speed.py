"""What an import costs: beside a bare executemany of the same rows, and for who searches meanwhile.

The product imports files of up to 5,000 rows as it does after **Import** was pressed: in slices, each row compared
with what is there, written with its search record and its words, and noted so that it can be undone. The bare side
takes the rows that this left in those tables and writes them into an equal, empty database with one executemany for
each table, in one transaction, with raw sqlite3. Beside it stands what the resources' rows alone take.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from bench.report import Line, Pair, Size, compared
from bench.search_speed import Speech
from bot.kit import vocabulary
from cogs.resources.formats import MAX_ROWS, Entry, to_csv
from cogs.resources.service import Finding, Importing, Planning
from db import migrations
from db.engine import Database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.report import Options

NAME = "Import"

GUILD, ORGANIZER = 1, 2
SEED = 20_240_502
SIZES, QUICK = (500, 1_500, MAX_ROWS), (60, 120, 600)
MOST_TIMES = 5.0
MOST_SLOWER = 2.0
QUESTIONS = 40
ASKED_EVERY_S = 0.02
SLICES_A_TURN = 2
TABLES = ("resource", "search_record", "search_word", "import_row")
TOOLS = vocabulary.load()


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of the processor in all threads: the latter stay the same on a busy machine."""

    seconds: float
    worked: float


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def run(options: Options) -> list[Line]:
    """Import a file of each size once, each into a database of its own."""
    return asyncio.run(measure(options.of(SIZES, QUICK)))


async def measure(sizes: Sequence[int]) -> list[Line]:
    """The figures of files of so many rows, smallest first; searches meanwhile with the largest."""
    lines = []
    for rows in sizes:
        with TemporaryDirectory(prefix="bench-") as folder:
            ours = await imported(Path(folder) / "ours.db", rows)
            bare = await written_bare(Path(folder), TABLES)
            alone = await written_bare(Path(folder), TABLES[:1])
        lines += _lines(Size(rows, "rows"), ours, bare, alone, largest=rows == sizes[-1])
    with TemporaryDirectory(prefix="bench-") as folder:
        quiet, busy = await searched(Path(folder) / "ours.db", sizes[-1])
    pair = Pair(quantiles(busy, n=20)[-1], quantiles(quiet, n=20)[-1], "ms", "the same searches without an import")
    return [*lines, compared("Search while an import runs, p95", pair, MOST_SLOWER)]


def table_of(count: int, seed: int, site: str) -> bytes:
    """A table of `count` resources as an organizer might send it: title, two sentences, and most fields filled."""
    source = random.Random(seed)
    speech = Speech(source)
    return to_csv(
        Entry(
            title=speech.words(4, 12)[:150],
            link=f"https://{site}{number % 400}.org/{number}",
            description=speech.words(20, 50)[:600],
            kind=source.choice(("guide", "policy", "lesson-plan", "research")),
            tools=(source.choice(TOOLS.tools).slug,),
            topics=(speech.words(1, 2)[:40], speech.words(1, 2)[:40]),
            creator=speech.words(2, 2),
            publisher=speech.words(2, 3),
            year=source.randint(1990, 2026),
            license="CC BY 4.0",
        )
        for number in range(count)
    )


async def imported(file: Path, rows: int) -> Took:
    """What it took from the press of **Import** to the last row."""
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    try:
        await migrations.migrate(database)
        importing, number = await _planned(database, table_of(rows, SEED, "zines"))
        begun, worked = perf_counter(), process_time()
        batch = await importing.go_on(GUILD, number)
        took = Took(perf_counter() - begun, process_time() - worked)
        assert batch.done_count == rows
        return took
    finally:
        await database.close()


async def _planned(database: Database, data: bytes) -> tuple[Importing, int]:
    importing = Importing(database, now, TOOLS)
    plan, _ = await Planning(database, now, TOOLS).dry_run(GUILD, ORGANIZER, data, "catalogue.csv")
    assert plan.counts["refused"] == 0
    return importing, await importing.begin(GUILD, ORGANIZER, plan.number)


async def written_bare(folder: Path, tables: Sequence[str]) -> Took:
    """What it takes raw sqlite3 to write the rows that the import left, into an equal, empty database."""
    file = folder / "bare.db"
    file.unlink(missing_ok=True)
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    await migrations.migrate(database)
    await database.close()
    with closing(sqlite3.connect(folder / "ours.db")) as source, closing(sqlite3.connect(file)) as raw:
        rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        raw.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            raw.execute(f"PRAGMA {pragma}")
        begun, worked = perf_counter(), process_time()
        raw.execute("BEGIN IMMEDIATE")
        for name, values in rows.items():
            raw.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values[0]))})", values)
        raw.execute("COMMIT")
        return Took(perf_counter() - begun, process_time() - worked)


async def searched(file: Path, rows: int) -> tuple[list[float], list[float]]:
    """Milliseconds of searches in a catalogue of `rows`, without an import and while as many more are imported.

    Questions come at a steady pace, as from members who do not wait for each other. The import is held back after each
    few slices for as long as they took, so that both kinds of questions meet the same machine and the same catalogue.
    """
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    try:
        await migrations.migrate(database)
        importing, number = await _planned(database, table_of(rows, SEED + 1, "stock"))
        await importing.go_on(GUILD, number)
        importing, number = await _planned(database, table_of(rows, SEED, "zines"))
        asking = Asking(Finding(database, now, TOOLS))
        asking.begin()
        await importing.go_on(GUILD, number, asking.told)
        return await asking.end()
    finally:
        await database.close()


class Asking:
    """Members who search all the time, and what they wait: first while nothing is imported, then in turns."""

    def __init__(self, finding: Finding) -> None:
        speech = Speech(random.Random(SEED))
        self._finding = finding
        self._questions = [speech.words(3, 12) for _ in range(QUESTIONS)]
        self._quiet: list[float] = []
        self._busy: list[float] = []
        self._importing = True
        self._since = perf_counter()
        self._asked: list[asyncio.Task[None]] = []
        self._slices = 0

    def begin(self) -> None:
        """Begin to ask, while the import runs."""
        self._life = asyncio.create_task(self._live())

    async def told(self, _done: int, _total: int) -> None:
        """After a few slices, hold the import back for as long as they took."""
        self._slices += 1
        if self._slices % SLICES_A_TURN == 0:
            took = perf_counter() - self._since
            await self._answered()
            self._importing = False
            await asyncio.sleep(took)
            await self._answered()
            self._importing, self._since = True, perf_counter()

    async def end(self) -> tuple[list[float], list[float]]:
        """The times without an import, and while it ran."""
        self._life.cancel()
        await self._answered()
        return self._quiet, self._busy

    async def _answered(self) -> None:
        await asyncio.gather(*self._asked)
        self._asked.clear()

    async def _live(self) -> None:
        for question in cycle(self._questions):
            self._asked.append(asyncio.create_task(self._ask(question, self._busy if self._importing else self._quiet)))
            await asyncio.sleep(ASKED_EVERY_S)

    async def _ask(self, question: str, times: list[float]) -> None:
        begun = perf_counter()
        await self._finding.find(GUILD, question)
        times.append((perf_counter() - begun) * 1000)


def _lines(size: Size, ours: Took, bare: Took, alone: Took, *, largest: bool) -> list[Line]:
    raw = "raw sqlite3's executemany of the same rows"
    lines = [
        compared("Import", Pair(ours.seconds, bare.seconds, "s", raw), MOST_TIMES if largest else None, size=size),
        compared("Import, processor time", Pair(ours.worked, bare.worked, "s", raw), size=size),
    ]
    if largest:
        told = "nothing searchable, nothing noted for an undo"
        pair = Pair(ours.seconds, alone.seconds, "s", "raw sqlite3's executemany of the resources' rows alone")
        lines.append(compared("Import, with all that belongs to it", pair, note=told))
    return lines
