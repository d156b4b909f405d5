"""Pacing: no faster than Discord lets us, overall and into each place.

Discord takes 50 requests a second from a bot (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit)
and, as measured by others, about five messages in five seconds into one channel. discord.py waits where Discord says
so; pacing keeps it from having to.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.delivery.timing import uptime

if TYPE_CHECKING:
    from bot.delivery.timing import Timing

_PLACES_KEPT = 2_000
_BURST = 1.0  # of all messages: at 48 a second a 51st comes into one second only where it is 41 ms early
_CHANNEL_BURST = 4.0


class Turns:
    """Turns at a steady rate, of which a few may be taken at once (the generic cell rate algorithm)."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._gap = 1 / per_second
        self._slack = (burst - 1) * self._gap
        self._next = 0.0

    def take(self, now: float) -> float:
        """Take the next turn; seconds until it comes (0 where it is now)."""
        turn = max(self._next, now - self._slack)
        self._next = turn + self._gap
        return max(0.0, turn - now)

    def idle(self, now: float) -> bool:
        """Whether all turns can be taken at once again."""
        return self._next <= now - self._slack


class Pace:
    """The turns of one bot: overall, in each place, and for opening direct messages."""

    def __init__(self, timing: Timing) -> None:
        self._per_channel = timing.per_channel
        self._all = Turns(timing.per_second, _BURST)
        self._direct = Turns(timing.direct_messages, _CHANNEL_BURST)
        self._places: dict[int, Turns] = {}

    async def place(self, place: int, *, direct: bool = False) -> None:
        """Wait for a turn in this place: a channel's or a member's number."""
        if len(self._places) > _PLACES_KEPT:
            now = uptime()
            self._places = {number: turns for number, turns in self._places.items() if not turns.idle(now)}
        turns = self._places.setdefault(place, Turns(self._per_channel, _CHANNEL_BURST))
        await asyncio.sleep(turns.take(uptime()))
        if direct:
            await asyncio.sleep(self._direct.take(uptime()))

    async def request(self) -> None:
        """Wait for a turn among all requests."""
        await asyncio.sleep(self._all.take(uptime()))
