"""What our search costs beside its own statement: `db.search.find` against the same SQL in raw sqlite3, in turns.

The files hold 10,000, 30,000 and 100,000 records, and are filled once for all runs. At each size every question is
asked through `find` and, right before or after, as the bare statement with the values that `find` had given it: same
file, same settings, both on a connection that is open. What opening one through the engine adds is told beside it.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import accumulate, islice
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from bench.report import Line, Options, Pair, Size, compared
from bench.retrieval import with_slips
from db import migrations
from db.engine import Database
from db.search import SearchRecord, find, finding, put_many
from db.search.words import STOP_WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection

NAME = "Search"

GUILD = 1
SIZES, QUICK = (10_000, 30_000, 100_000), (200, 600, 2_000)
RAW = "the same FTS5 statement in raw sqlite3"
MOST_TIMES = 1.3
SEED = 20_240_502
QUESTIONS, MISTYPED = 100, 30
VOCABULARY = 30_000
KINDS = ("resource", "resource", "resource", "question", "question", "event")
SETTINGS = ("busy_timeout", "cache_size", "mmap_size", "query_only", "synchronous", "temp_store", "wal_autocheckpoint")

Values = Mapping[str, object]


@dataclass
class Times:
    """Milliseconds of one side at one size, over all questions."""

    all: list[float] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.all)

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return quantiles(self.all, n=20)[-1]


def run(options: Options) -> list[Line]:
    """Measure a round of a hundred questions at each size."""
    return asyncio.run(_measure(options.scratch, options.of(SIZES, QUICK)))


async def _measure(scratch: Path, sizes: Sequence[int]) -> list[Line]:
    speech = Speech(random.Random(SEED))
    questions = [speech.words(3, 12) for _ in range(QUESTIONS)]
    files = await _filled(scratch, sizes, speech)
    times, slipped, opening = {}, [], 0.0
    for size, file in files.items():
        database = await Database.open(f"sqlite+aiosqlite:///{file}")
        try:
            times[size] = await _compare(database, file, questions)
            slipped.append(await _slipped(database, questions[:MISTYPED], Size(size, "records")))
            opening = await _opening(database)
        finally:
            await database.close()
    note = "before a search, through the engine"
    return [*_lines(times), *slipped, Line(f"{NAME}, opening a reading connection", opening, "ms", note=note)]


async def _filled(scratch: Path, sizes: Sequence[int], speech: Speech) -> dict[int, Path]:
    """A file with so many records for each size, made where it is not there yet; they speak as the questions do."""
    files = {size: scratch / f"search-{size}.db" for size in sizes}
    if not files[sizes[-1]].exists():
        stock, have, growing = speech.records(), 0, scratch / "search-growing.db"
        growing.unlink(missing_ok=True)
        for size, file in files.items():
            database = await Database.open(f"sqlite+aiosqlite:///{growing}")
            try:
                await migrations.migrate(database)
                async with database.write() as connection:
                    await put_many(connection, list(islice(stock, size - have)))
            finally:
                await database.close()
            have = size
            shutil.copyfile(growing, file)
        growing.unlink()
    return files


async def _compare(database: Database, file: Path, questions: Sequence[str]) -> tuple[Times, Times]:
    """The times of `find` and of its bare statement, one round to warm up and one that counts."""
    ours, bare = Times(), Times()
    statements = [await _statement(database, question) for question in questions]
    with closing(sqlite3.connect(file)) as raw:
        async with database.read() as connection:
            await same_settings(connection, raw)
            for turn in range(2):
                for number, (question, (statement, values)) in enumerate(zip(questions, statements, strict=True)):
                    for side in (ours, bare) if (turn + number) % 2 else (bare, ours):
                        begun = perf_counter()
                        if side is ours:
                            await find(connection, GUILD, question)
                        else:
                            raw.execute(statement, values).fetchall()
                        if turn > 0:
                            side.all.append((perf_counter() - begun) * 1000)
    return ours, bare


async def _slipped(database: Database, questions: Sequence[str], size: Size) -> Line:
    """What it costs to find what somebody meant who mistyped two words of each question."""
    right, wrong, slips = Times(), Times(), random.Random(SEED)
    async with database.read() as connection:
        for question in questions:
            for times, typed in ((right, question), (wrong, with_slips(question, slips))):
                begun = perf_counter()
                await find(connection, GUILD, typed)
                times.all.append((perf_counter() - begun) * 1000)
    pair = Pair(wrong.middle, right.middle, "ms", "itself with the same questions typed right")
    return compared(f"{NAME} with two typing slips, median", pair, size=size)


async def _opening(database: Database) -> float:
    """Milliseconds."""
    times = Times()
    for _ in range(QUESTIONS):
        begun = perf_counter()
        async with database.read():
            pass
        times.all.append((perf_counter() - begun) * 1000)
    return times.middle


async def _statement(database: Database, question: str) -> tuple[str, Values]:
    """The statement that `find` ends with for a question, and its values."""
    with listening() as heard:
        async with database.read() as connection:
            await find(connection, GUILD, question)
    return next((statement, values) for statement, values in reversed(heard) if statement is finding.FIND)


@contextmanager
def listening() -> Iterator[list[tuple[str, Values]]]:
    """What `find` sends to the database meanwhile; outside of what is timed."""
    heard: list[tuple[str, Values]] = []
    asked = vars(finding)["fetched"]

    async def rows(connection: AsyncConnection, statement: str, values: Values) -> object:
        heard.append((statement, dict(values)))
        return await asked(connection, statement, values)

    vars(finding)["fetched"] = rows
    try:
        yield heard
    finally:
        vars(finding)["fetched"] = asked


async def same_settings(connection: AsyncConnection, raw: sqlite3.Connection) -> None:
    """Set up the bare connection as the engine's own is."""
    for setting in SETTINGS:
        value = (await connection.exec_driver_sql(f"PRAGMA {setting}")).scalar()
        if value is not None:
            raw.execute(f"PRAGMA {setting}={value}")


class Speech:
    """Made-up words that come as often as real ones do: the n-th most frequent about 1/n as often as the first.

    As in English, the most frequent ones only hold a sentence together.
    """

    def __init__(self, source: random.Random) -> None:
        self._source = source
        onsets, vowels, ends = (
            ["b", "c", "d", "f", "g", "l", "m", "p", "r", "s", "t", "st", "pr"],
            "aeiou",
            ["", *"nrlst"],
        )
        syllables = [onset + vowel + end for onset in onsets for vowel in vowels for end in ends]
        made = dict.fromkeys(sorted(STOP_WORDS - {"s", "t", "d", "m", "ll", "re", "ve"})[::2])
        while len(made) < VOCABULARY:
            made["".join(source.choices(syllables, k=source.choice((1, 2, 2, 2, 3, 3))))] = None
        self._words = list(made)
        self._sums = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def words(self, fewest: int, most: int) -> str:
        """A line of some words."""
        many = self._source.randint(fewest, most)
        return " ".join(self._source.choices(self._words, cum_weights=self._sums, k=many))

    def records(self) -> Iterator[SearchRecord]:
        """Records as long as a resource (title, two sentences) or a question (title, a paragraph), without end."""
        number = 0
        while True:
            number += 1
            kind = self._source.choice(KINDS)
            summary = self.words(60, 120) if kind == "question" else self.words(20, 50)
            tools = (f"tool-{self._source.randrange(24)}",)
            yield SearchRecord(
                GUILD, "bench", str(number), kind, self.words(4, 12), summary, self.words(3, 8), ("2021",), tools
            )


def _lines(times: Mapping[int, tuple[Times, Times]]) -> list[Line]:
    lines = []
    for number, (ours, bare) in times.items():
        size = Size(number, "records")
        lines += [
            compared(f"{NAME}, median", Pair(ours.middle, bare.middle, "ms", RAW), MOST_TIMES, size=size),
            compared(f"{NAME}, p95", Pair(ours.late, bare.late, "ms", RAW), MOST_TIMES, size=size),
        ]
    fewest, most = min(times), max(times)
    small, large = times[fewest][0], times[most][0]
    against = f"itself among {fewest:,}"
    for point, before, after in (("median", small.middle, large.middle), ("p95", small.late, large.late)):
        name = f"{NAME} among {most:,}, {point}"
        lines.append(compared(name, Pair(after, before, "ms", against), most / fewest))
    return lines
