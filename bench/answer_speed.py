"""How long a member waits for a card: the product beside a bare discord.py command, in turns, one command at a time."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.processes import Bot, BotFailed, running
from bench.report import Line

if TYPE_CHECKING:
    from bench.discord_payloads import Payload
    from bench.report import Options

NAME = "answers"

MOST_TIMES = 1.5
MOST_MORE = 1.0  # milliseconds
WARM_UP = 200
ROUND = 200
BLOCK = 20  # commands in a row before it is another's turn, so that a busy moment of the machine meets all alike
PAUSE = 0.003  # seconds between two commands, so that each meets a bot that has finished with the one before

BARE = "bare discord.py"
PLAIN = "without a read"
READ = "with one read"
FIND = "/find laser cutter"
COMMANDS = {BARE: ("card",), PLAIN: ("bench", "plain"), READ: ("bench", "read"), FIND: ("find",)}
OPTIONS = {FIND: {"query": "laser cutter"}}


def run(options: Options) -> list[Line]:
    """Measure `options.runs` rounds of 200 commands of each kind, in turns of 20; raises BotFailed."""
    return asyncio.run(_measure(options.runs))


async def _measure(rounds: int) -> list[Line]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        bare = await stack.enter_async_context(running("bare", folder))
        product = await stack.enter_async_context(running("product", folder, {"BENCH_ROOM": "yes"}))
        await asyncio.gather(bare.ready(), product.ready())
        bots = {BARE: bare, PLAIN: product, READ: product, FIND: product}
        await _compare_cards(bots)
        for kind, bot in bots.items():
            await _times(bot, kind, WARM_UP)
        times: dict[str, list[list[float]]] = {kind: [[] for _ in range(rounds)] for kind in bots}
        for turn in range(rounds * ROUND // BLOCK):
            for kind in _rotated(list(bots), turn):
                times[kind][turn * BLOCK // ROUND] += await _times(bots[kind], kind, BLOCK)
    return _lines(times)


async def _compare_cards(bots: dict[str, Bot]) -> None:
    """Make sure that the three answer with the same card; raises BotFailed where they do not."""
    cards = {kind: _card((await bots[kind].use(*COMMANDS[kind])).data) for kind in (BARE, PLAIN, READ)}
    for kind, card in cards.items():
        if card != cards[BARE]:
            raise BotFailed(f"{kind}: not the card of {BARE}.\n{card}\n{cards[BARE]}")


def _card(data: Payload) -> object:
    return data.get("components"), data.get("flags", 0)


async def _times(bot: Bot, kind: str, count: int) -> list[float]:
    """The milliseconds each of `count` answers took."""
    times = []
    for _ in range(count):
        times.append((await bot.use(*COMMANDS[kind], **OPTIONS.get(kind, {}))).milliseconds)
        await asyncio.sleep(PAUSE)
    return times


def _rotated(kinds: list[str], turn: int) -> list[str]:
    """Each kind goes first as often as the others, so that none gains from its place."""
    place = turn % len(kinds)
    return kinds[place:] + kinds[:place]


def _lines(times: dict[str, list[list[float]]]) -> list[Line]:
    base = _middle(times[BARE])
    lines = [Line(f"A card, {BARE}", base, "ms", None, at_most=True, note=_spread(times[BARE]))]
    for kind in (PLAIN, READ):
        middle = _middle(times[kind])
        note = f"{middle:.3f} ms; {_spread(times[kind])}"
        lines.append(Line(f"A card {kind}, against bare", middle / base, "times", MOST_TIMES, at_most=True, note=note))
        lines.append(
            Line(f"A card {kind}, more than bare", middle - base, "ms", MOST_MORE, at_most=True, note="median")
        )
    find = Line(f"A card of its own: {FIND}", _middle(times[FIND]), "ms", None, at_most=True, note=_spread(times[FIND]))
    return [*lines, find]


def _middle(rounds: list[list[float]]) -> float:
    return median(time for times in rounds for time in times)


def _spread(rounds: list[list[float]]) -> str:
    middles = [median(times) for times in rounds]
    every = [time for times in rounds for time in times]
    p95 = quantiles(every, n=20)[-1]
    return f"median of {len(every)}; medians of rounds {min(middles):.3f} to {max(middles):.3f}, p95 {p95:.3f}"
