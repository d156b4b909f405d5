"""Any series this house can make: written, read back by two libraries, the same occurrences for ten years."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cogs.events.ical.made import TALK, file_of, times_of

if TYPE_CHECKING:
    from hypothesis.vendor.pretty import RepresentationPrinter

    from cogs.events.ical.entry import Entry

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "Europe/London",
    "Europe/Dublin",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Santiago",
)
RULES = (
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=MONTHLY;BYDAY=-1TH",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=3SU",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=WEEKLY;BYDAY=SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
    "FREQ=WEEKLY;BYDAY=SA;COUNT=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=DAILY;INTERVAL=10",
)
YEARS = timedelta(days=3653)
EDGE = timedelta(days=3)
NIGHT = timedelta(hours=3)
FIRST = datetime(2026, 1, 1)  # noqa: DTZ001 - a wall time


@dataclass(frozen=True)
class Made:
    """Entries, and when they take place (starts and ends, UTC)."""

    entries: tuple[Entry, ...]
    times: frozenset[tuple[datetime, datetime]] = field(repr=False)

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        printer.text(repr(self))


@st.composite
def series(draw: st.DrawFn) -> Made:
    """A series with what was skipped, moved and cancelled, and when it takes place."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    rule = draw(st.sampled_from(RULES))
    minutes = draw(st.sampled_from((0, 30, 90, 150, 180, 900, 1425)))  # the small ones are when clocks change
    begin = FIRST + timedelta(days=draw(st.integers(0, 400)), minutes=minutes)
    length = timedelta(minutes=draw(st.sampled_from((30, 60, 120, 26 * 60))))
    keys = list(rrulestr(rule, dtstart=begin).between(begin, FIRST + YEARS, inc=True))
    part = draw(st.integers(0, len(keys) - 1))
    until = keys[part] if "COUNT" not in rule and draw(st.booleans()) else None
    keys = [key for key in keys if until is None or key <= until]
    odd = draw(st.lists(st.sampled_from(keys), unique=True, max_size=4))
    skipped, changed = tuple(odd[: len(odd) // 2]), odd[len(odd) // 2 :]
    first = keys[0].replace(tzinfo=zone)
    whole = replace(
        TALK, zone=zone.key, rule=rule, starts_at=first, ends_at=first + length, until=until, skipped=skipped
    )
    moved = [
        replace(
            whole,
            rule="",
            until=None,
            skipped=(),
            instead_of=key,
            starts_at=_at(key, zone) + timedelta(hours=25),
            ends_at=_at(key, zone) + timedelta(hours=27),
            cancelled=draw(st.booleans()),
        )
        for key in changed
    ]
    times = [(_at(key, zone), _at(key + length, zone)) for key in keys if key not in odd]
    times += [(entry.starts_at, entry.ends_at) for entry in moved if not entry.cancelled]
    return Made((whole, *moved), frozenset(times))


def _at(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


@settings(max_examples=80, deadline=None)
@given(series(), st.booleans())
def test_what_is_written_is_read_back_as_the_same_occurrences_for_ten_years(made: Made, by_our_own_zone: bool) -> None:
    content = file_of(*made.entries)
    if by_our_own_zone:  # a name nobody knows, and each its own: the library keeps what it read
        content = content.replace(made.entries[0].zone.encode(), b"Ours-%d" % crc32(content))
    begin = FIRST.replace(tzinfo=UTC) - timedelta(days=2)
    read = times_of(content, begin, begin + YEARS)
    zone = ZoneInfo(made.entries[0].zone) if by_our_own_zone else None
    found = {time for time in read if time[0] < begin + YEARS - EDGE and not _of_two_minds(time, zone)}
    meant = {time for time in made.times if time[0] < begin + YEARS - EDGE and not _of_two_minds(time, zone)}
    assert found - meant == set()
    assert meant - found == set()


def _of_two_minds(time: tuple[datetime, datetime], zone: ZoneInfo | None) -> bool:
    """Whether it begins or ends in a night in which the clocks change: libraries differ about hours that come twice."""
    return zone is not None and any(
        (at - NIGHT).astimezone(zone).utcoffset() != (at + NIGHT).astimezone(zone).utcoffset() for at in time
    )
