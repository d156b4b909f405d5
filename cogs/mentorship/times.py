"""When people who live by different clocks could meet, and the file that puts it into their calendars."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from db.mentorship import Meeting

MINUTES = 45
"""How long a first meeting takes."""
HOURS = ((time(9), time(17)), (time(8), time(20)), (time(6), time(22)))
"""Within which hours of everybody's own day a meeting may lie, the first that works for all."""
DAYS_AHEAD = 21
MOST = 6
PREFERRED = (10, 15, 13, 11, 16, 9)
"""Hours of the first person's day, in turn, so that not all suggestions are for the same time."""
_WEEKEND = 5


def suggestions(now: datetime, zones: Sequence[str]) -> list[datetime]:
    """Up to six hours (UTC) from tomorrow on, one a working day, that lie in everybody's day.

    `now` is aware, `zones` are IANA names, an unknown one counts as UTC. Empty where no hour suits all.
    """
    places = [_zone(name) for name in zones] or [ZoneInfo("UTC")]
    for begin, end in HOURS:
        found = _within(now, places, begin, end)
        if found:
            return found
    return []


def _within(now: datetime, places: Sequence[ZoneInfo], begin: time, end: time) -> list[datetime]:
    first = now.astimezone(places[0]).date()
    found: list[datetime] = []
    for ahead in range(1, DAYS_AHEAD + 1):
        day = first + timedelta(days=ahead)
        begins = [datetime.combine(day, time(hour), tzinfo=places[0]).astimezone(UTC) for hour in range(24)]
        fitting = {at.astimezone(places[0]).hour: at for at in begins if _suits(at, places, begin, end)}
        if fitting:
            turn = PREFERRED[len(found) % len(PREFERRED)]
            found.append(fitting[min(fitting, key=lambda hour: (abs(hour - turn), hour))])
        if len(found) == MOST:
            break
    return found


def _suits(at: datetime, places: Collection[ZoneInfo], begin: time, end: time) -> bool:
    for place in places:
        starts, stops = at.astimezone(place), (at + timedelta(minutes=MINUTES)).astimezone(place)
        if starts.weekday() >= _WEEKEND or starts.date() != stops.date():
            return False
        if starts.time() < begin or stops.time() > end:
            return False
    return True


def at_each(at: datetime, zones: Sequence[str]) -> str:
    """A moment by everybody's clock: "Tue Jan 6: 10:00 AM Chicago, 4:00 PM London"; the day of the first."""
    names = list(dict.fromkeys(zones)) or ["UTC"]
    clocks = []
    first = at.astimezone(_zone(names[0]))
    for name in names:
        local = at.astimezone(_zone(name))
        day = f" ({local:%a})" if local.date() != first.date() else ""
        clocks.append(f"{local.hour % 12 or 12}:{local:%M %p} {_city(name)}{day}")
    return f"{first:%a %b} {first.day}: {', '.join(clocks)}"


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def to_ics(meeting: Meeting, *, place: str, server: str, now: datetime) -> bytes:
    """A meeting as an .ics file (RFC 5545); `place` is the address of the thread. One that is off is canceled in it."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - seldom needed: a usual start does not carry it

    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Benchmate//Mentoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event.add("uid", f"mentoring-meeting-{meeting.meeting_id}@benchmate")
    event.add("sequence", meeting.sequence)
    if meeting.off_at is not None:
        event.add("status", "CANCELLED")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.starts_at.astimezone(UTC) + timedelta(minutes=meeting.minutes))
    event.add("summary", f"Mentoring meeting ({server})" if server else "Mentoring meeting")
    event.add("description", f"Your thread: {place}")
    event.add("url", place)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
