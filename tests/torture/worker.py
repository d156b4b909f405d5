"""One life of the real worker: the engine, discord.py's HTTP client and a real SQLite file, until it is killed.

It is told what to do as JSON. Forked from the nursery, or a whole process of its own: `python -m tests.torture.worker`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import re
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import discord.http as http_module
from sqlalchemy import event

import bot.delivery.engine as engine_module
from bot.delivery import Engine, Line, views
from bot.kit import cards
from bot.kit.delivery import Kind, Letter
from db.delivery import Way
from db.engine import Database
from db.faults import StorageFault
from tests.torture.clock import LaneClock
from tests.torture.plan import KIND, NEEDLESS
from tests.torture.planted import plant
from tests.torture.scale import SCALE, TIMING, ScaledAsyncio, pause

if TYPE_CHECKING:
    from db.delivery import Delivery

_SET = re.compile(r"^UPDATE delivery SET (.*?) WHERE ", re.DOTALL)
_RATE_LIMIT_S = 60.0  # as bot.client has it


@dataclass(frozen=True)
class Order:
    """What a worker is told: whose life it is, where everything lies, and at which step of the database it ends."""

    life: str
    base: str
    database: str
    page: str
    lane: int
    guild: int
    desk: int
    step: str
    nth: int
    ends: str
    seed: int
    planted: str
    faults: str


class Steps:
    """Sees each write of the engine just before and after its commit, and ends the life at the one that was named."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._seen = 0
        self._last = ""

    def watch(self, database: Database) -> None:
        """Look at the writes of this database."""
        sync = database._writer.sync_engine
        event.listen(sync, "before_cursor_execute", self._on_statement)
        event.listen(sync, "commit", lambda _connection: self._on("before"))
        database.after_commit(lambda: self._on("after"))

    def _on_statement(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        self._last = _named(statement, parameters) or self._last

    def _on(self, when: str) -> None:
        if self._last and f"{self._last}:{when}" == self._order.step:
            self._seen += 1
            if self._seen == self._order.nth:
                os.kill(os.getpid(), signal.SIGSTOP if self._order.ends == "stop" else signal.SIGKILL)
        if when == "after":
            self._last = ""


def _named(statement: str, parameters: Any) -> str:
    if statement.startswith("INSERT INTO delivery "):
        return "notice"
    if statement.startswith(("INSERT INTO private_thread", "DELETE FROM private_thread")):
        return "thread"
    if "delivery_pulse SET" in statement or statement.startswith("INSERT INTO delivery_pulse"):
        return "beat"
    changed = _SET.match(statement)
    before, found, _ = changed[1].partition("state=?") if changed else ("", "", "")
    if not found:
        return ""
    state = str(parameters[before.count("?")])
    return {"sending": "claim", "waiting": "retry"}.get(state, state)


class _Told(logging.Handler):
    """Tells the trial which faults the worker logged with a traceback: those that nobody foresaw."""

    def __init__(self, order: Order) -> None:
        super().__init__(logging.ERROR)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(0)
        self._to = order.faults

    def emit(self, record: logging.LogRecord) -> None:
        if not record.exc_info or record.exc_info[1] is None:
            return
        fault = record.exc_info[1]
        trace, where = fault.__traceback__, "?"
        while trace is not None:
            where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
            trace = trace.tb_next
        try:
            self._socket.sendto(f"{type(fault).__name__} at {where}: {fault}"[:300].encode(), self._to)
        except OSError:
            return


async def _render(delivery: Delivery) -> Letter | None:
    if delivery.subject.startswith(NEEDLESS):
        return None
    return Letter(cards.note(f"### row {delivery.delivery_id}\nfor {delivery.target_id}"), title=delivery.subject)


def _say_what_goes_on(order: Order) -> None:
    """For whoever looks for a hang: what each task waits for."""
    print(f"Life {order.life} hangs:", file=sys.stderr)
    for task in asyncio.all_tasks():
        waits: Any = task.get_coro()
        chain = []
        while frame := getattr(waits, "cr_frame", None):
            chain.append(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}:{frame.f_lineno}")
            waits = getattr(waits, "cr_await", None)
        print("  ", task.get_name(), " > ".join(chain), file=sys.stderr)


async def live(order: Order) -> None:
    """Deliver until killed, or until SIGTERM asks for an orderly end."""
    random.seed(order.seed)
    logging.getLogger().handlers = [_Told(order)]
    http_module.Route.BASE = order.base
    vars(http_module)["asyncio"] = ScaledAsyncio()
    engine_module.LOOK_EVERY_S, engine_module.AFTER_A_FAULT_S = 60 / SCALE, 15 / SCALE
    asked_to_end = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked_to_end.set)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _say_what_goes_on, order)
    plant(order.planted)
    database = await _opened(order)
    Steps(order).watch(database)
    line = Line(TIMING.edge)
    client = await _logged_in(order, line)
    kinds: dict[str, Kind] = {KIND: Kind(KIND, "row", "rows", render=_render)}
    clock = LaneClock(Path(order.page), order.lane)
    engine = Engine(
        client, database, clock=clock, kinds=kinds, line=line, desk=lambda _: (Way.CHANNEL, order.desk), timing=TIMING
    )
    kinds.update({kind.name: kind for kind in views.kinds_of(database, engine.telling, kinds)})
    engine.start()
    await asked_to_end.wait()
    await engine.stop()
    await client.close()
    await database.close()


async def _opened(order: Order) -> Database:
    while True:
        try:
            return await Database.open(f"sqlite+aiosqlite:///{order.database}")
        except StorageFault:
            await pause(0.02)


async def _logged_in(order: Order, line: Line) -> discord.Client:
    while True:
        client = discord.Client(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=_RATE_LIMIT_S,
            max_messages=None,
            http_trace=line.trace(),
        )
        try:
            async with asyncio.timeout(1.0):
                await client.login(f"{order.life}.{os.getpid()}")
        except (OSError, TimeoutError, aiohttp.ClientError, discord.DiscordException):
            await client.http.close()
            await pause(0.02)
        else:
            return client


def main(told: str) -> None:
    """Live as told."""
    asyncio.run(live(Order(**json.loads(told))))


if __name__ == "__main__":
    main(sys.argv[1])
