"""Starting and stopping the demo: the bot, the simulated server around it, and the page on the loopback address.

`main` is what `benchmate demo` calls. `running` does the same for any discord.py client, which the tests use.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import discord
from aiohttp import web
from simcord import Env

from bot import logs
from bot.client import Benchmate
from bot.kit.errors import UserError
from bot.running import STOPS
from demo import parity  # noqa: F401 - more of Discord for the simulated one
from demo.forum import open_forum
from demo.happenings import happen
from demo.hub import Hub
from demo.places import Places
from demo.previews import Previews
from demo.product import furnish, open_benchmate
from demo.profiles import introduce_people
from demo.proxy import Proxy
from demo.scenes import EMPTY, LIVELY, Scene
from demo.settled import set_up
from demo.world import World, WorldClock, build, introduce

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

OpenBot = Callable[[WorldClock], AbstractAsyncContextManager[discord.Client]]

DEFAULT_PORT: Final = 8765
_NEIGHBORS: Final = 10  # how many ports after the wanted one are tried before any free one is taken
_LOOPBACK: Final = "127.0.0.1"
_END_SECONDS: Final = 3.0
_GOODBYE_SECONDS: Final = 0.5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that runs: where it listens, the world behind it, and what keeps its pages up to date."""

    port: int
    env: Env
    world: World
    previews: Previews

    @property
    def link(self) -> str:
        """What a person opens in the browser."""
        return f"http://{_LOOPBACK}:{self.port}/"


def main(port: int | None = None, *, empty: bool = False) -> int:
    """Serve the demo until Ctrl-C or SIGTERM, on `port` (PORT or 8765 where None), or a free one if it is taken.

    `empty` begins with a server in which nothing is set up yet. Returns the exit status, 0 for an orderly end.
    """
    logs.set_up("WARNING", "text", ())
    wanted = _port_from_environment() if port is None else port
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C before the loop listens for it
        asyncio.run(_serve(wanted, EMPTY if empty else LIVELY))
    return 0


async def _serve(wanted: int, scene: Scene) -> None:
    stop = asyncio.Event()
    for number in STOPS:
        with contextlib.suppress(NotImplementedError):  # Windows' event loop has no signal handlers
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(open_benchmate, wanted, scene) as demo:
        if wanted not in (0, demo.port):
            _say(f"Port {wanted} cannot be had, so the demo took {demo.port}.")
        _say(f"Benchmate's demo is ready. Open {demo.link}")
        _say("Nothing leaves this machine. Ctrl-C ends it.")
        await stop.wait()
    _say("The demo has ended.")


@asynccontextmanager
async def running(open_bot: OpenBot, port: int, scene: Scene = LIVELY) -> AsyncIterator[Demo]:
    """A demo around the client that `open_bot` opens (and closes at the end).

    It listens on 127.0.0.1 only: on `port`, or where that is taken on another free one; 0 takes any.
    """
    async with AsyncExitStack() as stack:
        clock = WorldClock()
        env = Env(await stack.enter_async_context(open_bot(clock)), check_errors=False)
        _count_only_faults(env)
        clock.follow(env)
        world = build(env, scene)
        stack.push_async_callback(_end, env)
        await env.start()
        await introduce(env, world)
        if isinstance(env.bot, Benchmate):
            await furnish(env.bot, world.guild.id)
            if scene.set_up:
                await set_up(env.bot, world.guild.id)
                await introduce_people(env.bot, world)
            await open_forum(env, env.bot, world)
            await happen(env.bot, world)
        places = Places(env, world)
        previews = Previews(env, world, places)
        with env.time_context():  # what serves the page lives in the simulated world's time
            proxy = Proxy(previews, places)
            stack.push_async_callback(proxy.close)
            runner = web.AppRunner(
                Hub(world, places, previews, proxy).application(), access_log=None, shutdown_timeout=_GOODBYE_SECONDS
            )
            stack.push_async_callback(runner.cleanup)
            await runner.setup()
            listening = listen(port)
            await web.SockSite(runner, listening).start()
            pump = asyncio.create_task(previews.pump())
        stack.push_async_callback(_cancel, pump)
        yield Demo(listening.getsockname()[1], env, world, previews)


def listen(wanted: int) -> socket.socket:
    """Listen on the loopback address: on the wanted port, one of the next few, or any free one (also for 0)."""
    near = [port for port in range(wanted, wanted + _NEIGHBORS + 1) if 0 < port < 1 << 16] if wanted else []
    for port in near:
        with contextlib.suppress(OSError):
            return socket.create_server((_LOOPBACK, port))
    return socket.create_server((_LOOPBACK, 0))


def _count_only_faults(env: Env) -> None:
    """What the bot refused in words is no fault; simcord would report the person's action as failed."""
    record = env._record_error

    def record_fault(error: BaseException) -> None:
        if not isinstance(getattr(error, "original", error), UserError):
            _log.error("The bot met a fault", exc_info=error)
            record(error)

    env._record_error = record_fault  # type: ignore[method-assign]  # simcord has no setting for it


async def _end(env: Env) -> None:
    try:
        async with asyncio.timeout(_END_SECONDS):
            await env.shutdown()
    except TimeoutError:
        _log.warning("The bot was still busy at the end and was left where it was")


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _port_from_environment() -> int:
    value = os.environ.get("PORT", "")
    return int(value) if value.isdecimal() else DEFAULT_PORT


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
