"""How long a member waits for a card: the product beside a bare discord.py command, in turns, one command at a time.

The card is the same on both sides, byte for byte, and of one, four or eight entries.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.processes import BotFailed, running
from bench.report import Line, Pair, Size, compared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.discord_payloads import Payload
    from bench.discord_server import Answer
    from bench.processes import Bot
    from bench.report import Options

NAME = "answers"

MOST_TIMES = 1.5
MOST_MORE = 1.0  # milliseconds
ENTRIES, MAIN = (1, 4, 8), 4
WARM_UP, COUNT, QUICK = 60, 160, 20
BLOCK = 20  # commands in a row before it is another's turn, so that a busy moment of the machine meets all alike
PAUSE = 0.003  # seconds between two commands, so that each meets a bot that has finished with the one before

BARE = "a bare discord.py command"
PLAIN = "A card without a read"
READ = "A card with one read"
FIND = "`/find laser cutter`, with a search"


@dataclass(frozen=True)
class Asked:
    """A command as it is used: by its names, with its options."""

    kind: str
    names: tuple[str, ...]
    options: tuple[tuple[str, str], ...]


def commands(entries: int) -> list[Asked]:
    """The three that answer with the same card of so many entries."""
    wished = (("entries", str(entries)),)
    return [
        Asked(BARE, ("card",), wished),
        Asked(PLAIN, ("bench", "plain"), wished),
        Asked(READ, ("bench", "read"), wished),
    ]


SEARCH = Asked(FIND, ("find",), (("query", "laser cutter"),))


def run(options: Options) -> list[Line]:
    """Measure a round of commands of each kind and size, in turns of 20; raises BotFailed."""
    return asyncio.run(_measure(options.of(WARM_UP, QUICK), options.of(COUNT, QUICK)))


async def _measure(warm_up: int, count: int) -> list[Line]:
    asked = [SEARCH, *(command for entries in ENTRIES for command in commands(entries))]
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        bare = await stack.enter_async_context(running("bare", folder))
        product = await stack.enter_async_context(running("product", folder, {"BENCH_ROOM": "yes"}))
        await asyncio.gather(bare.ready(), product.ready())
        bots = {command: bare if command.kind == BARE else product for command in asked}
        for entries in ENTRIES:
            await _compare_cards(bots, commands(entries))
        for command, bot in bots.items():
            await _times(bot, command, warm_up)
        times: dict[Asked, list[float]] = {command: [] for command in asked}
        for turn in range(count // BLOCK):
            for command in _rotated(asked, turn):
                times[command] += await _times(bots[command], command, BLOCK)
    return _lines({command: median(taken) for command, taken in times.items()})


async def _compare_cards(bots: Mapping[Asked, Bot], alike: list[Asked]) -> None:
    """Make sure that the three answer with the same card; raises BotFailed where they do not."""
    cards = [_card((await _use(bots[command], command)).data) for command in alike]
    for command, card in zip(alike, cards, strict=True):
        if card != cards[0]:
            raise BotFailed(f"{command.kind}: not the card of {BARE}.\n{card}\n{cards[0]}")


def _card(data: Payload) -> object:
    return data.get("components"), data.get("flags", 0)


async def _use(bot: Bot, command: Asked) -> Answer:
    return await bot.use(*command.names, **dict(command.options))


async def _times(bot: Bot, command: Asked, count: int) -> list[float]:
    """The milliseconds each of `count` answers took."""
    times = []
    for _ in range(count):
        times.append((await _use(bot, command)).milliseconds)
        await asyncio.sleep(PAUSE)
    return times


def _rotated(kinds: list[Asked], turn: int) -> list[Asked]:
    """Each kind goes first as often as the others, so that none gains from its place."""
    place = turn % len(kinds)
    return kinds[place:] + kinds[:place]


def _lines(times: Mapping[Asked, float]) -> list[Line]:
    lines = []
    for entries in ENTRIES:
        bare, *ours = commands(entries)
        size = Size(entries, "entries on the card", main=entries == MAIN)
        for command in ours:
            pair = Pair(times[command], times[bare], "ms", BARE)
            lines.append(compared(command.kind, pair, MOST_TIMES if size.main else None, size=size))
            if size.main:
                more = pair.ours - pair.theirs
                lines.append(Line(f"{command.kind}: more than bare", more, "ms", MOST_MORE))
    base = times[commands(MAIN)[0]]
    return [*lines, compared(FIND, Pair(times[SEARCH], base, "ms", f"{BARE} that only shows a card"))]
