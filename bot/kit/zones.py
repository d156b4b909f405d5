"""Time zones: which one counts where nobody has said another."""

from __future__ import annotations

from zoneinfo import ZoneInfo

SERVER_ZONE = ZoneInfo("America/New_York")
"""The zone of a server that has not named its own; its members see each moment in their own zone in any case."""
