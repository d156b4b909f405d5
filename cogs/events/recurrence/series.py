"""A series: a rule from a first local start on, less what is skipped. Its occurrences are known by their local start.

Expanded in naive local time, and the zone attached afterwards: so 3 PM stays 3 PM when the clocks change.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from cogs.events import wallclock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from cogs.events.recurrence.rule import Rule

LONGEST = timedelta(days=366 * 20)
"""How far from its first start a series is followed: it bounds the steps of any rule to some seven thousand."""
_YEAR = timedelta(days=363)
"""Not quite one: the first Tuesday of the same month next year may be 364 days later, and is not in it."""
_NEAR = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Series:
    """`start` and `skipped` are naive local times in `zone`."""

    rule: Rule
    start: datetime
    zone: ZoneInfo
    skipped: frozenset[datetime] = field(default_factory=frozenset)

    def keys(self, after: datetime, before: datetime) -> list[datetime]:
        """The local starts from `after` to `before`, both naive local and both included; skipped ones left out."""
        return [key for key in self._all(before) if key >= after and key not in self.skipped]

    def first(self) -> datetime | None:
        """The first local start that is not skipped, within five years; None for a rule that never falls due."""
        found = (key for key in self._all(self.start + timedelta(days=366 * 5)) if key not in self.skipped)
        return next(found, None)

    def year(self, most: int) -> list[datetime]:
        """The local starts of its first twelve months, `most` of them at most; skipped ones left out."""
        return self.keys(self.start, self.start + _YEAR)[:most]

    def last(self) -> datetime | None:
        """The last local start of a series that ends within `LONGEST`; None for one that goes on."""
        if self.rule.count is None and self.rule.until is None:
            return None
        found = list(self._all(self.start + LONGEST))
        ends = self.rule.until is not None and self.rule.until <= self.start + LONGEST
        ends = ends or len(found) == self.rule.count
        return next((key for key in reversed(found) if key not in self.skipped), None) if ends else None

    def moment(self, key: datetime) -> datetime:
        """When the occurrence of that key starts, in UTC."""
        return wallclock.moment(key, self.zone)

    def _all(self, before: datetime) -> Iterator[datetime]:
        before = min(before, self.start + LONGEST)
        return islice(self.rule.expanded(self.start, before), self.rule.count)


def skipping(series: Series, key: datetime) -> Series:
    """The series without the occurrence of that key."""
    return replace(series, skipped=series.skipped | {key})


def unskipping(series: Series, key: datetime) -> Series:
    """The series with a skipped occurrence back in its place."""
    return replace(series, skipped=series.skipped - {key})


def ended(series: Series, last: datetime) -> Series:
    """The series that stops with the occurrence of that key (or the last one before it)."""
    return replace(series, rule=replace(series.rule, until=last, count=None))


def parted(series: Series, key: datetime) -> tuple[Series | None, Series]:
    """What was before an occurrence, and the series from it on; None for the former where it is the first.

    A number of times is shared between the two. Raises UserError where the series has no such occurrence.
    """
    before = list(series._all(key))  # noqa: SLF001 - the same module
    if not before or before[-1] != key:
        raise UserError("That date is no longer part of the series. Look at /events for its dates.")
    done = len(before) - 1
    rest = None if series.rule.count is None else series.rule.count - done
    later = replace(
        series,
        rule=replace(series.rule, count=rest),
        start=key,
        skipped=frozenset(skipped for skipped in series.skipped if skipped >= key),
    )
    if not done:
        return None, later
    earlier = replace(series, skipped=frozenset(skipped for skipped in series.skipped if skipped < key))
    return ended(earlier, before[-2]), later


def reclocked(series: Series, clock: time) -> Series:
    """The same days at another hour; what was skipped stays skipped, and the last day stays the last."""
    until = series.rule.until
    if until is not None:
        until = datetime.combine(until.date(), time(23, 59, 59))
    return replace(
        series,
        rule=replace(series.rule, until=until),
        start=datetime.combine(series.start.date(), clock),
        skipped=frozenset(datetime.combine(key.date(), clock) for key in series.skipped),
    )


def pairs(old: Sequence[datetime], new: Sequence[datetime]) -> dict[datetime, datetime]:
    """Which new date stands for which old one when a series changes: the same day, else the nearest within six days.

    So that who goes on Tuesday goes on Wednesday when the club moves to Wednesdays. Each is used once; both sorted.
    """
    days = {key.date(): key for key in new}
    found = {key: days[key.date()] for key in old if key.date() in days}
    free = [key for key in new if key not in set(found.values())]
    for key in old:
        if key in found or not free:
            continue
        nearest = min(free, key=lambda other: (abs(other - key), other))
        if abs(nearest - key) <= _NEAR:
            found[key] = nearest
            free.remove(nearest)
    return found
