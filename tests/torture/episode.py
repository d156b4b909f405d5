"""One episode as it is played: promises, lives and deaths of the worker, and then the count."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from db import delivery as deliveries
from db.delivery import PARKED, STATES, Delivery, Promise, Way
from db.engine import Database
from tests.torture.clock import LaneClock
from tests.torture.oracle import Count, Oracle
from tests.torture.plan import KIND, NEEDLESS, Event, Life, Row
from tests.torture.scale import TIMING, pause
from tests.torture.scene import Scene
from tests.torture.standin import Stage, StandIn
from tests.torture.worker import Order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.torture.nursery import Nursery
    from tests.torture.plan import Episode

_LOOK_S = 0.08
_STILL = 3
"""So many looks without a change, and nothing is under way."""
_PATIENCE_S = 4.0
_DRAIN_S = 40.0
_MANY = 10_000


@dataclass
class Ground:
    """What all episodes stand on."""

    nursery: Nursery
    discord: StandIn
    folder: Path
    planted: str
    seed: int
    kills: int = 0
    cold_kills: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    """How workers ended that nobody had killed, and steps that were met."""
    steps: Counter[str] = field(default_factory=Counter)


class Player:
    """Plays one episode in one lane."""

    def __init__(self, ground: Ground, episode: Episode, lane: int) -> None:
        self._ground, self._episode, self._lane = ground, episode, lane
        self._clock = LaneClock(ground.folder / "clocks", lane)
        self._file = ground.folder / f"episode-{episode.number}.db"
        self._scene = Scene(episode.number, self._clock, ground.discord.steady)
        self._stage = Stage(self._scene)
        self._moved: dict[int, float] = {}
        """When promises were changed, on the stand-in's clock."""
        self._lives = 0
        self._running: set[int] = set()
        self._cold: set[int] = set()

    async def play(self) -> Count:
        """From the promises to the count."""
        self._clock.put(0.0)
        self._scene.closed_dms = {self._scene.members[n] for n in self._episode.closed_dms}
        if self._episode.forgotten:
            self._scene.forget_thread()
        self._ground.discord.stages[str(self._episode.number)] = self._stage
        shutil.copyfile(self._ground.folder / "migrated.db", self._file)
        database = await Database.open(f"sqlite+aiosqlite:///{self._file}")
        events = asyncio.create_task(self._happen(database))
        try:
            await self._promise(database)
            for life in self._episode.lives:
                await self._live(life)
            events.cancel()
            await asyncio.gather(events, return_exceptions=True)
            return await self._end(database)
        finally:
            events.cancel()
            for pid in list(self._running):
                await self._kill(pid)
            await database.close()
            self._tidy()

    def _tidy(self) -> None:
        self._ground.steps.update(self._stage.hit)
        del self._ground.discord.stages[str(self._episode.number)]
        self._clock.close()
        for path in self._file.parent.glob(f"{self._file.name}*"):
            path.unlink()

    def _promise_of(self, n: int, row: Row, later: float = 0.0) -> Promise:
        due = self._began + timedelta(seconds=row.after + later)
        target = self._scene.members[row.target] if row.way is Way.DM else self._place(row.target)
        lapses = None if row.lapses is None else due + timedelta(seconds=row.lapses)
        place = self._scene.general if row.way is Way.DM and row.place is not None else None
        return Promise(
            KIND,
            self._scene.guild,
            f"thing {n}" if row.needed else f"{NEEDLESS} {n}",
            due,
            row.way,
            target,
            "",
            place,
            lapses,
        )

    async def _promise(self, database: Database) -> None:
        self._began = self._clock()
        async with database.write() as connection:
            for n, row in enumerate(self._episode.rows):
                await deliveries.put(connection, self._promise_of(n, row), self._began)

    def _place(self, number: int) -> int:
        return (self._scene.general, self._scene.second, self._scene.third, self._scene.forum)[number]

    async def _happen(self, database: Database) -> None:
        began = asyncio.get_running_loop().time()
        moves = [Event(row.moves / 3, "move", n) for n, row in enumerate(self._episode.rows) if row.moves is not None]
        for event in sorted((*self._episode.events, *moves), key=lambda event: event.at):
            await pause(max(0.0, began + event.at - asyncio.get_running_loop().time()))
            self._ground.steps[f"event {event.what}"] += 1
            if event.what == "move":
                row = self._episode.rows[event.where]
                promise = self._promise_of(event.where, row, row.moves or 0)
                async with database.write() as connection:
                    number = await deliveries.put(connection, promise, self._clock())
                self._moved[number] = self._ground.discord.steady()
            else:
                self._happens(event)

    def _happens(self, event: Event) -> None:
        scene = self._scene
        match event.what:
            case "outage" | "clear":
                self._stage.outage = ("silent", "503")[event.where] if event.what == "outage" else ""
            case "gone":
                scene.places[self._place(event.where)].gone = True
            case "deny" | "allow":
                scene.places[self._place(event.where)].denied = int(event.value)
            case "take":
                scene.take_away(event.where)
            case "clock":
                scene.now()
                self._clock.put(self._clock.offset + event.value)
                scene.now()
            case "close-dm":
                scene.closed_dms.add(scene.members[event.where])
            case "full" | "space":
                self._limit(0 if event.what == "full" else resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        """No write to a file beyond this size succeeds for the workers now living: EFBIG, for ENOSPC."""
        for pid in self._running:
            try:
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            except (ProcessLookupError, PermissionError):
                continue

    async def _born(self, life: Life | None) -> int:
        self._lives += 1
        number = str(self._lives)
        self._stage.begin(number, life.troubles if life else ())
        order = Order(
            life=f"{self._episode.number}.{number}",
            base=self._ground.discord.base,
            database=str(self._file),
            page=str(self._ground.folder / "clocks"),
            lane=self._lane,
            guild=self._scene.guild,
            desk=self._scene.desk,
            step=life.step if life else "",
            nth=life.nth if life else 1,
            ends=life.ends if life else "",
            seed=self._ground.seed + self._lives,
            planted=self._ground.planted,
            faults=str(self._ground.folder / "faults"),
        )
        pid = await self._ground.nursery.born(order, cold=bool(life and life.cold))
        self._running.add(pid)
        if life and life.cold:
            self._cold.add(pid)
        return pid

    async def _live(self, life: Life) -> None:
        await pause(life.pause)
        pid = await self._born(life)
        others = [await self._born(None)] if life.beside else []
        if life.ends == "stop":
            others = [await self._suspended(pid, life)]
        elif life.ends == "term":
            await self._ended_orderly(pid, life.seconds)
        elif await self._ground.nursery.died(pid, life.seconds) and life.step:
            self._ground.steps[f"db {life.step} kill"] += 1
        for one in (pid, *others):
            await self._kill(one)

    async def _suspended(self, pid: int, life: Life) -> int:
        """Suspended beyond its lease while another takes over; then both go on for a while."""
        await pause(life.seconds)
        self._ground.nursery.signal(pid, signal.SIGSTOP)
        self._ground.steps["suspended"] += 1
        other = await self._born(None)
        await pause(TIMING.lease * 1.2)
        self._ground.nursery.signal(pid, signal.SIGCONT)
        await pause(0.5)
        return other

    async def _ended_orderly(self, pid: int, seconds: float) -> None:
        if not await self._ground.nursery.died(pid, seconds):
            self._ground.nursery.signal(pid, signal.SIGTERM)
            if not await self._ground.nursery.died(pid, 5.0):
                self._ground.ended["did not end when asked"] += 1

    async def _kill(self, pid: int) -> None:
        self._ground.nursery.signal(pid, signal.SIGKILL)
        await self._ground.nursery.died(pid, 10.0)
        self._running.discard(pid)
        status = self._ground.nursery.status(pid)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            self._ground.kills += 1
            self._ground.cold_kills += pid in self._cold
        elif status and not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGTERM):
            self._ground.ended[f"ended by itself, status {status}"] += 1

    async def _end(self, database: Database) -> Count:
        """All faults are over: wait until nothing is to come, do what people would do, and count."""
        self._heal()
        pid = await self._drained(database, await self._born(Life(0.0, self._episode.last, ends="")))
        parked = Oracle(self._scene, self._name, self._moved)
        checked = parked.judge([row for row in await self._rows(database) if row.state == PARKED])
        await self._mend(database)
        pid = await self._drained(database, pid)
        await self._ended_orderly(pid, 0.0)
        await self._kill(pid)
        self._scene.now()
        count = Oracle(self._scene, self._name, self._moved).judge(await self._rows(database))
        count.rows["parked, then mended"] = checked.rows[PARKED] - count.rows[PARKED]
        count.unexplained += sum("parked without cause" in words for words in checked.wrong)
        count.wrong += [words for words in checked.wrong if "parked without cause" in words]
        return count

    @property
    def _name(self) -> str:
        return f"episode {self._episode.number} ({self._episode.name})"

    def _heal(self) -> None:
        self._stage.heal()
        for place in self._scene.places.values():
            place.denied = 0

    async def _rows(self, database: Database) -> list[Delivery]:
        async with database.read() as connection:
            return await deliveries.page(connection, STATES, limit=_MANY)

    async def _drained(self, database: Database, pid: int) -> int:
        """Wait until nothing is to come; what is far off is made near by setting the clock ahead. Who works then."""
        loop, still, last = asyncio.get_running_loop(), 0, None
        until = loop.time() + _DRAIN_S
        while loop.time() < until:
            async with database.read() as connection:
                at = await deliveries.next_wake(connection)
            if at is None:
                return pid
            if await self._ground.nursery.died(pid, 0):  # by itself: it is started again, as everywhere
                await self._kill(pid)
                pid = await self._born(None)
            still = still + 1 if at == last else 0
            last = at
            left = (at - self._clock()).total_seconds()
            if left > (_PATIENCE_S if self._episode.patient else 0.0) and still >= _STILL:
                self._clock.put(self._clock.offset + left + 0.01)
                self._scene.now()
                still = 0
            await pause(_LOOK_S)
        self._ground.nursery.signal(pid, signal.SIGUSR1)
        await pause(1.0)
        return pid

    async def _mend(self, database: Database) -> None:
        """What organizers do about parked ones: try again, or choose another channel for one that is gone."""
        parked = [row for row in await self._rows(database) if row.state == PARKED and row.way is not Way.NOTE]
        gone = {place.number for place in self._scene.places.values() if place.gone}
        again = [row.delivery_id for row in parked if row.target_id not in gone]
        async with database.write() as connection:
            now = self._clock()
            await deliveries.revive(connection, again, now, lapses_at=now + timedelta(days=1))
            for place in gone & {row.target_id for row in parked if row.way is Way.CHANNEL}:
                await deliveries.retarget(connection, self._scene.guild, place, self._scene.general, self._clock())
