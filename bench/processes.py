"""Starting a bot as a process of its own against its own bench server, and looking at it from outside."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING

from bench.discord_payloads import World
from bench.discord_server import Answer, DiscordServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Mapping


ROOT = Path(__file__).resolve().parent.parent
MEMBERS = 2_500
PATIENCE = 60.0  # seconds for a bot to start, or to answer one command; past that the run is broken, not slow
STOPPING = 10.0
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")  # and no settings of whoever runs this
SHOWN = 4000  # characters of the end of a log


class BotFailed(RuntimeError):
    """The bot's process ended, or said nothing in time; the message holds the end of what it wrote."""


@dataclass(frozen=True)
class Bot:
    """A running bot: its server, its process, and when it was started (nanoseconds, this process's clock)."""

    discord: DiscordServer
    process: Process
    started: int
    log: Path

    async def use(self, *names: str, **options: str) -> Answer:
        """Use a slash command; raises BotFailed if no answer comes, or the process ends."""
        return await self._answered(self.discord.use(*names, **options), f"/{' '.join(names)}")

    async def say(self, words: str) -> Answer:
        """Post a message in the server and wait for the bot's message; raises BotFailed as `use` does."""
        return await self._answered(self.discord.say(words), words)

    async def _answered(self, asked: Coroutine[object, object, Answer], words: str) -> Answer:
        answer = asyncio.create_task(asked)
        end = asyncio.create_task(self.process.wait())
        try:
            await asyncio.wait({answer, end}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            raise BotFailed(f"No answer to {words}.\n{self._last_words()}")
        finally:
            answer.cancel()
            end.cancel()

    async def ready(self) -> float:
        """Wait for the bot's own word that it is ready; seconds since it was started. Raises BotFailed."""
        if self.process.stdout is None:
            raise BotFailed("The bot was started without a pipe.")
        async with asyncio.timeout(PATIENCE):
            async for line in self.process.stdout:
                if line.strip() == b"ready":
                    return (perf_counter_ns() - self.started) / 1e9
        raise BotFailed(f"The bot ended before it was ready.\n{self._last_words()}")

    def resident_mebibytes(self) -> float:
        """The process's resident set right now, as the kernel counts it (VmRSS)."""
        return self._mebibytes("status", "VmRSS:")

    def proportional_mebibytes(self) -> float:
        """The same, but of what it shares with other processes only its part (PSS)."""
        return self._mebibytes("smaps_rollup", "Pss:")

    def _mebibytes(self, file: str, name: str) -> float:
        for line in Path(f"/proc/{self.process.pid}/{file}").read_text(encoding="ascii").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
        raise BotFailed(f"The bot's process has gone.\n{self._last_words()}")

    def _last_words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-SHOWN:]


@asynccontextmanager
async def running(
    kind: str,
    folder: Path,
    settings: Mapping[str, str] | None = None,
    *,
    members: int = MEMBERS,
    python: Path | None = None,
) -> AsyncIterator[Bot]:
    """Start a bot (`bare`, `product` or `red`), and stop it in the end; its files and its log are in `folder`.

    It meets a server of so many members. `settings` are added to its environment; `python` is that of its own
    environment, if it has one.

    Raises BotFailed if it met a fault of its own (its log has a traceback), or asked the bench server for something
    that the server does not know: what was measured then would be something else.
    """
    log = folder / f"{kind}.log"
    environment = {
        **{name: os.environ[name] for name in INHERITED if name in os.environ},
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": "bench.bench.bench",
        **(settings or {}),
    }
    async with DiscordServer(World(members)) as discord:
        with log.open("ab") as errors:
            started = perf_counter_ns()
            process = await asyncio.create_subprocess_exec(
                *(str(python or sys.executable), "-m", "bench.child", kind, discord.base),
                cwd=folder,
                env=environment,
                stdout=PIPE,
                stderr=errors,
            )
        try:
            yield Bot(discord, process, started, log)
        finally:
            await _stop(process)
        words = log.read_text(encoding="utf-8", errors="replace")
        if "Traceback" in words:
            raise BotFailed(f"The bot met a fault while it was measured.\n{words[-SHOWN:]}")
        if discord.unknown:
            raise BotFailed(f"The bench server has no answer for {sorted(set(discord.unknown))}.")


async def _stop(process: Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), STOPPING)
    except TimeoutError:
        process.kill()
        await process.wait()
