"""Rules in words ("the first Tuesday of each month"), and the rules one may mean by a date."""

from __future__ import annotations

from calendar import day_name, month_name, monthrange
from typing import TYPE_CHECKING

from bot.kit.words import listed
from cogs.events.recurrence.rule import Frequency, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "second to last"}
_WORKING_DAYS = (0, 1, 2, 3, 4)
_ENGLISH = {1: "st", 2: "nd", 3: "rd"}


def nth(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 21st."""
    return f"{number}{'th' if 10 < number % 100 < 14 else _ENGLISH.get(number % 10, 'th')}"  # noqa: PLR2004 - 11th to 13th


def in_words(rule: Rule) -> str:
    """What a rule says, as it stands in a sentence; it was settled before, so that it names its days."""
    ending = ""
    if rule.count is not None:
        ending = f", {rule.count} times" if rule.count > 1 else ", once"
    elif rule.until is not None:
        ending = f", until {said_date(rule.until.date())}"
    months = [month_name[month] for month in rule.months]
    only = f", in {listed(months)} only" if months and rule.frequency is not Frequency.YEARLY else ""
    return f"{_days(rule)}{only}{ending}"


def said_date(day: date) -> str:
    """March 12, 2027."""
    return f"{month_name[day.month]} {day.day}, {day.year}"


def dates_said(days: Sequence[date]) -> str:
    """Dec 1, 2026; Jan 5, Feb 2, Mar 2, 2027. The days in order; a year stands behind the last of its days."""
    years: dict[int, list[str]] = {}
    for day in days:
        years.setdefault(day.year, []).append(f"{month_name[day.month][:3]} {day.day}")
    return "; ".join(f"{', '.join(said)}, {year}" for year, said in years.items())


def suggestions(start: date) -> tuple[Rule, ...]:
    """The rules a person may mean who wants an event of that day to repeat, the likeliest first."""
    weekday, number = start.weekday(), (start.day - 1) // 7 + 1
    weekly = [Rule(Frequency.WEEKLY, days=((0, weekday),)), Rule(Frequency.WEEKLY, 2, days=((0, weekday),))]
    monthly = [] if number > 4 else [Rule(Frequency.MONTHLY, days=((number, weekday),))]  # noqa: PLR2004 - not each month has five
    if start.day + 7 > monthrange(start.year, start.month)[1]:
        monthly.append(Rule(Frequency.MONTHLY, days=((-1, weekday),)))
    return (*monthly, *weekly)


def _days(rule: Rule) -> str:
    match rule.frequency:
        case Frequency.DAILY:
            return _every(rule.interval, "day")
        case Frequency.WEEKLY:
            return _weekly(rule)
        case Frequency.MONTHLY:
            return f"{_of_month(rule)} of {_each(rule.interval, 'month')}"
    return _yearly(rule)


def _every(interval: int, unit: str) -> str:
    return {1: f"every {unit}", 2: f"every other {unit}"}.get(interval, f"every {interval} {unit}s")


def _each(interval: int, unit: str) -> str:
    return {1: f"each {unit}", 2: f"every other {unit}"}.get(interval, f"every {nth(interval)} {unit}")


def _weekly(rule: Rule) -> str:
    weekdays = sorted(day for _, day in rule.days)
    days = "weekday" if tuple(weekdays) == _WORKING_DAYS else listed([day_name[day] for day in weekdays])
    if rule.interval > 2:  # noqa: PLR2004 - every other has a word of its own
        return f"every {rule.interval} weeks on {days}"
    return _every(rule.interval, days)


def _of_month(rule: Rule) -> str:
    if rule.positions and tuple(sorted(day for _, day in rule.days)) == _WORKING_DAYS:
        return f"the {listed([_ordinal(position) for position in rule.positions])} weekday"
    if rule.days and not rule.positions:
        weekdays = dict.fromkeys(day for _, day in rule.days)
        named = [_those(rule, day) for day in weekdays]
        falls = f" that falls on {_month_days(rule)}" if rule.month_days else ""
        return listed(named) + falls
    if rule.month_days and not rule.positions:
        return _month_days(rule)
    return f"certain days ({rule})"


def _those(rule: Rule, weekday: int) -> str:
    numbers = [number for number, day in rule.days if day == weekday]
    if 0 in numbers:
        return f"every {day_name[weekday]}"
    return f"the {listed([_ordinal(number) for number in numbers])} {day_name[weekday]}"


def _ordinal(number: int) -> str:
    return ORDINALS.get(number) or (nth(number) if number > 0 else f"{nth(-number)} to last")


def _month_days(rule: Rule) -> str:
    named = [nth(day) if day > 0 else f"{'' if day == -1 else nth(-day) + ' to '}last day" for day in rule.month_days]
    return f"the {listed(named)}"


def _yearly(rule: Rule) -> str:
    months = listed([month_name[month] for month in rule.months])
    if len(rule.months) == 1 and len(rule.month_days) == 1 and not rule.days and rule.month_days[0] > 0:
        return f"{months} {rule.month_days[0]} {_each(rule.interval, 'year')}"
    return f"{_of_month(rule)} of {months or 'the year'}, {_each(rule.interval, 'year')}"
