"""Time zones: which one counts where nobody has said another."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SERVER_ZONE = ZoneInfo("America/New_York")
"""The zone of a server that has not named its own; its members see each moment in their own zone in any case."""


def zone_named(name: str | None) -> ZoneInfo:
    """The zone a server has named; `SERVER_ZONE` where it has named none, or this machine does not know it."""
    try:
        return ZoneInfo(name) if name else SERVER_ZONE
    except (ZoneInfoNotFoundError, ValueError):
        return SERVER_ZONE
