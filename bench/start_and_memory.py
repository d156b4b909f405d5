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

from bench.processes import PATIENCE, BotFailed, running
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
NOTES = {FIRST: "makes the database and loads the catalogue, once", AGAIN: "database and catalogue are there"}
QUESTIONS = ("laser cutter", "sewing machine safety", "3D printing policy", "Cricut vinyl", "staff training")


@dataclass(frozen=True)
class Start:
    """One start: seconds until the first answer and until `on_ready`; MiB when ready, and after the cards."""

    answered: float
    ready: float
    resident: float
    resident_later: float


def run(options: Options) -> list[Line]:
    """Start each bot `options.runs` times (5 at least); raises BotFailed.

    One start of each comes before: it warms the file cache and is not counted in the times, but it stays for 1,000
    cards, and then its memory is looked at once more.
    """
    return asyncio.run(_measure(max(options.runs, FEWEST_STARTS)))


async def _measure(runs: int) -> list[Line]:
    long_runs = await _one_of_each(CARDS)
    starts: dict[str, list[Start]] = defaultdict(list)
    for _ in range(runs):
        for kind, start in (await _one_of_each(0)).items():
            starts[kind].append(start)
    return [*_lines_of_time(starts), *_lines_of_memory(starts, long_runs)]


async def _one_of_each(cards: int) -> dict[str, Start]:
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        return {
            BARE: await _start("bare", folder, cards),
            FIRST: await _start("product", folder, cards),
            AGAIN: await _start("product", folder, cards),
        }


async def _start(kind: str, folder: Path, cards: int) -> Start:
    async with running(kind, folder) as bot:
        # Until the catalogue is loaded, a first start answers that it has found nothing yet.
        while not _has_links(await _ask(bot, kind, 0)):
            if perf_counter_ns() - bot.started > PATIENCE * 1e9:
                raise BotFailed("The bot finds nothing: where is the catalogue?")
        answered = (perf_counter_ns() - bot.started) / 1e9
        ready = await bot.ready()
        resident = bot.resident_mebibytes()
        for number in range(cards):
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
    answered = {kind: [start.answered for start in of_kind] for kind, of_kind in starts.items()}
    ready = {kind: [start.ready for start in of_kind] for kind, of_kind in starts.items()}
    bare = Line(f"First answer, {BARE}", median(answered[BARE]), "s", None, at_most=True, note=_spread(answered[BARE]))
    waited = Line(f"on_ready, {BARE}", median(ready[BARE]), "s", None, at_most=True, note=_spread(ready[BARE]))
    return [
        bare,
        _against_bare("First answer", AGAIN, answered, MOST_TIMES),
        _against_bare("First answer", FIRST, answered, None),
        waited,
        _against_bare("on_ready", AGAIN, ready, MOST_TIMES),
        _against_bare("on_ready", FIRST, ready, MOST_TIMES),
    ]


def _against_bare(what: str, kind: str, seconds: dict[str, list[float]], limit: float | None) -> Line:
    times = median(seconds[kind]) / median(seconds[BARE])
    note = f"{_spread(seconds[kind])}; {NOTES[kind]}"
    return Line(f"{what}, {kind}, against bare", times, "times", limit, at_most=True, note=note)


def _spread(seconds: list[float]) -> str:
    return f"median of {len(seconds)}: {median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f}"


def _lines_of_memory(starts: dict[str, list[Start]], long_runs: dict[str, Start]) -> list[Line]:
    lines = []
    for kind, of_kind in starts.items():
        limit = None if kind == BARE else MOST_MEMORY
        resident = [start.resident for start in of_kind]
        note = f"resident, 2,500 members; {min(resident):.1f} to {max(resident):.1f}"
        lines.append(Line(f"Memory when ready, {kind}", median(resident), "MiB", limit, at_most=True, note=note))
        later = long_runs[kind].resident_later
        lines.append(Line(f"Memory after {CARDS:,} cards, {kind}", later, "MiB", limit, at_most=True, note="one run"))
    return lines
