"""VTIMEZONE: a time zone as rules, so that a series stays at its hour for years in every calendar program.

Lists of dates (RDATE) would be shorter to make, but Outlook shifts what follows them by an hour. So each change of the
clocks is described by the rule it follows; where it follows none (Morocco in Ramadan), each change stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

YEARS = 30
"""How far ahead the clocks are looked at. What follows a rule until then follows it for ever."""
_DAY = timedelta(days=1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7
_LASTING = 3
"""So many years in a row make a rule that is taken to go on; fewer are told one by one."""


@dataclass(frozen=True, slots=True)
class _Change:
    """The clocks change: `at` is when in UTC; the offsets before and after; the zone's name and sort after it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def local(self) -> datetime:
        """The moment on the clocks as they were before it, as RFC 5545 (3.6.5) writes it."""
        return (self.at + self.before).replace(tzinfo=None)


@lru_cache(maxsize=256)
def zone_lines(zone: str, first_year: int) -> tuple[str, ...]:
    """The VTIMEZONE of an IANA zone, right from `first_year` on: its lines, not folded.

    Raises ZoneInfoNotFoundError (a KeyError) or ValueError where there is no such zone.
    """
    known = ZoneInfo(zone)
    start = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    end = datetime(first_year + YEARS, 1, 1, tzinfo=UTC)
    changes = list(_changes(known, start, end))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    if not changes or changes[0].at.year >= first_year:  # else nothing would need it, and Outlook takes it ill
        lines += _part(_standing(known, start), "")
    for run in _runs(changes):
        rule = _pattern(run) if len(run) >= _LASTING else None
        if rule is None:
            lines += [line for change in run for line in _part(change, "")]
            continue
        over = run[-1].at.year < first_year + YEARS - 1
        until = f";UNTIL={run[-1].at:%Y%m%dT%H%M%SZ}" if over else ""
        lines += _part(run[0], f"RRULE:FREQ=YEARLY;{rule}{until}")
    return (*lines, "END:VTIMEZONE")


def _standing(zone: ZoneInfo, start: datetime) -> _Change:
    """What holds before the first change, told as a change to itself."""
    offset = _offset(zone, start)
    return _Change(start - offset, offset, offset, _name(zone, start), bool(start.astimezone(zone).dst()))


def _part(change: _Change, rule: str) -> list[str]:
    sort = "DAYLIGHT" if change.summer else "STANDARD"
    return [
        f"BEGIN:{sort}",
        f"DTSTART:{change.local:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_signed(change.before)}",
        f"TZOFFSETTO:{_signed(change.after)}",
        *([rule] if rule else []),
        f"TZNAME:{change.name}",
        f"END:{sort}",
    ]


def _signed(offset: timedelta) -> str:
    seconds = round(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}" + (f"{seconds_left:02}" if seconds_left else "")


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterable[_Change]:
    """Each moment from `start` to `end` (UTC) at which the offset changes, in order."""
    days = (end - start).days
    moments = [start + _DAY * day for day in range(days + 1)]
    for early, late in pairwise(moments):
        if _offset(zone, early) != _offset(zone, late):
            at = _moment(zone, early, late)
            before, after = _offset(zone, early), _offset(zone, at)
            yield _Change(at, before, after, _name(zone, at), bool(at.astimezone(zone).dst()))


def _moment(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """When between the two the offset changes, to the second."""
    before = _offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        early, late = (middle, late) if _offset(zone, middle) == before else (early, middle)
    return late


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _name(zone: ZoneInfo, at: datetime) -> str:
    return at.astimezone(zone).tzname() or "LMT"


def _runs(changes: Sequence[_Change]) -> Iterable[list[_Change]]:
    """The changes in runs that one rule can tell: alike, once a year, year after year; in the order they begin."""
    runs: list[list[_Change]] = []

    def alike(change: _Change) -> tuple[object, ...]:
        return change.before, change.after, change.name, change.summer

    for _, group in groupby(sorted(changes, key=lambda change: (repr(alike(change)), change.at)), key=alike):
        for change in group:
            run = runs[-1] if runs and alike(runs[-1][-1]) == alike(change) else None
            follows = run is not None and change.at.year == run[-1].at.year + 1
            if run is not None and follows and _pattern([*run, change]) is not None:
                run.append(change)
            else:
                runs.append([change])
    return sorted(runs, key=lambda run: run[0].at)


def _pattern(run: Sequence[_Change]) -> str | None:
    """The parts of a yearly rule that all these changes follow, or None."""
    locals_ = [change.local for change in run]
    if len({(at.time(), at.weekday()) for at in locals_}) != 1:
        return None
    day = _DAYS[locals_[0].weekday()]
    days = [at.day for at in locals_]
    if len({at.month for at in locals_}) == 1 and max(days) - min(days) < _WEEK:
        return f"BYMONTH={locals_[0].month};{_in_month([at.date() for at in locals_], day)}"
    before_new_year = sorted((date(at.year + 1, 1, 1) - at.date()).days for at in locals_)
    if before_new_year[-1] - before_new_year[0] < _WEEK:
        first = before_new_year[-1]
        window = ",".join(str(-number) for number in range(first, first - _WEEK, -1))
        return f"BYDAY={day};BYYEARDAY={window}"
    return None


def _in_month(days: Sequence[date], name: str) -> str:
    """Which of the month's Sundays (or whatever day): the second, the last, or the one in a window of seven days."""
    places = {(day.day - 1) // _WEEK + 1 for day in days}
    if len(places) == 1 and places <= {1, 2, 3, 4}:
        return f"BYDAY={places.pop()}{name}"
    if all((day + _WEEK * _DAY).month != day.month for day in days):
        return f"BYDAY=-1{name}"
    first = min(day.day for day in days)
    window = ",".join(str(number) for number in range(first, first + _WEEK))
    return f"BYDAY={name};BYMONTHDAY={window}"
