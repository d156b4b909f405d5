"""A sign of life to a monitor on the web while all is well; when it stops, the monitor writes to the caretaker."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.kit.fetching import FetchFault

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.kit.fetching import Fetcher
    from web.app import Part

log = logging.getLogger(__name__)

EVERY_S = 240.0
WHEN_NOT_WELL_S = 30.0
"""How soon to look again where something is not well, or the monitor could not be reached."""
_WITHIN_S = 20.0
_REFUSED = 400


async def beat(
    url: str,
    health: Callable[[], Awaitable[Mapping[str, Part]]],
    fetcher: Fetcher,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Call `url` every four minutes while all parts are well, for ever; `pause` waits that many seconds.

    The address is a secret, and is in no log.
    """
    trouble = ""
    while True:
        bad = [name for name, part in (await health()).items() if not part.well]
        problem = f"not well: {', '.join(bad)}" if bad else await _called(url, fetcher)
        if problem and problem != trouble:
            log.warning("No sign of life to the monitor at HEARTBEAT_URL: %s", problem)
        elif trouble and not problem:
            log.info("The monitor at HEARTBEAT_URL hears of us again")
        trouble = problem
        await pause(WHEN_NOT_WELL_S if problem else EVERY_S)


async def _called(url: str, fetcher: Fetcher) -> str:
    """Call it once; what went wrong, or nothing."""
    try:
        answer = await fetcher.fetch(url, within=_WITHIN_S)
    except FetchFault as fault:
        return fault.words
    return f"it answers with status {answer.status}" if answer.status >= _REFUSED else ""
