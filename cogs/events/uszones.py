"""One moment in the time zones of the United States, for people whose mail shows no time of their own.

Reckoned for that very moment, so that it is right on the nights when the zones change one after another, and in
Arizona and Hawaii, which do not change. Alaska and Hawaii stand on a second line: a mailing list's members there have
been left to reckon for themselves often enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

CONTIGUOUS = {
    "Eastern": ZoneInfo("America/New_York"),
    "Central": ZoneInfo("America/Chicago"),
    "Mountain": ZoneInfo("America/Denver"),
    "Pacific": ZoneInfo("America/Los_Angeles"),
}
BEYOND = {"Alaska": ZoneInfo("America/Anchorage"), "Hawaii": ZoneInfo("Pacific/Honolulu")}


def contiguous(moment: datetime, home: ZoneInfo) -> str:
    """3:00 PM Eastern / 2:00 PM Central / 1:00 PM Mountain / 12:00 PM Pacific, of an aware moment.

    A zone in which it is another day than in `home`, the server's zone, says which.
    """
    return _in_each(moment, home, CONTIGUOUS)


def beyond(moment: datetime, home: ZoneInfo) -> str:
    """11:00 AM Alaska / 10:00 AM Hawaii."""
    return _in_each(moment, home, BEYOND)


def _in_each(moment: datetime, home: ZoneInfo, zones: dict[str, ZoneInfo]) -> str:
    there = moment.astimezone(home).date()
    said = []
    for name, zone in zones.items():
        local = moment.astimezone(zone)
        day = "" if local.date() == there else f" on {local:%A}"
        said.append(f"{local.hour % 12 or 12}:{local:%M %p} {name}{day}")
    return " / ".join(said)
