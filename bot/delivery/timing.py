"""How long things take and how often they are tried, in one place; seconds unless named otherwise."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """The worker's waits. The trial by fire runs with shorter ones, in the same proportions.

    `nonce` is how long Discord surely recognizes a message that comes again with the same nonce: it says "the past few
    minutes" (https://docs.discord.com/developers/resources/message#create-message), plan for 2. `attempt` is how long
    one attempt may go on; it ends well before `nonce` and `lease`. `again` lies between two refusals that count.
    """

    nonce: float = 100.0
    attempt: float = 60.0
    lease: float = 120.0
    chore: float = 600.0
    waits: tuple[float, ...] = (5.0, 15.0, 45.0, 120.0, 300.0, 900.0)
    again: float = 60.0
    edge: float = 900.0
    late: float = 300.0
    away: float = 600.0
    per_second: float = 48.0
    per_channel: float = 0.9
    direct_messages: float = 0.5


def uptime() -> float:
    """Seconds on a clock that nobody sets and that goes on while the machine sleeps, where the system has one."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
