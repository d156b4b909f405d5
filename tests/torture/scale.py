"""How long things take here: the worker's own waits and Discord's window, all a fiftieth of what they are outside."""

from __future__ import annotations

import asyncio
from dataclasses import fields
from typing import Any

from bot.delivery import Timing

SCALE = 50.0
_RATES = ("per_second", "per_channel", "direct_messages")


def scaled_timing() -> Timing:
    """The worker's defaults, in the same proportions."""
    usual = Timing()
    scaled: dict[str, float | tuple[float, ...]] = {}
    for field in fields(Timing):
        value = getattr(usual, field.name)
        if isinstance(value, tuple):
            scaled[field.name] = tuple(part / SCALE for part in value)
        else:
            scaled[field.name] = value * SCALE if field.name in _RATES else value / SCALE
    return Timing(**scaled)  # type: ignore[arg-type]  # each value is of the type it had


TIMING = scaled_timing()
NONCE_WINDOW = 130.0 / SCALE
"""For so long the stand-in knows a nonce: the two minutes to plan for, and a little, since one machine does it all."""
LONGER_THAN_NONCE = NONCE_WINDOW * 1.25


class ScaledAsyncio:
    """What discord.py's HTTP module uses as `asyncio`: its own waits, between tries and for a turn, scaled as well."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        """Wait a fiftieth of it."""
        await asyncio.sleep(0) if seconds <= 0 else await pause(seconds / SCALE)

    async def wait(self, waited: Any, *, timeout: float | None = None) -> Any:  # noqa: ASYNC109 - asyncio's own
        """Wait for a fiftieth of it at most."""
        return await asyncio.wait(waited, timeout=None if timeout is None else timeout / SCALE)


async def pause(seconds: float) -> None:
    """Let others go on for so long."""
    over = asyncio.Event()
    handle = asyncio.get_running_loop().call_later(seconds, over.set)
    try:
        await over.wait()
    finally:
        handle.cancel()
