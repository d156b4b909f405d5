"""Reads calendars that others wrote, as they are: odd zones, odd line ends, odd rules, and what was meant ill.

It takes as long as the calendar makes it take, and what a calendar says about a zone stays in the libraries' memory; so
the bot calls it in a process of its own (`apart`).
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, vDDDTypes
from icalendar.error import GloballyUniqueTZIDGuessed

from bot.kit.words import tidy
from cogs.events.ical.cleaning import cleaned, plain_text
from cogs.events.ical.found import MAX_EVENTS, Found, LeftOut, Reading, Trouble, UnreadableError
from cogs.events.ical.rules import OddRuleError, check_rules, straighten

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLE, PLACE, ABOUT = 200, 500, 4_000
"""How much of each is read, in characters."""
_LINK = re.compile(r"https?://[^\s<>\"]{1,500}")
_JOIN = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)
_MOST_DAYS = 62
"""An occurrence that lasts longer is somebody's opening hours, not an event."""


def read(content: bytes, zone: str, since: datetime, until: datetime) -> Reading:
    """What takes place in a calendar from `since` to `until` (aware).

    Times without a zone are taken in `zone` (an IANA name), unless the calendar says which. What cannot be understood
    is left out and named; what is no calendar, breaks off or is too much raises UnreadableError.
    """
    calendars = _calendars(content)
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if len(events) > MAX_EVENTS:
        raise UnreadableError(Trouble.TOO_MANY)
    said = str(calendars[0].get("X-WR-TIMEZONE", ""))
    there = _zone(said) or ZoneInfo(zone)
    found: list[Found] = []
    left_out: list[LeftOut] = []
    for uid, group in _grouped(events).items():
        try:
            found += _occurrences(uid, group, there, _zone(said) is not None, (since, until))
        except OddRuleError as odd:
            left_out.append(LeftOut(_text(group[0], "SUMMARY", TITLE), odd.why, _uid(group[0])))
        except Exception:  # noqa: BLE001 - whatever is wrong with one must not take the others along
            why = "its date or time cannot be read"
            left_out.append(LeftOut(_text(group[0], "SUMMARY", TITLE), why, _uid(group[0])))
        if len(found) > MAX_EVENTS:
            raise UnreadableError(Trouble.TOO_MANY)
    found = list({(each.uid, each.recurrence): each for each in reversed(found)}.values())  # an event inside another
    return Reading(
        name=tidy(str(calendars[0].get("X-WR-CALNAME") or calendars[0].get("NAME") or ""))[:TITLE],
        events=len(events),
        found=tuple(sorted(found, key=lambda each: (each.starts_at, each.uid, each.recurrence))),
        left_out=tuple(left_out),
        zones=tuple(sorted({name for event in events for name in _unknown_zones(event)})),
    )


def _calendars(content: bytes) -> list[Any]:
    text = cleaned(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
            calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as fault:
        raise UnreadableError(Trouble.NOT_A_CALENDAR) from fault
    if not calendars:
        raise UnreadableError(Trouble.NOT_A_CALENDAR)
    return list(calendars)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _grouped(events: Iterable[Any]) -> dict[str, list[Any]]:
    """The events by their UID; where one UID was given to sessions that are no series, each is a group of its own."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for event in events:
        groups[_uid(event)].append(event)
    apart: dict[str, list[Any]] = {}
    for uid, group in groups.items():
        single = [event for event in group if not {"RECURRENCE-ID", "RRULE", "RDATE"} & set(event)]
        starts = {_stamp(event): event for event in single}
        if len(single) == len(group) and len(starts) > 1:
            apart.update({f"{uid}#{stamp}"[:255]: [event] for stamp, event in starts.items()})
        else:
            apart[uid] = group
    return apart


def _stamp(event: Any) -> str:
    start = event.get("DTSTART")
    written: bytes | str = start.to_ical() if isinstance(start, vDDDTypes) else ""
    return written.decode() if isinstance(written, bytes) else written  # of what is no date it is text


def _uid(event: Any) -> str:
    uid = "".join(character for character in str(event.get("UID", "")) if character.isprintable()).strip()
    if not uid or len(uid) > 200:  # noqa: PLR2004 - room for what may be added
        seed = uid or f"{event.get('SUMMARY', '')}|{_stamp(event)}"
        return f"none-{sha256(seed.encode()).hexdigest()[:32]}"
    return uid


def _occurrences(
    uid: str, group: list[Any], there: ZoneInfo, is_said: bool, span: tuple[datetime, datetime]
) -> list[Found]:
    for event in group:
        check_rules(event, span[1])
        straighten(event, there)
        _check_end(event, there)
    calendar = Calendar()
    if is_said:
        calendar.add("X-WR-TIMEZONE", there.key)
    for event in group:
        calendar.add_component(event)
    recurs = any({"RECURRENCE-ID", "RRULE", "RDATE"} & set(event) for event in group)
    occurrences = recurring_ical_events.of(calendar).between(span[0], span[1])
    names = _recurrences(occurrences, group, there) if recurs else [""] * len(occurrences)
    found = [_found(uid, name, each, there) for name, each in zip(names, occurrences, strict=True)]
    return [each for each in found if each.starts_at < span[1] and each.ends_at > span[0]]


def _check_end(event: Any, there: ZoneInfo) -> None:
    start, end = event.get("DTSTART"), event.get("DTEND")
    if isinstance(end, vDDDTypes) and isinstance(start, vDDDTypes):
        starts, ends = start.dt, end.dt
        if isinstance(starts, date) and isinstance(ends, date) and _moment(ends, there) < _moment(starts, there):
            raise OddRuleError("it ends before it starts")


def _recurrences(occurrences: Iterable[Any], group: Iterable[Any], there: ZoneInfo) -> list[str]:
    """Which occurrences of their series they are.

    All that follow one that was changed with all after it (RANGE=THISANDFUTURE) say that they are that one; they are as
    far from it as their starts are from its start.
    """
    changed = {_recurrence(each["RECURRENCE-ID"].dt, there): each.start for each in group if "RECURRENCE-ID" in each}
    names = []
    for each in occurrences:
        at, start = each["RECURRENCE-ID"].dt, each.start
        first = changed.get(_recurrence(at, there), start)
        alike = isinstance(start, datetime) == isinstance(first, datetime)
        same_kind = alike and getattr(start, "tzinfo", None) == getattr(first, "tzinfo", None)
        later = start - first if same_kind else _moment(start, there) - _moment(first, there)
        names.append(_recurrence(at + later, there))
    return names


def _recurrence(at: date, there: ZoneInfo) -> str:
    """Which occurrence it is, always in the same way: a day, or a moment in UTC."""
    return f"{at:%Y%m%d}" if not isinstance(at, datetime) else f"{_moment(at, there):%Y%m%dT%H%M%SZ}"


def _found(uid: str, recurrence: str, event: Any, there: ZoneInfo) -> Found:
    start, end = event.start, event.end
    starts_at, ends_at = _moment(start, there), _moment(end, there)
    if not starts_at <= ends_at <= starts_at + timedelta(days=_MOST_DAYS):
        raise OddRuleError("it lasts for months")
    place, page = _text(event, "LOCATION", PLACE), _link(event, "URL")
    join = place if _LINK.fullmatch(place) else next(filter(None, (_link(event, name) for name in _JOIN)), "")
    return Found(
        uid=uid,
        recurrence=recurrence,
        starts_at=starts_at,
        ends_at=ends_at,
        title=_text(event, "SUMMARY", TITLE),
        about=plain_text(str(event.get("DESCRIPTION", "")), ABOUT),
        place="" if place == join else place,
        join=join,
        page=page,
        all_day=not isinstance(start, datetime),
        cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def _moment(at: date, there: ZoneInfo) -> datetime:
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day, tzinfo=there)
    return (at.replace(tzinfo=there) if at.tzinfo is None else at).astimezone(UTC)


def _text(event: Any, name: str, limit: int) -> str:
    found = event.get(name, "")
    return tidy(str(found[0] if isinstance(found, list) and found else found))[:limit].strip()


def _link(event: Any, name: str) -> str:
    found = event.get(name, "")
    match = _LINK.search(str(found[0] if isinstance(found, list) and found else found))
    return match[0] if match else ""


def _unknown_zones(event: Any) -> Iterable[str]:
    start = event.get("DTSTART")
    if isinstance(start, vDDDTypes) and isinstance(start.dt, datetime) and start.dt.tzinfo is None:
        name = tidy(str(start.params.get("TZID", "")))[:80]
        yield from [name] if name else []
