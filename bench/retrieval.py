"""How well the search finds what people mean: the titles of real questions must lead to their own texts.

Each question's body is put into a fresh index, its title is not; then each title is searched for, as it is and with two
typing slips. recall@5 is the share of titles whose own body is among the first five, MRR@10 the mean of 1/place.
Then use is given to the bodies by chance, a few much used and most not at all, and the tie-breaker of /find puts the
same hits in order again: the mean of `CHANCES` such worlds, which must not be below what it was without any use.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.report import Line
from cogs.resources.ranking import WINDOW, gently
from db import migrations
from db.engine import Database
from db.search import Hit, SearchRecord, find, put_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bench.report import Options

Answered = tuple[str, "Sequence[Hit]"]
"""A record's key, and what was found where it should be."""

NAME = "Retrieval"

GUILD = 1
SEED = 20_240_501
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
FIRST, PAGE = 5, 10
CHANCES = 5
LIMITS = {"as typed": (0.72, 0.63), "two slips": (0.69, 0.60)}


@dataclass(frozen=True)
class Question:
    """A question from the file: its number there, what it is called, and what it says."""

    key: str
    title: str
    body: str


def run(options: Options) -> list[Line]:
    """Measure recall@5 and MRR@10 on `options.questions`; nothing without such a file."""
    if options.questions is None:
        return []
    return asyncio.run(_measure(read(options.questions)))


def read(file: Path) -> list[Question]:
    """The questions of a file of JSON lines."""
    entries = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Question(entry["id"], entry["title"], entry["body"]) for entry in entries]


async def _measure(questions: list[Question]) -> list[Line]:
    with TemporaryDirectory(prefix="bench-") as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'questions.db'}")
        try:
            await migrations.migrate(database)
            records = [SearchRecord(GUILD, NAME, one.key, "question", "", summary=one.body) for one in questions]
            async with database.write() as connection:
                await put_many(connection, records)
            slips = random.Random(SEED)
            async with database.read() as connection:
                typed = await _found(connection, ((one.key, one.title) for one in questions))
                slipped = await _found(connection, ((one.key, with_slips(one.title, slips)) for one in questions))
        finally:
            await database.close()
    plain = score(typed)
    lines = [*_lines("as typed", plain, len(questions)), *_lines("two slips", score(slipped), len(questions))]
    return [*lines, *_used_by_chance(typed, plain)]


async def _found(connection: AsyncConnection, searches: Iterable[tuple[str, str]]) -> list[Answered]:
    """What is found for each search, with the key of the record that it should find."""
    return [(key, (await find(connection, GUILD, query, limit=WINDOW)).hits) for key, query in searches]


def score(answers: Iterable[tuple[str, Sequence[Hit]]]) -> tuple[float, float]:
    """recall@5 and MRR@10."""
    places = [
        next((place for place, hit in enumerate(hits[:PAGE], 1) if hit.record.key == key), None)
        for key, hits in answers
    ]
    recall = sum(place is not None and place <= FIRST for place in places) / len(places)
    return recall, sum(1 / place for place in places if place is not None) / len(places)


def _used_by_chance(answers: Sequence[Answered], plain: tuple[float, float]) -> list[Line]:
    """The means of worlds in which use says nothing about what fits; limits as they are reported, to three digits."""
    numbers = sorted({hit.record_id for _, hits in answers for hit in hits})
    scores = []
    for seed in range(CHANCES):
        chance = random.Random(seed)
        uses = {number: int(chance.paretovariate(0.7)) - 1 for number in numbers}
        scores.append(score((key, gently(hits, uses)) for key, hits in answers))
    lines = []
    for what, values, least in zip(("recall@5", "MRR@10"), zip(*scores, strict=True), plain, strict=True):
        note = f"{CHANCES} worlds, {min(values):.4f} to {max(values):.4f}; without use {least:.4f}"
        mean = round(sum(values) / CHANCES, 3)
        lines.append(
            Line(f"{NAME}, used by chance: {what}", mean, "", round(least, 3), at_most=False, note=note, quality=True)
        )
    return lines


def with_slips(title: str, source: random.Random) -> str:
    """The title with a slip in two of its words of four letters or more (in fewer, where it has fewer)."""
    spans = [match.span() for match in LONG_WORD.finditer(title)]
    for start, end in sorted(source.sample(spans, min(2, len(spans))), reverse=True):
        title = title[:start] + _slip(title[start:end], source) + title[end:]
    return title


def _slip(word: str, source: random.Random) -> str:
    """The word with one letter dropped, doubled, swapped with its neighbor or replaced; never as it was."""
    while True:
        at = source.randrange(len(word))
        before, letter, after = word[:at], word[at], word[at + 1 :]
        slipped = source.choice(
            (
                before + after,
                before + letter * 2 + after,
                before + after[:1] + letter + after[1:],
                before + source.choice(LETTERS) + after,
            )
        )
        if slipped != word:
            return slipped


def _lines(name: str, score: tuple[float, float], many: int) -> list[Line]:
    recall, rank = score
    least_recall, least_rank = LIMITS[name]
    return [
        Line(f"{NAME}, {name}: {what}", value, "", least, at_most=False, note=f"{many} titles", quality=True)
        for what, value, least in (("recall@5", recall, least_recall), ("MRR@10", rank, least_rank))
    ]
