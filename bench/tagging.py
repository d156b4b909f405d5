"""How well tools are suggested for a question: real questions, of which one half teaches and the other is asked.

The halves are fixed by a hash of each question's number, so nobody can choose them. What the file calls a question's
tool is put into the vocabulary's words. Measured are the first suggestion and the first two, for a server that has
learned from one half, and for a young one that has only the vocabulary; and how long a suggestion takes where
`MANY` answered questions were learned from.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from bench.report import Line
from bot.kit.vocabulary import load
from cogs.questions.service.tagging import learn, suggest_tools
from db import guilds, migrations
from db.engine import Database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.report import Options
    from bot.kit.vocabulary import Vocabulary

NAME = "Tagging"

GUILD = 1
MANY = 10_000
AT_A_TIME = 100
TIMED = 500
FEWEST_FIRST, FEWEST_IN_TWO = 0.90, 0.96
MOST_MS = 50.0
NOT_NAMED = {"design": "graphic-design", "libraries": "general"}
"""What the file calls a tool and the vocabulary does not."""


@dataclass(frozen=True)
class Asked:
    """A question of the file, with its tool as the vocabulary calls it."""

    key: str
    title: str
    body: str
    tool: str


@dataclass(frozen=True)
class Score:
    """The shares of questions whose tool was suggested first, and among the first two; and the milliseconds taken."""

    first: float
    in_two: float
    times: Sequence[float]


def run(options: Options) -> list[Line]:
    """Measure on `options.questions`; nothing without such a file."""
    if options.questions is None:
        return []
    vocabulary = load()
    return asyncio.run(_measure(vocabulary, *halves(read(options.questions, vocabulary))))


def read(file: Path, vocabulary: Vocabulary) -> list[Asked]:
    """The questions of a file. Raises KeyError for a tool that the vocabulary has no word for."""
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Asked(one["id"], one["title"], one["body"], _slug(vocabulary, one["tool"])) for one in entries]


def _slug(vocabulary: Vocabulary, name: str) -> str:
    if vocabulary.get(name):
        return name
    found = vocabulary.find(name.replace("-", " "))
    return found[0].slug if found else NOT_NAMED[name]


def halves(questions: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
    """Those to learn from, and those to ask."""
    ordered = sorted(questions, key=lambda one: hashlib.sha256(one.key.encode()).hexdigest())
    middle = len(ordered) // 2
    return ordered[:middle], ordered[middle:]


async def _measure(vocabulary: Vocabulary, lessons: Sequence[Asked], asked: Sequence[Asked]) -> list[Line]:
    with TemporaryDirectory(prefix="bench-") as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'tagging.db'}")
        try:
            await migrations.migrate(database)
            async with database.write() as connection:
                await guilds.see(connection, GUILD, datetime(2026, 1, 1, tzinfo=UTC))
            young = await _score(database, vocabulary, asked)
            await _teach(database, vocabulary, lessons, len(lessons))
            taught = await _score(database, vocabulary, asked)
            await _teach(database, vocabulary, lessons, MANY)
            old = await _score(database, vocabulary, asked[:TIMED])
        finally:
            await database.close()
    note = f"{len(asked)} questions; learned from {len(lessons)} others"
    slow = f"median {median(old.times):.1f} ms, largest {max(old.times):.1f} ms, of {len(old.times)} suggestions"
    alone = "a young server: the vocabulary alone"
    return [
        Line(f"{NAME}: right at first", taught.first, "", FEWEST_FIRST, at_most=False, note=note, quality=True),
        Line(
            f"{NAME}: right in the first two", taught.in_two, "", FEWEST_IN_TWO, at_most=False, note=note, quality=True
        ),
        Line(
            f"{NAME}, nothing learned: right at first", young.first, "", None, at_most=False, note=alone, quality=True
        ),
        Line(
            f"{NAME}, nothing learned: in the first two",
            young.in_two,
            "",
            None,
            at_most=False,
            note=alone,
            quality=True,
        ),
        Line(
            f"{NAME}, {MANY:,} answered: p95",
            quantiles(old.times, n=20)[-1],
            "ms",
            MOST_MS,
            at_most=True,
            note=slow,
            quality=True,
        ),
    ]


async def _teach(database: Database, vocabulary: Vocabulary, lessons: Sequence[Asked], many: int) -> None:
    """Learn until `many` were learned, the same ones again under other names where they are too few."""
    for start in count(0, AT_A_TIME):
        if start >= many:
            return
        async with database.write() as connection:
            for number in range(start, min(start + AT_A_TIME, many)):
                one = lessons[number % len(lessons)]
                key = f"{number // len(lessons)}-{one.key}"
                await learn(connection, GUILD, vocabulary, key, one.title, one.body, (one.tool,))


async def _score(database: Database, vocabulary: Vocabulary, asked: Sequence[Asked]) -> Score:
    first, in_two, times = 0, 0, []
    async with database.read() as connection:
        for one in asked:
            begun = perf_counter()
            tools = await suggest_tools(connection, GUILD, vocabulary, one.title, one.body)
            times.append((perf_counter() - begun) * 1000)
            first += tools[:1] == (one.tool,)
            in_two += one.tool in tools[:2]
    return Score(first / len(asked), in_two / len(asked), times)
