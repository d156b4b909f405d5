"""What the delivery engine does with a crowd: up to 2,000 messages due in the same second, and 100,000 that wait.

The engine is the product's, with discord.py's own HTTP client and a SQLite file on the disk; the messages go to
`bench.message_server`, another process that takes no more than 50 in any second. Meanwhile a probe measures how late
the event loop wakes whoever sleeps 10 ms: that is how long a member's press would wait. Then claiming: how much longer
it takes to find 100 due rows among 100,000 waiting ones than among 1,000, in turns (bench/claiming.py).
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from asyncio.subprocess import PIPE
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Self
from urllib.request import urlopen

import discord
from discord.http import Route
from discord.utils import utcnow
from sqlalchemy import func, select

from bench.claiming import FIRST_TARGET, QUICK_SIZES, WAITING_SIZES, claim_times, lines_of_claims, opened
from bench.message_server import FIGURES, PER_SECOND, Figures, server_of
from bench.processes import PATIENCE, ROOT, BotFailed
from bench.report import Line, Pair, Size, compared
from bench.room import card
from bench.shelf import ENTRIES
from bot.delivery import Engine, Timing
from bot.delivery import Line as Wire
from bot.delivery.post import nonce
from bot.kit.delivery import Kind, Letter
from db import delivery as deliveries
from db.delivery import SENDING, SENT, WAITING, Delivery, Promise, Way
from db.delivery.table import delivery_table as table

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from datetime import datetime

    from bench.report import Options
    from db.engine import Database

NAME = "delivery"

SIZES, QUICK = (125, 500, 2_000), (10, 20, 40)
LEAST_PACE = 0.95
MOST_LATE = 100.0  # milliseconds
ROUNDS = 3
NAP = 0.01

KIND = "bench"


@dataclass(frozen=True)
class Drain:
    """One drain: seconds from the engine's start to its last mark, milliseconds of lateness, what the server saw.

    `put_off` is how often the engine could not send a message when it was its turn.
    """

    seconds: float
    late: list[float]
    figures: Figures
    put_off: int = 0

    @property
    def late_p99(self) -> float:
        """The 99th percentile of the lateness."""
        return quantiles(self.late, n=100, method="inclusive")[-1]


def run(options: Options) -> list[Line]:
    """Drain once at each size, then claim; raises BotFailed."""
    return asyncio.run(_measure(options))


async def _measure(options: Options) -> list[Line]:
    drains = {rows: await drain(rows) for rows in options.of(SIZES, QUICK)}
    times = await claim_times(options.scratch, options.of(WAITING_SIZES, QUICK_SIZES), options.of(ROUNDS, 1))
    return [*_lines_of_drains(drains), *lines_of_claims(times)]


async def drain(rows: int) -> Drain:
    """Let the engine deliver `rows` messages to as many channels, all due now. Raises BotFailed where one is amiss."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        server = await stack.enter_async_context(_message_server())
        database = await stack.enter_async_context(opened(folder / "drain.db"))
        await _promise(database, rows)
        wire = Wire(Timing().edge)
        client = await stack.enter_async_context(_logged_in(server, wire))
        probe = stack.enter_context(Probe())
        put_off = stack.enter_context(_counting("was not sent now"))
        started = utcnow()
        engine = Engine(
            client, database, clock=utcnow, kinds={KIND: _KIND}, line=wire, desk=lambda _guild: None, timing=Timing()
        )
        engine.start()
        stack.push_async_callback(engine.stop)
        ended = await _all_sent(database, rows)
        figures = Figures(**json.loads(await asyncio.to_thread(_fetched, f"{server}{FIGURES}")))
        as_promised = sorted(figures.nonces) == await _nonces(database, rows) and figures.targets == rows
        if not as_promised or figures.without_nonce or figures.unknown:
            raise BotFailed(f"{rows} messages, each with its nonce, to as many channels were expected: {figures}")
        return Drain((ended - started).total_seconds(), probe.late, figures, len(put_off))


async def _draw(_delivery: Delivery) -> Letter:
    return Letter(card(ENTRIES))


_KIND = Kind(KIND, "card", "cards", render=_draw, says_late=False)


class Probe:
    """While it is entered, measures how late (milliseconds) the event loop wakes what sleeps for 10 ms."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    def __exit__(self, *_fault: object) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while True:
            begun = perf_counter()
            await asyncio.sleep(NAP)
            self.late.append((perf_counter() - begun - NAP) * 1000)


@contextmanager
def _counting(words: str) -> Iterator[list[str]]:
    """What the engine logs meanwhile with these words; it is not printed, and neither are discord.py's warnings."""
    found: list[str] = []

    class Counting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if words in record.getMessage():
                found.append(record.getMessage())

    loggers = [logging.getLogger(name) for name in ("bot.delivery", "discord")]
    handler = Counting(logging.WARNING)
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield found
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


@asynccontextmanager
async def _message_server() -> AsyncIterator[str]:
    """The stand-in in a process of its own; its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.message_server"), cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            address = (await process.stdout.readline()).decode().strip()
        if not address:
            raise BotFailed("The message server ended before it served.")
        yield address
    finally:
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def _logged_in(server: str, wire: Wire) -> AsyncIterator[discord.Client]:
    """discord.py's client, logged in at the server without a gateway, and its requests watched as the bot's are."""
    before, Route.BASE = Route.BASE, f"{server}/api/v10"
    try:
        async with discord.Client(
            intents=discord.Intents(guilds=True), max_ratelimit_timeout=60.0, http_trace=wire.trace()
        ) as client:
            await client.login("bench.bench.bench")
            yield client
    finally:
        Route.BASE = before


async def _promise(database: Database, rows: int) -> None:
    now = utcnow()
    async with database.write() as connection:
        for number in range(rows):
            target = FIRST_TARGET + number
            await deliveries.put(connection, Promise(KIND, server_of(target), "crowd", now, Way.CHANNEL, target), now)


async def _all_sent(database: Database, rows: int) -> datetime:
    """Wait until all are marked as sent; when the last was (UTC). Raises BotFailed where one went another way."""
    settled = select(table.c.state, func.count().label("number"), func.max(table.c.settled_at).label("last"))
    # One that the engine lost sight of comes again when its lease has ended: that is a figure too, if a bad one.
    patience = rows / PER_SECOND + PATIENCE + Timing().lease
    until = perf_counter() + patience
    while True:
        async with database.read() as connection:
            found = (await connection.execute(settled.group_by(table.c.state))).all()
        states = {row.state: row.number for row in found}
        if states == {SENT: rows}:
            last: datetime = found[0].last
            return last
        if states.keys() - {WAITING, SENDING, SENT}:
            raise BotFailed(f"Not all {rows} were sent: {states}.")
        if perf_counter() > until:
            raise BotFailed(f"After {patience:.0f} s not all {rows} were sent: {states}.")
        await asyncio.sleep(0.25)


async def _nonces(database: Database, rows: int) -> list[str]:
    """The nonces that the messages must have had, sorted: discord.py gives one that has none a random one."""
    async with database.read() as connection:
        return sorted(nonce(delivery) for delivery in await deliveries.page(connection, (SENT,), limit=rows))


def _fetched(address: str) -> bytes:
    with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own server on the loopback
        body: bytes = answer.read()
    return body


def _lines_of_drains(drains: Mapping[int, Drain]) -> list[Line]:
    lines = []
    most = max(drains)
    for rows, each in drains.items():
        size = Size(rows, "messages due at once")
        pair = Pair(rows / each.seconds, PER_SECOND, "a second", "what Discord's limit allows")
        least = LEAST_PACE if rows == most else None
        lines.append(compared("Pace of deliveries", pair, least, size=size, at_most=False))
        note = "of a 10 ms sleep meanwhile, 99th percentile"
        lines.append(Line("Event loop's lateness", each.late_p99, "ms", MOST_LATE, note=note, size=size))
    note = "of requests; each was sent later, once, with its nonce"
    return [*lines, Line("Refused as too many (429)", 100 * drains[most].figures.refused / most, "%", note=note)]
