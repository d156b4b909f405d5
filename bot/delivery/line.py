"""The line to Discord, watched: what time it is there, whether it asks everyone to wait, and whose time is over.

discord.py hands its requests to aiohttp, which tells this trace of each. A request whose attempt has run out of time is
stopped in the last moment before it is written: a process that was asleep beyond its lease must not send what another
has sent meanwhile.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import aiohttp

from bot.delivery.timing import uptime

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot.kit.clock import Clock

log = logging.getLogger(__name__)

_TOO_MANY = 429


@dataclass(slots=True)
class _Attempt:
    ends_at: float
    posts: int | None


_attempt: ContextVar[_Attempt | None] = ContextVar("attempt", default=None)


class AttemptOverError(Exception):
    """An attempt took too long, so its request was not written."""


class ClosedError(Exception):
    """Discord asks everyone to wait. `tried` says whether anything of this attempt may have reached it."""

    def __init__(self, *, tried: bool) -> None:
        super().__init__("Discord asks everyone to wait")
        self.tried = tried


class Line:
    """What is known of Discord from its answers' headers. `edge_wait` is how long to wait for the edge, in seconds."""

    def __init__(self, edge_wait: float) -> None:
        self._edge_wait = edge_wait
        self._date: tuple[datetime, float] | None = None
        self._closed_until = 0.0
        self.turn: Callable[[], Awaitable[None]] | None = None
        """Waits for a turn among all requests; each request of an attempt takes one."""

    def trace(self) -> aiohttp.TraceConfig:
        """What discord.py's client takes as `http_trace`."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._begin)
        config.on_connection_reuseconn.append(_in_time)
        config.on_connection_create_end.append(_in_time)
        config.on_request_end.append(self._heard)
        return config

    @contextmanager
    def attempt(self, seconds: float, *, posts: int | None = None) -> Iterator[None]:
        """Within it, requests of this task are written for so many seconds; later ones raise AttemptOverError.

        So do POST requests after the first `posts` of them, where that is given: discord.py repeats a request that got
        no answer, and what has no nonce must not be repeated blindly.
        """
        token = _attempt.set(_Attempt(uptime() + seconds, posts))
        try:
            yield
        finally:
            _attempt.reset(token)

    def time(self, clock: Clock) -> datetime:
        """The time at Discord (UTC), whatever this machine's clock says; the clock's where Discord never answered."""
        if self._date is None:
            return clock()
        said, then = self._date
        return said + timedelta(seconds=uptime() - then)

    @property
    def closed_for(self) -> float:
        """Seconds for which Discord wants no request from anyone here; 0 where the line is open."""
        return max(0.0, self._closed_until - uptime())

    def close_for(self, seconds: float) -> None:
        """Let all wait that long, or longer where they do already."""
        self._closed_until = max(self._closed_until, uptime() + seconds)

    async def _begin(self, _session: object, _context: object, begun: aiohttp.TraceRequestStartParams) -> None:
        attempt = _attempt.get()
        if attempt is None:
            return
        if begun.method == "POST" and attempt.posts is not None:
            attempt.posts -= 1
            if attempt.posts < 0:
                raise AttemptOverError("it was sent once, and nothing would recognize it the second time")
        if self.turn is not None:
            await self.turn()
        await _in_time()

    async def _heard(self, _session: object, _context: object, heard: aiohttp.TraceRequestEndParams) -> None:
        headers = heard.response.headers
        with suppress(ValueError):
            self._date = (parsedate_to_datetime(headers.get("Date", "")), uptime())
        if heard.response.status != _TOO_MANY:
            return
        asked = _seconds(headers.get("Retry-After", ""))
        if not headers.get("Via"):
            log.warning("Discord's edge asks for silence")
            self.close_for(max(self._edge_wait, asked))
        elif headers.get("X-RateLimit-Global", "").lower() == "true" or headers.get("X-RateLimit-Scope") == "global":
            self.close_for(asked)
            if _attempt.get() is not None:  # discord.py would wait, and cut off in that wait it lets nobody speak again
                heard.response.close()
                raise ClosedError(tried=True)


async def _in_time(*_told: object) -> None:
    attempt = _attempt.get()
    if attempt is not None and uptime() > attempt.ends_at:
        raise AttemptOverError("the attempt took too long")


def _seconds(asked: str) -> float:
    try:
        return max(0.0, float(asked))
    except ValueError:
        return 0.0
