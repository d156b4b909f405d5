"""How soon the bot is there, and what it keeps in memory: the product beside a bare discord.py client, in turns.

Every start is a new process. Its time runs from before the process is made until it first answers a command with what
was asked for: the product with resources from its catalogue. That command was sent right behind the last event of the
start, and the gateway keeps the order, so the answer proves that all of it was taken in. discord.py itself says
`on_ready` 2 s after the last server came (`guild_ready_timeout`), in both bots alike: a constant that flatters a ratio,
so it has a line of its own.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter_ns
from typing import TYPE_CHECKING

from bench.processes import running
from bench.report import Line

if TYPE_CHECKING:
    from bench.discord_server import Answer
    from bench.processes import Bot
    from bench.report import Options

NAME = "start and memory"

MOST_MEMORY = 95.0  # MiB
MOST_TIMES = 3.0
FEWEST_STARTS = 5
CARDS = 1_000  # answers before memory is looked at once more

BARE = "bare client"
FIRST = "first start"
AGAIN = "later start"
NOTES = {FIRST: "makes the database, loads the catalogue", AGAIN: "database and catalogue are there"}
QUESTIONS = ("laser cutter", "sewing machine safety", "3D printing policy", "Cricut vinyl", "staff training")


@dataclass(frozen=True)
class Start:
    """One start: seconds until the first answer and until `on_ready`; MiB when ready and after all the cards."""

    answered: float
    ready: float
    resident: float
    resident_later: float


def run(options: Options) -> list[Line]:
    """Start each bot `options.runs` times (5 at least), after one start of each that is not counted."""
    return asyncio.run(_measure(max(options.runs, FEWEST_STARTS)))


async def _measure(runs: int) -> list[Line]:
    starts: dict[str, list[Start]] = defaultdict(list)
    await _one_of_each()  # compiles the modules and warms the file cache
    for _ in range(runs):
        for kind, start in (await _one_of_each()).items():
            starts[kind].append(start)
    return [*_lines_of_time(starts), *_lines_of_memory(starts)]


async def _one_of_each() -> dict[str, Start]:
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        return {
            BARE: await _start("bare", folder),
            FIRST: await _start("product", folder),
            AGAIN: await _start("product", folder),
        }


async def _start(kind: str, folder: Path) -> Start:
    async with running(kind, folder) as bot:
        while not _has_links(await _ask(bot, kind, 0)):
            pass  # the catalogue is still being loaded, and the bot has said that it has found nothing yet
        answered = (perf_counter_ns() - bot.started) / 1e9
        ready = await bot.ready()
        resident = bot.resident_mebibytes()
        for number in range(CARDS):
            await _ask(bot, kind, number)
        return Start(answered, ready, resident, bot.resident_mebibytes())


async def _ask(bot: Bot, kind: str, number: int) -> Answer:
    """Ask the product one of the questions, in turn; the bare bot has one card for all."""
    if kind == "bare":
        return await bot.use("card")
    return await bot.use("find", query=QUESTIONS[number % len(QUESTIONS)])


def _has_links(answer: Answer) -> bool:
    return "](http" in str(answer.data)


def _lines_of_time(starts: dict[str, list[Start]]) -> list[Line]:
    answered = {kind: median(start.answered for start in of_kind) for kind, of_kind in starts.items()}
    ready = {kind: median(start.ready for start in of_kind) for kind, of_kind in starts.items()}
    slowest = {kind: max(start.answered for start in of_kind) for kind, of_kind in starts.items()}
    note = f"median of {len(starts[BARE])}, slowest {slowest[BARE]:.2f}; on_ready after {ready[BARE]:.2f} s"
    lines = [Line(f"First answer after the start, {BARE}", answered[BARE], "s", None, at_most=True, note=note)]
    for kind in (FIRST, AGAIN):
        note = f"{answered[kind]:.2f} s, slowest {slowest[kind]:.2f}; {NOTES[kind]}"
        times = answered[kind] / answered[BARE]
        lines.append(Line(f"First answer, {kind}, against bare", times, "times", MOST_TIMES, at_most=True, note=note))
        note = f"{ready[kind]:.2f} s; of it 2 s are discord.py's own wait, in both"
        times = ready[kind] / ready[BARE]
        lines.append(Line(f"on_ready, {kind}, against bare", times, "times", MOST_TIMES, at_most=True, note=note))
    return lines


def _lines_of_memory(starts: dict[str, list[Start]]) -> list[Line]:
    lines = []
    for kind, of_kind in starts.items():
        limit = None if kind == BARE else MOST_MEMORY
        at_first = median(start.resident for start in of_kind)
        later = median(start.resident_later for start in of_kind)
        most = max(start.resident_later for start in of_kind)
        lines += [
            Line(f"Memory when ready, {kind}", at_first, "MiB", limit, at_most=True, note="resident, 2,500 members"),
            Line(
                f"Memory after {CARDS} cards, {kind}",
                later,
                "MiB",
                limit,
                at_most=True,
                note=f"resident; most {most:.1f}",
            ),
        ]
    return lines
