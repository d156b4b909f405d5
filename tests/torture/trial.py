"""The whole trial: lanes side by side, each playing one episode after the other, until enough were killed."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import Database
from db.migrations import migrate
from tests.torture.clock import new_page
from tests.torture.drawing import COLD_KILLS, drawn, tour
from tests.torture.episode import Ground, Player
from tests.torture.nursery import Nursery
from tests.torture.oracle import Count
from tests.torture.standin import StandIn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.plan import Episode

LANES = 20
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made there


@dataclass
class Outcome:
    """What a trial found and how long it took (seconds)."""

    seed: int
    kills: int
    cold_kills: int
    count: Count
    seconds: float
    lag: float
    steps: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def passed(self) -> bool:
        """Whether nothing is lost, doubled or unexplained."""
        count = self.count
        return not (count.lost or count.doubled or count.unexplained)


def planned(kills: int, seed: int) -> Iterator[Episode]:
    """Episodes without end: the tour first, then drawn ones, of which the first have whole processes to kill."""
    number = len(toured := list(tour()))
    yield from toured
    drawer = random.Random(seed)  # noqa: S311 - no secret
    cold = min(COLD_KILLS, kills // 8)
    while True:
        episode = drawn(number, random.Random(drawer.random()), min(cold, 5))  # noqa: S311
        cold -= min(cold, 5, len(episode.lives))
        number += 1
        yield episode


async def trial(
    kills: int, seed: int, planted: str = "", *, episodes: list[Episode] | None = None, lanes: int = LANES
) -> Outcome:
    """Play until so many were killed, or the given episodes; `planted` names a fault that the workers shall have."""
    began = time.monotonic()
    count, faults = Count(), Counter[str]()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(_folder()))
        heard = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        heard.bind(str(folder / "faults"))
        heard.settimeout(0)
        new_page(folder / "clocks")
        await _migrated(folder / "migrated.db")
        async with Nursery() as nursery, StandIn() as discord:
            ground = Ground(nursery, discord, folder, planted, seed)
            asyncio.get_running_loop().add_reader(heard, _hear, heard, faults)
            plan = iter(episodes) if episodes is not None else planned(kills, seed)
            async with asyncio.TaskGroup() as group:
                for lane in range(lanes):
                    group.create_task(_lane(ground, lane, plan, kills, count))
            asyncio.get_running_loop().remove_reader(heard)
    seconds = time.monotonic() - began
    ground.steps.update(ground.ended)
    return Outcome(seed, ground.kills, ground.cold_kills, count, seconds, discord.steady.longest, ground.steps, faults)


async def _lane(ground: Ground, lane: int, plan: Iterator[Episode], kills: int, count: Count) -> None:
    for episode in plan:
        count.add(await Player(ground, episode, lane).play())
        if ground.kills >= kills:
            return


def _folder() -> tempfile.TemporaryDirectory[str]:
    """In memory where there is such a place: what is killed here is the process, not the machine."""
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 1 << 28 else None
    return tempfile.TemporaryDirectory(prefix="torture-", dir=memory)


async def _migrated(path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    try:
        await migrate(database)
    finally:
        await database.close()


def _hear(heard: socket.socket, faults: Counter[str]) -> None:
    with suppress(BlockingIOError):
        while True:
            faults[heard.recv(1024).decode(errors="replace")] += 1
