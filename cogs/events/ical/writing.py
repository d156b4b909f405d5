"""Writes a calendar: what goes out as a file, and what people subscribe to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cogs.events.ical.lines import address, joined, text
from cogs.events.ical.zones import zone_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogs.events.ical.entry import Calendar, Entry

TYPE = "text/calendar; charset=utf-8"
PROGRAM = "-//Benchmate//Benchmate//EN"
REFRESH = "PT1H"
"""How often programs should look again. They do as they please: Google takes 12 to 24 hours, Outlook 3 to 24."""
CANCELLED_FOR = timedelta(days=30)
"""How long a cancelled event stays in a feed, so that programs that look rarely learn of it."""
_RULE = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*")
_UID = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class Written:
    """A calendar as a file, and the entries that could not be written, each with why."""

    content: bytes
    left_out: tuple[tuple[Entry, str], ...] = ()


def current(entries: Iterable[Entry], now: datetime) -> tuple[Entry, ...]:
    """What belongs in a feed at `now` (aware): all but what was cancelled `CANCELLED_FOR` ago or earlier."""
    return tuple(entry for entry in entries if not entry.cancelled or now - entry.changed_at < CANCELLED_FOR)


def write(calendar: Calendar) -> Written:
    """The calendar as a file. An entry that cannot be written is left out and named, and the rest is there."""
    body: list[str] = []
    first_years: dict[str, int] = {}
    left_out: list[tuple[Entry, str]] = []
    for entry in calendar.entries:
        try:
            lines = _event(entry)
            if entry.keeps_its_hour:
                year = min(entry.starts_at.year, (entry.instead_of or entry.starts_at).year)
                year = min(year, first_years.get(entry.zone, year))
                zone_lines(entry.zone, year)
                first_years[entry.zone] = year
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with one must not take the others along
            left_out.append((entry, f"{type(fault).__name__}: {fault}"))
            continue
        body += lines
    zones = [line for zone, year in sorted(first_years.items()) for line in zone_lines(zone, year)]
    return Written(joined([*_head(calendar), *zones, *body, "END:VCALENDAR"]), tuple(left_out))


def _head(calendar: Calendar) -> list[str]:
    name, about = text(calendar.name), text(calendar.about, lines=True)
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PROGRAM}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        *([f"DESCRIPTION:{about}", f"X-WR-CALDESC:{about}"] if about else []),
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]


def _event(entry: Entry) -> list[str]:
    """The lines of one entry. Raises ValueError, KeyError or OverflowError where it makes no sense."""
    if not _UID.fullmatch(entry.uid):
        raise ValueError("the identifier is not plain text")
    if entry.ends_at < entry.starts_at:
        raise ValueError("it ends before it starts")
    changed = _utc(entry.changed_at)
    place, about = text(entry.place), text(entry.about, lines=True)
    link = address(entry.link)
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{entry.version}",
        *_when(entry),
        f"SUMMARY:{text(entry.title)}",
        *([f"DESCRIPTION:{about}"] if about else []),
        *([f"LOCATION:{place}"] if place else []),
        *([f"URL:{link}"] if link else []),
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def _when(entry: Entry) -> list[str]:
    if not entry.keeps_its_hour:
        return [f"DTSTART:{_utc(entry.starts_at)}", f"DTEND:{_utc(entry.ends_at)}"]
    zone = ZoneInfo(entry.zone)
    there = f";TZID={entry.zone}"
    starts_at, ends_at = entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)
    lines = [f"DTSTART{there}:{_wall(starts_at)}", f"DTEND{there}:{_wall(ends_at)}"]
    if entry.instead_of is not None:
        if starts_at.fold or ends_at.fold:  # an hour that comes twice is read as the first (RFC 5545, 3.3.5)
            lines = [f"DTSTART:{_utc(starts_at)}", f"DTEND:{_utc(ends_at)}"]
        return [*lines, f"RECURRENCE-ID{there}:{_wall(entry.instead_of)}"]
    if not _RULE.fullmatch(entry.rule) or "UNTIL=" in entry.rule:
        raise ValueError("the rule is not one of ours")
    until = f";UNTIL={_utc(entry.until.replace(tzinfo=zone))}" if entry.until else ""
    skipped = ",".join(_wall(at) for at in entry.skipped)
    return [*lines, f"RRULE:{entry.rule}{until}", *([f"EXDATE{there}:{skipped}"] if skipped else [])]


def _utc(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment without a zone")
    at = at.astimezone(UTC)
    return f"{_wall(at)}Z"


def _wall(at: datetime) -> str:
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}"
