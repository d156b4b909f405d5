"""Good manners: one request at a time to a host, and a pause between two."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

LONGEST_PAUSE = 30.0
"""Seconds that a site may ask for between two requests; more would stop everything behind it."""


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pause: float = 0.0
    free_at: float = 0.0


class Turns:
    """Who may ask a host next.

    `pause` is in seconds, from the end of one request to the start of the next to the same host. `sleep` waits; it is
    passed in so that tests need not.
    """

    def __init__(self, pause: float = 0.0, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._pause, self._sleep = pause, sleep
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Wait for the turn at `host`, never longer than its pause, and hold it."""
        turn = self._hosts[host]
        async with turn.lock:
            clock = asyncio.get_running_loop().time
            wait = min(turn.free_at - clock(), max(self._pause, turn.pause))
            if wait > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                turn.free_at = clock() + max(self._pause, turn.pause)

    def slow(self, host: str, pause: float) -> None:
        """Leave at least `pause` seconds (at most `LONGEST_PAUSE`) between two requests to `host` from now on."""
        self._hosts[host].pause = min(pause, LONGEST_PAUSE)
