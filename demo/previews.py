"""The places that are open in the page: one simcord Preview each, one lock around them, and the pump.

simcord shows one channel at a time and moves its clock only when told to. So each place that someone opens gets a
Preview of its own, the clock follows real time in small steps, and a page is drawn again when its place has changed.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.client import Benchmate
from demo.drawing import Drawing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from simcord import Env, Preview

    from demo.places import Places
    from demo.world import Person, World

_BEAT_SECONDS: Final = 0.5
_LEAST_STEP_SECONDS: Final = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seat:
    """One place as one person sees it: what a page's token stands for."""

    channel_id: int
    person: Person


class Previews:
    """Opens places, lets one thing happen at a time, and keeps the open pages up to date."""

    def __init__(self, env: Env, world: World, places: Places) -> None:
        self._env = env
        self._world = world
        self._places = places
        self._lock = asyncio.Lock()
        self._open: dict[int, Preview] = {}
        self._seats: dict[str, Seat] = {}
        self._tokens: dict[tuple[int, str], str] = {}
        self.drawing = Drawing(env)
        self._ahead = timedelta()

    def token(self, channel_id: int, person: Person) -> str:
        """The unguessable word a page of this place for this person carries; the same one each time it is asked for."""
        key = (channel_id, person.key)
        if key not in self._tokens:
            self._tokens[key] = secrets.token_urlsafe(32)
            self._seats[self._tokens[key]] = Seat(channel_id, person)
        return self._tokens[key]

    def seat(self, token: str) -> Seat | None:
        """Whose page of which place carries this token; None for one that was never given out."""
        return self._seats.get(token)

    def opened(self, channel_id: int) -> Preview | None:
        """The place's Preview, or None where nobody has opened the place yet."""
        return self._open.get(channel_id)

    def any_open(self) -> Preview | None:
        """Some open Preview, or None before the first place is opened."""
        return next(iter(self._open.values()), None)

    async def open(self, channel_id: int, time_zone: str) -> Preview:
        """Open a place (once), with times shown in `time_zone` (an IANA name; UTC where it is not known)."""
        async with self._lock:
            preview = self._open.get(channel_id)
            if preview is None:
                # simcord allows one Preview for an Env and looks only here; each is complete in itself.
                self._env._preview = None
                preview = self._env.preview(
                    self._places.handle(channel_id),
                    viewers=self._places.viewers(channel_id),
                    layout="channel",
                    assets=self._world.pictures,
                )
                self.drawing.watch(preview)
                await preview.__aenter__()
                self._open[channel_id] = preview
            preview.timezone = _known_zone(time_zone)
            preview.viewers = self._places.viewers(channel_id)
            return preview

    @asynccontextmanager
    async def acting(self, preview: Preview) -> AsyncIterator[None]:
        """Nothing else happens while this page's action runs; afterwards the other pages are brought up to date."""
        async with self._lock:
            self._env._preview = preview  # simcord reports what an action did to the Preview that stands here
            preview._advance_presentation_time()
            try:
                yield
            finally:
                self.drawing.catch_up(self._open.values())

    async def pump(self) -> None:
        """Let the simulated world live in real time, beat by beat, until cancelled."""
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            await self.beat()

    @property
    def now(self) -> datetime:
        """The time in the simulated world (UTC)."""
        return self._env.now()

    async def leap(self, ahead: timedelta) -> None:
        """Let so much time pass at once: from now on the simulated world is further ahead of real time.

        It goes from one thing that is due to the next, so that each comes when it should.
        """
        left = ahead.total_seconds()
        while (step := await self._until_next()) is not None and step < left:
            left -= step
            await self._pass(step)
        await self._pass(left)

    async def _until_next(self) -> float | None:
        bot = self._env.bot
        seconds = await bot.delivery.next_wake() if isinstance(bot, Benchmate) else None
        return None if seconds is None else seconds + _LEAST_STEP_SECONDS

    async def _pass(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)
        await self.beat()

    async def beat(self) -> None:
        """Move the simulated clock up to its time, deliver what is due then, and bring the pages up to date."""
        async with self._lock:
            lag = (datetime.now(UTC) + self._ahead - self._env.now()).total_seconds()
            try:
                await self._env.advance_time(max(lag, 0.0))
                if isinstance(self._env.bot, Benchmate):
                    await self._env.bot.delivery.run_due()
                self.drawing.catch_up(self._open.values())
            except TimeoutError:
                _log.warning("The bot was busy for longer than a beat; the clock catches up with the next one")
            except Exception:  # noqa: BLE001 - one bad beat must not stop the clock for good
                _log.exception("A beat of the simulated clock was skipped")


def _known_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        return "UTC"
