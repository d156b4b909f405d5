"""How soon the bot is there, and what it keeps in memory: the product beside a bare discord.py client and beside Red.

Every start is a new process. Its time runs from before the process is made until it first answers a command with what
was asked for: the product with resources from its catalogue. That command was sent right behind the last event of the
start, and the gateway keeps the order, so the answer proves that all of it was taken in. discord.py itself says
`on_ready` 2 s after the last server came (`guild_ready_timeout`), in all bots alike: a constant that flatters a ratio,
so it has a row of its own. Red answers no command before it is ready, and is asked then.
"""

from __future__ import annotations

import asyncio
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns
from typing import TYPE_CHECKING

from bench import red
from bench.processes import MEMBERS, PATIENCE, BotFailed, running
from bench.report import Line, Pair, Size, compared

if TYPE_CHECKING:
    from bench.discord_server import Answer
    from bench.processes import Bot
    from bench.report import Options

NAME = "start and memory"

MOST_MEMORY = 95.0  # MiB
MOST_TIMES = 3.0
SIZES, QUICK = (250, MEMBERS, 25_000), (25, 250, 2_500)
CARDS, FEW_CARDS = 1_000, 50  # answers before memory is looked at once more

BARE = "a bare discord.py client"
WARMED = "warmed"
QUESTIONS = ("laser cutter", "sewing machine safety", "3D printing policy", "Cricut vinyl", "staff training")
NEW = "makes the database and loads the catalogue"


@dataclass(frozen=True)
class Start:
    """One start: seconds until the first answer and until ready; MiB when ready (RSS, and PSS), and after the cards."""

    answered: float
    ready: float
    resident: float
    proportional: float
    later: float


def run(options: Options) -> list[Line]:
    """Start each bot at each size once; raises BotFailed.

    The first time in a command, one start of each comes before: it warms the file cache and is not counted.
    """
    return asyncio.run(_measure(options))


async def _measure(options: Options) -> list[Line]:
    sizes = options.of(SIZES, QUICK)
    warmed = options.scratch / WARMED
    if not warmed.exists():
        await _lines_of(options, sizes[1:2])
        warmed.touch()
    return await _lines_of(options, sizes)


async def _lines_of(options: Options, sizes: tuple[int, ...]) -> list[Line]:
    lines: list[Line] = []
    main = options.of(MEMBERS, QUICK[1])
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        first = await _start("product", folder, main)
        for members in sizes:
            size = Size(members, "members", main=members == main)
            cards = options.of(CARDS, FEW_CARDS) if size.main else 0
            bare = await _start("bare", folder, members, cards)
            ours = await _start("product", folder, members, cards)
            lines += _beside_bare(ours, bare, size)
            if size.main:
                lines += [*_first(first, bare), *_later(ours, bare, cards)]
            if options.red is not None:
                lines += await _beside_red(ours, options.red, options.scratch, size)
    return lines


async def _start(kind: str, folder: Path, members: int, cards: int = 0) -> Start:
    async with running(kind, folder, members=members) as bot:
        # Until the catalogue is loaded, a first start answers that it has found nothing yet.
        while not _has_links(await _ask(bot, kind, 0)):
            if perf_counter_ns() - bot.started > PATIENCE * 1e9:
                raise BotFailed("The bot finds nothing: where is the catalogue?")
        answered = (perf_counter_ns() - bot.started) / 1e9
        ready = await bot.ready()
        resident, proportional = bot.resident_mebibytes(), bot.proportional_mebibytes()
        for number in range(cards):
            await _ask(bot, kind, number)
        return Start(answered, ready, resident, proportional, bot.resident_mebibytes())


async def _ask(bot: Bot, kind: str, number: int) -> Answer:
    """Ask the product one of the questions, in turn; the bare bot has one card for all."""
    if kind == "bare":
        return await bot.use("card")
    return await bot.use("find", query=QUESTIONS[number % len(QUESTIONS)])


def _has_links(answer: Answer) -> bool:
    return "](http" in str(answer.data)


def _beside_bare(ours: Start, bare: Start, size: Size) -> list[Line]:
    most = MOST_TIMES if size.main else None
    memory = Pair(ours.resident, bare.resident, "MiB", BARE)
    return [
        compared("Start to the first answer", Pair(ours.answered, bare.answered, "s", BARE), most, size=size),
        compared("Start to `on_ready`", Pair(ours.ready, bare.ready, "s", BARE), most, size=size),
        _memory("Memory when ready", memory, MOST_MEMORY if size.main else None, size=size),
    ]


def _memory(name: str, pair: Pair, most: float | None, *, size: Size | None = None, note: str = "") -> Line:
    """Memory has its limit in MiB."""
    return Line(name, pair.ours, pair.unit, most, note=note, pair=pair, size=size)


def _first(first: Start, bare: Start) -> list[Line]:
    memory = Pair(first.resident, bare.resident, "MiB", BARE)
    return [
        compared("First start of all, to the first answer", Pair(first.answered, bare.answered, "s", BARE), note=NEW),
        compared("First start of all, to `on_ready`", Pair(first.ready, bare.ready, "s", BARE), MOST_TIMES, note=NEW),
        _memory("First start of all, memory when ready", memory, MOST_MEMORY, note=NEW),
    ]


def _later(ours: Start, bare: Start, cards: int) -> list[Line]:
    later = Pair(ours.later, bare.later, "MiB", BARE)
    shared = Pair(ours.proportional, bare.proportional, "MiB", BARE)
    return [
        _memory(f"Memory after {cards:,} cards", later, MOST_MEMORY),
        _memory("Memory when ready, PSS", shared, None, note="what is shared with other processes counts by its share"),
    ]


async def _beside_red(ours: Start, python: Path, scratch: Path, size: Size) -> list[Line]:
    """The same start of Red: its core alone, as when it is new, and at the main size with its cogs as well."""
    lines = []
    version, home = _version_of(python), scratch / "red"
    if not red.known(home):  # its very first start makes its files; ours is told apart too
        await _start_red(python, home, (), "!info", size.number)
    kinds: list[tuple[str, tuple[str, ...], str]] = [("its core alone", (), "!info")]
    if size.main:
        kinds.append((f"with {len(red.COGS)} of its cogs", red.COGS, "!ping"))
    for what, cogs, question in kinds:
        theirs = await _start_red(python, home, cogs, question, size.number)
        against = f"Red-DiscordBot {version}, {what}"
        at = None if cogs else size
        lines += [
            compared("Start to the first answer", Pair(ours.answered, theirs.answered, "s", against), size=at),
            compared("Start to `on_ready`", Pair(ours.ready, theirs.ready, "s", against), size=at),
            compared("Memory when ready", Pair(ours.resident, theirs.resident, "MiB", against), size=at),
        ]
        if size.main:
            pair = Pair(ours.proportional, theirs.proportional, "MiB", against)
            lines.append(compared("Memory when ready, PSS", pair))
    return lines


def _version_of(python: Path) -> str:
    code = "from importlib.metadata import version; print(version('Red-DiscordBot'))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BotFailed(f"There is no Red-DiscordBot in the environment of {python.name}.\n{done.stderr}")
    return done.stdout.strip()


async def _start_red(python: Path, home: Path, cogs: tuple[str, ...], question: str, members: int) -> Start:
    settings = {**red.instance(home), "RED_COGS": " ".join(cogs)}
    async with running("red", home, settings, members=members, python=python) as bot:
        ready = await bot.ready()
        resident, proportional = bot.resident_mebibytes(), bot.proportional_mebibytes()
        await bot.say(question)
        return Start((perf_counter_ns() - bot.started) / 1e9, ready, resident, proportional, resident)
