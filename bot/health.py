"""How the bot is: Discord's heartbeat, the last event from it, deliveries in time, the database.

Being connected is not enough: a connection can stand for hours while nothing comes through.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from db.delivery import next_wake
from db.faults import StorageFault
from db.migrations import revision
from web.app import Part

if TYPE_CHECKING:
    from bot.client.connecting import Presence
    from bot.kit.clock import Clock
    from db.engine import Database

LONGEST_SILENCE = timedelta(hours=24)
"""In a quiet server hours may pass without an event; but Discord has bots resume their session more than once a day."""
LONGEST_DELAY = timedelta(minutes=5)
"""How late a delivery may be. What waits for its next try is not late."""
_DATABASE_WITHIN_S = 3.0


async def health(presence: Presence, database: Database, clock: Clock) -> dict[str, Part]:
    """All parts, by name: `heartbeat`, `last_event`, `deliveries`, `database`."""
    now = clock()
    bot = presence.bot
    latency = bot.latency if bot is not None and presence.connected else None
    silent = now - bot.last_event_at if bot is not None and bot.last_event_at else None
    late: timedelta | None = None
    try:
        async with asyncio.timeout(_DATABASE_WITHIN_S), database.read() as connection:
            due = await next_wake(connection)
            late = max(now - due, timedelta(0)) if due is not None else timedelta(0)
        readable = await revision(database) is not None
    except (StorageFault, TimeoutError):
        readable = False
    return {
        "heartbeat": Part(latency is not None, {} if latency is None else {"latency_s": round(latency, 3)}),
        "last_event": Part(silent is not None and silent < LONGEST_SILENCE, _seconds("ago_s", silent)),
        "deliveries": Part(late is not None and late < LONGEST_DELAY, _seconds("late_s", late)),
        "database": Part(readable),
    }


def _seconds(name: str, span: timedelta | None) -> dict[str, float | str]:
    return {} if span is None else {name: round(span.total_seconds(), 1)}
