"""From what was said of repeating to a rule and the day it starts on."""

from __future__ import annotations

from calendar import day_name
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING

from cogs.events.recurrence import Frequency, Rule, Series
from cogs.events.recurrence.rule import MOST_BETWEEN, MOST_TIMES
from cogs.events.timewords import days
from cogs.events.timewords.said import DayOfMonth, NthWeekday, OnDate, lost

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cogs.events.timewords.said import Part, Said


def rule_of(said: Said, today: date) -> Rule:
    """The rule that was said, without its end. Raises UserError where it does not say on which days."""
    frequency = said.frequency or _frequency(said.start)
    interval = said.interval or 1
    if interval > MOST_BETWEEN[frequency]:
        raise lost("That is too seldom for a series; post those events one by one.")
    rule = _on_its_days(said, Rule(frequency, interval), today)
    if frequency is Frequency.DAILY and rule.days:
        raise lost("Daily, or on certain days? Write “every day 3pm” or “every Tuesday 3pm”.")
    if frequency in (Frequency.DAILY, Frequency.WEEKLY) and (rule.month_days or any(number for number, _ in rule.days)):
        raise lost("Weekly, or on one day of the month? Write “every Tuesday 3pm” or “every first Tuesday 3pm”.")
    if frequency is Frequency.YEARLY and not rule.months:
        raise lost("In which month of the year?")
    return rule


def _on_its_days(said: Said, rule: Rule, today: date) -> Rule:
    part = said.start
    match part.day:
        case NthWeekday(numbers):
            return replace(rule, days=tuple(product(numbers, part.weekdays)), months=_months(part))
        case DayOfMonth(numbers):
            return replace(rule, month_days=tuple(sorted(numbers)), months=_months(part))
        case OnDate() as day if rule.frequency is Frequency.YEARLY:
            return replace(rule, months=(day.month,), month_days=(day.day,))
    if part.weekdays and rule.frequency in (Frequency.WEEKLY, Frequency.DAILY):
        return replace(rule, days=tuple((0, day) for day in sorted(part.weekdays)))
    if part.weekdays and part.day is None:
        name = day_name[part.weekdays[0]]
        raise lost(f"Which {name} of the month? Write “every first {name} 3pm”.")
    if part.day is None and not said.since.has_day and part.weeks is None and rule.frequency is not Frequency.DAILY:
        raise lost("On which day does it repeat?")
    return rule.settled(datetime.combine(_first_day(said, today), time()))


def first_of(said: Said, rule: Rule, clock: time, now: datetime, zone: ZoneInfo) -> datetime:
    """The first local start of a rule: from the day that was said on, else the next one after `now` (naive local)."""
    since = _first_day(said, now.date())
    said_one = said.since.has_day or isinstance(said.start.day, OnDate)
    start = datetime.combine(since, clock)
    # Every other Wednesday begins on the next Wednesday, whichever week that is in.
    found = Series(replace(rule, interval=1, count=None, until=None), start, zone).keys(
        start, start + timedelta(days=366 * 9)
    )
    first = next((key for key in found if said_one or key > now), None)
    if first is None:
        raise lost("That day never comes.")
    return first


def with_end(said: Said, rule: Rule, start: datetime) -> Rule:
    """The rule with the number of times or the last day that was said. Raises UserError where it ends too soon."""
    until = None
    if said.until.has_day:
        last = next((day for day in days.dates(said.until, start.date()) if day >= start.date()), None)
        if last is None:
            raise lost("It would stop repeating before it starts.")
        until = datetime.combine(last, time(23, 59, 59))
    if said.weeks_long is not None:
        until = datetime.combine(start.date() + timedelta(days=7 * said.weeks_long - 1), time(23, 59, 59))
    if until is not None and (said.count is not None or (said.weeks_long and said.until.has_day)):
        raise lost("Either a number of times or a last day, please, not both.")
    if said.count is not None and not 1 <= said.count <= MOST_TIMES:
        raise lost(f"A series has {MOST_TIMES} dates at the most.")
    return replace(rule, count=said.count, until=until)


def _frequency(part: Part) -> Frequency:
    if isinstance(part.day, NthWeekday | DayOfMonth):
        return Frequency.YEARLY if part.month is not None else Frequency.MONTHLY
    if isinstance(part.day, OnDate):
        return Frequency.WEEKLY if part.weekdays else Frequency.YEARLY
    if part.weekdays:
        return Frequency.WEEKLY
    raise lost("How often does it repeat? Write “every Tuesday 3pm” or “every first Tuesday 3pm”.")


def _months(part: Part) -> tuple[int, ...]:
    return () if part.month is None else (part.month,)


def _first_day(said: Said, today: date) -> date:
    if said.since.has_day:
        return days.dates(said.since, today)[0]
    if isinstance(said.start.day, OnDate):
        return days.on_date(said.start.day, today)
    if said.start.day is None and (said.start.which or said.start.weeks is not None) and len(said.start.weekdays) == 1:
        return days.dates(said.start, today)[0]
    return today
