"""An event as plain text, for a mailing list or another platform: with the time in each of the US time zones."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.kit.words import tidy

if TYPE_CHECKING:
    from datetime import datetime

ZONES = (
    ("Eastern", "America/New_York"),
    ("Central", "America/Chicago"),
    ("Mountain", "America/Denver"),
    ("Pacific", "America/Los_Angeles"),
    ("Alaska", "America/Anchorage"),
    ("Hawaii", "Pacific/Honolulu"),
)
"""The zones of the United States, from east to west."""
_NOON = 12


def text(title: str, about: str, starts_at: datetime, ends_at: datetime, where: str, hosts: str, link: str) -> str:
    """The whole announcement; `where`, `hosts` and `link` may be empty, `link` leads to the card in Discord."""
    lines = [tidy(title), "", *when(starts_at, ends_at)]
    lines += ["", f"Where: {where}"] if where else []
    lines += ["", f"Hosted by {hosts}"] if hosts else []
    lines += ["", tidy(about, lines=True)] if about else []
    lines += ["", f"Details, and to say whether you come: {link}"] if link else []
    return "\n".join(lines)


def when(starts_at: datetime, ends_at: datetime) -> list[str]:
    """The day and hour in each zone, one a line; the day is named once where it is the same in all of them."""
    starts = [starts_at.astimezone(ZoneInfo(name)) for _, name in ZONES]
    days = {start.date() for start in starts}
    lines = [_day(starts[0])] if len(days) == 1 else []
    for (label, name), start in zip(ZONES, starts, strict=True):
        end = ends_at.astimezone(ZoneInfo(name))
        day = "" if len(days) == 1 else f"{_day(start)}, "
        later = "" if end.date() == start.date() else f" on {_day(end)}"
        lines.append(f"{day}{_clock(start)} to {_clock(end)}{later} {label}")
    return lines


def _day(at: datetime) -> str:
    return f"{at:%A, %B} {at.day}, {at.year}"


def _clock(at: datetime) -> str:
    return f"{at.hour % _NOON or _NOON}:{at.minute:02} {'AM' if at.hour < _NOON else 'PM'}"
