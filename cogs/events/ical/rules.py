"""Which rules for repeating are followed in calendars of others: what people write, and nothing made to exhaust us.

A rule that repeats every second took more than a minute to expand; one that never comes true is looked for until the
year 9999. What is left over after these checks is ended with its process.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from math import prod
from typing import TYPE_CHECKING, Any

from icalendar import vDDDLists, vDDDTypes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

MOST_STEPS = 40_000
"""So often a rule may have repeated until now: daily for a hundred years."""
MOST_A_DAY = 24
_PER_YEAR = {"DAILY": 366, "WEEKLY": 53, "MONTHLY": 12, "YEARLY": 1}
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIVE, _WEEKS = 5, 53


class OddRuleError(Exception):
    """An event that repeats in a way that is not followed; `why` is the end of a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check_rules(event: Any, until: datetime) -> None:
    """Raise OddRuleError where the event (of `icalendar`) repeats in a way that is not followed up to `until`."""
    start = _start(event)
    for rule in _listed(event.get("RRULE")):
        _check(rule, start, until)
    dates = [each for name in ("RDATE", "EXDATE") for each in _listed(event.get(name))]
    if sum(len(each.dts) for each in dates if isinstance(each, vDDDLists)) > MOST_STEPS:
        raise OddRuleError("it lists too many dates")


def straighten(event: Any, zone: ZoneInfo) -> None:
    """Let a rule end when its writer meant it: a day counts to its end, and a time without a zone is the event's own.

    RFC 5545 wants UTC, many programs write something else. `zone` is for an event that has none itself.
    """
    start = _start(event)
    if not isinstance(start, datetime):
        return
    for rule in _listed(event.get("RRULE")):
        until = (rule.get("UNTIL") or [None])[0]
        if not isinstance(until, date) or (isinstance(until, datetime) and until.tzinfo is not None):
            continue
        if not isinstance(until, datetime):
            until = datetime.combine(until, time(23, 59, 59))
        rule["UNTIL"] = [until.replace(tzinfo=start.tzinfo or zone).astimezone(UTC)]


def _start(event: Any) -> date | None:
    start = event.get("DTSTART")
    at = start.dt if isinstance(start, vDDDTypes) else None
    return at if isinstance(at, date) else None


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found] if found else []


def _check(rule: Any, start: date | None, until: datetime) -> None:
    frequency = str((rule.get("FREQ") or [""])[0]).upper()
    if frequency not in _PER_YEAR:
        raise OddRuleError("it repeats more often than daily")
    if _first(rule, "INTERVAL", 1) < 1 or _first(rule, "COUNT", 1) < 1:
        raise OddRuleError("its rule for repeating makes no sense")
    times = prod(len(rule.get(name) or (1,)) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if times > MOST_A_DAY:
        raise OddRuleError("it repeats too often in a day")
    if start is None:
        raise OddRuleError("it has no start")
    steps = max(1, until.year + 1 - start.year) * _PER_YEAR[frequency] * times
    if steps > MOST_STEPS:
        raise OddRuleError(f"it has repeated since the year {start.year}")
    if not _comes_true(rule, frequency):
        raise OddRuleError("it never takes place")


def _first(rule: Any, name: str, default: int) -> int:
    return int((rule.get(name) or [default])[0])


def _comes_true(rule: Any, frequency: str) -> bool:
    """Whether its day can be in its month at all, as 30 February cannot."""
    months = [int(month) for month in rule.get("BYMONTH") or range(1, 13)]
    longest = max((_LONGEST_MONTHS[month - 1] for month in months if 1 <= month <= len(_LONGEST_MONTHS)), default=0)
    days = [abs(int(day)) for day in rule.get("BYMONTHDAY") or (1,)]
    if not longest or not any(1 <= day <= longest for day in days):
        return False
    within = _WEEKS if frequency == "YEARLY" and not rule.get("BYMONTH") else _FIVE
    numbers = list(_numbers(rule.get("BYDAY") or ()))
    positions = [abs(int(position)) for position in rule.get("BYSETPOS") or (1,)]
    most = 366 if frequency == "YEARLY" else max(_LONGEST_MONTHS) * MOST_A_DAY
    return (not numbers or any(number <= within for number in numbers)) and any(
        1 <= position <= most for position in positions
    )


def _numbers(days: Iterable[Any]) -> Iterable[int]:
    for day in days:
        number = str(day)[:-2].lstrip("+-")
        yield int(number) if number.isdigit() else 0
