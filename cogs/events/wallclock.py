"""Wall clock to moment: what an hour on the wall means on the nights when the clocks change.

RFC 5545, section 3.3.5: an hour that happens twice is the first of the two; an hour that does not happen is counted
with the offset that held before the gap. Python's `fold=0` does both (PEP 495).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def moment(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, of a naive local time in `zone`; `fold=1` is heard only where the hour happens twice."""
    fold = local.fold if twice(local, zone) else 0
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def on_the_wall(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks of `zone` show at an aware moment, naive; `fold` says which of two equal hours it is."""
    return at.astimezone(zone).replace(tzinfo=None)


def exists(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of `zone` ever show this naive local time."""
    first = local.replace(tzinfo=zone, fold=0)
    return on_the_wall(first.astimezone(UTC), zone).replace(fold=0) == local.replace(fold=0)


def twice(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of `zone` show this naive local time twice, as when they go back in autumn."""
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second and exists(local, zone)
