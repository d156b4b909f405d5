"""What a form shows while one asks: how well it finds what was answered before, and how quickly among 100,000 answers.

Well: the titles of real questions must lead to their own texts, as in the resource room's benchmark, but through the
question form's own search. Quickly: each made-up question, a title and a long text, is asked through `alike` and, right
before or after, as the bare statement that it ends with, with its values: same file, same settings.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from bench import retrieval
from bench.report import Line, Pair, compared
from bench.search_speed import GUILD, RAW, SEED, Speech, Times, listening, same_settings
from bot.kit.vocabulary import load
from cogs.questions.service.alike import alike
from db import migrations
from db.engine import Database
from db.search import SearchRecord, finding, put_many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.report import Options
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection

NAME = "alike"

ANSWERS, FEW_ANSWERS = 100_000, 500
ASKED = 60
MOST_TIMES = 1.3
LEAST = {"as typed": (0.728, 0.639), "two slips": (0.702, 0.612)}
"""recall@5 and MRR@10 of the resource room's search on the same file."""


def run(options: Options) -> list[Line]:
    """Measure how quickly, and, where `options.questions` is there, how well."""
    return asyncio.run(_measure(options))


async def _measure(options: Options) -> list[Line]:
    vocabulary = load()
    lines = [] if options.questions is None else await _well(vocabulary, retrieval.read(options.questions))
    return [*lines, *await _quickly(vocabulary, options.scratch, options.of(ANSWERS, FEW_ANSWERS))]


async def _well(vocabulary: Vocabulary, questions: Sequence[retrieval.Question]) -> list[Line]:
    slips = random.Random(retrieval.SEED)
    titles = {
        "as typed": [(one.key, one.title) for one in questions],
        "two slips": [(one.key, retrieval.with_slips(one.title, slips)) for one in questions],
    }
    lines = []
    with TemporaryDirectory(prefix="bench-") as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'answers.db'}")
        try:
            await migrations.migrate(database)
            async with database.write() as connection:
                records = [SearchRecord(GUILD, NAME, one.key, "question", "", summary=one.body) for one in questions]
                await put_many(connection, records)
            async with database.read() as connection:
                for how, asked in titles.items():
                    answers = [await _answer(connection, vocabulary, key, title) for key, title in asked]
                    scores = zip(("recall@5", "MRR@10"), retrieval.score(answers), LEAST[how], strict=True)
                    lines += [_line(f"{how}: {what}", value, least, len(asked)) for what, value, least in scores]
        finally:
            await database.close()
    return lines


async def _answer(connection: AsyncConnection, vocabulary: Vocabulary, key: str, title: str) -> retrieval.Answered:
    return key, await alike(connection, GUILD, vocabulary, title, limit=retrieval.PAGE)


def _line(what: str, value: float, least: float, many: int) -> Line:
    """A figure beside the resource room's, both to three digits as they are told."""
    name = f"Answered before, {what}"
    return Line(name, round(value, 3), "", least, at_most=False, note=f"{many} titles", quality=True)


async def _quickly(vocabulary: Vocabulary, scratch: Path, answers: int) -> list[Line]:
    speech = Speech(random.Random(SEED))
    asked = [(speech.words(4, 12), speech.words(60, 120)) for _ in range(ASKED)]
    file = await _filled(scratch, answers, speech)
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    try:
        with closing(sqlite3.connect(file)) as raw:
            ours, bare = await _compare(database, raw, vocabulary, asked)
    finally:
        await database.close()
    name = f"Answered before, among {answers:,}"
    return [
        compared(f"{name}, median", Pair(ours.middle, bare.middle, "ms", RAW), MOST_TIMES),
        compared(f"{name}, p95", Pair(ours.late, bare.late, "ms", RAW), MOST_TIMES),
    ]


async def _filled(scratch: Path, answers: int, speech: Speech) -> Path:
    """A file with so many answered questions, made where it is not there yet; they speak as those asked do."""
    file, growing = scratch / f"answers-{answers}.db", scratch / "answers-growing.db"
    if not file.exists():
        growing.unlink(missing_ok=True)
        database = await Database.open(f"sqlite+aiosqlite:///{growing}")
        try:
            await migrations.migrate(database)
            records = (one for one in speech.records() if one.kind == "question")
            async with database.write() as connection:
                await put_many(connection, list(islice(records, answers)))
        finally:
            await database.close()
        growing.replace(file)
    return file


async def _compare(
    database: Database, raw: sqlite3.Connection, vocabulary: Vocabulary, asked: Sequence[tuple[str, str]]
) -> tuple[Times, Times]:
    """The times of `alike` and of its bare statement, one round to warm up and one that counts."""
    ours, bare = Times(), Times()
    async with database.read() as connection:
        await same_settings(connection, raw)
        statements = [await _statement(connection, vocabulary, *question) for question in asked]
        for turn in range(2):
            for number, (question, (statement, values)) in enumerate(zip(asked, statements, strict=True)):
                for side in (ours, bare) if (turn + number) % 2 else (bare, ours):
                    begun = perf_counter()
                    if side is ours:
                        await alike(connection, GUILD, vocabulary, *question)
                    else:
                        raw.execute(statement, values).fetchall()
                    if turn > 0:
                        side.all.append((perf_counter() - begun) * 1000)
    return ours, bare


async def _statement(
    connection: AsyncConnection, vocabulary: Vocabulary, title: str, details: str
) -> tuple[str, Mapping[str, object]]:
    """The statement that `alike` ends with for a question, and its values."""
    with listening() as heard:
        await alike(connection, GUILD, vocabulary, title, details)
    return next((statement, values) for statement, values in reversed(heard) if statement is finding.FIND)
