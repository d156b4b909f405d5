"""Whether a rule can come true at all: one that never does would be looked for until the year 9999, for seconds."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from dateutil import rrule

if TYPE_CHECKING:
    from datetime import datetime

    from cogs.events.recurrence.rule import Rule

_ALL_SORTS_OF_YEARS = range(2000, 2028)
"""After 28 years the calendar begins anew: each length of February with each weekday is among them."""
_WEEK, _MONTHS = 7, 12


def comes_true(rule: Rule, start: datetime) -> bool:
    """Whether a weekly, monthly or yearly rule from `start` (naive local time) on has any day in any year."""
    if rule.frequency.value == rrule.WEEKLY:
        return True
    if rule.frequency.value == rrule.MONTHLY:
        reached = {(start.month - 1 + step * rule.interval) % _MONTHS + 1 for step in range(_MONTHS)}
        months = reached & set(rule.months or range(1, _MONTHS + 1))
        return any(
            _has_its_place(rule, _days_in(rule, year, month, start.day))
            for year in _ALL_SORTS_OF_YEARS
            for month in sorted(months)
        )
    unsaid = (start.month,) if not rule.days and not rule.month_days else range(1, _MONTHS + 1)
    return any(
        _has_its_place(rule, sum(_days_in(rule, year, month, start.day) for month in rule.months or unsaid))
        for year in _ALL_SORTS_OF_YEARS
    )


def _has_its_place(rule: Rule, days: int) -> bool:
    """Whether so many days are enough for the positions (BYSETPOS) that the rule wants."""
    return days > 0 and (not rule.positions or any(abs(position) <= days for position in rule.positions))


def _days_in(rule: Rule, year: int, month: int, unsaid: int) -> int:
    """How many days of a month the rule names; `unsaid` is the day where it names none."""
    first, length = monthrange(year, month)
    month_days = rule.month_days or (() if rule.days else (unsaid,))
    return sum(
        (not month_days or day in month_days or day - length - 1 in month_days)
        and (not rule.days or _is_named(rule, (first + day - 1) % _WEEK, day, length))
        for day in range(1, length + 1)
    )


def _is_named(rule: Rule, weekday: int, day: int, length: int) -> bool:
    numbers = {0, (day - 1) // _WEEK + 1, -((length - day) // _WEEK + 1)}
    return any(named == weekday and number in numbers for number, named in rule.days)
