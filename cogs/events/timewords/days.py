"""From what was said of a day to the dates it may be, the nearest first."""

from __future__ import annotations

from calendar import day_name, month_name, monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from cogs.events.timewords.said import Ahead, DayOfMonth, NthWeekday, OnDate, lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogs.events.timewords.said import Part

MOST_YEARS = 10
"""How many years ahead a date may be."""
_MONTHS_LOOKED_AT = 100


def dates(part: Part, today: date) -> list[date]:
    """The dates that were meant, from the likeliest on; more than one only where the first may have passed by its hour.

    Raises UserError where there is no such date, or it is too far away.
    """
    match part.day:
        case OnDate() as day:
            found = [on_date(day, today)]
        case Ahead() as day:
            found = [_ahead(day, today)]
        case NthWeekday() | DayOfMonth():
            found = _in_months(part, today)
        case _:
            found = _by_weekday(part, today)
    if any(abs(day.year - today.year) > MOST_YEARS for day in found):
        raise lost(f"I look ahead {MOST_YEARS} years at the most.")
    return found


def on_date(day: OnDate, today: date) -> date:
    """The date of that year; without a year, the next one from today on."""
    years = [day.year] if day.year is not None else range(today.year, today.year + 9)
    for year in years:
        if 1 <= day.month <= 12 and 1 <= day.day <= monthrange(year, day.month)[1]:  # noqa: PLR2004 - months
            found = date(year, day.month, day.day)
            if day.year is not None or found >= today:
                return found
    month = month_name[day.month] if 1 <= day.month <= 12 else f"month {day.month}"  # noqa: PLR2004 - months
    raise lost(f"There is no {month} {day.day}{'' if day.year is None else f' in {day.year}'}.")


def ordered(part: Part, today: date) -> None:
    """Let a weekday that was named say whether month or day came first: Friday 12/4 is December 4."""
    day = part.day
    if not (isinstance(day, OnDate) and day.either and len(part.weekdays) == 1):
        return
    fitting = [
        one for one in (day, replace(day, month=day.day, day=day.month)) if _falls_on(one, part.weekdays[0], today)
    ]
    if len(fitting) == 1:
        part.day = replace(fitting[0], either=False)


def _falls_on(day: OnDate, weekday: int, today: date) -> bool:
    try:
        return on_date(day, today).weekday() == weekday
    except UserError:
        return False


def nearest(weekday: int, today: date) -> date:
    """The first such weekday from today on (0 is Monday)."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def next_is_unclear(part: Part, today: date) -> bool:
    """Whether “next Friday” may be this week's or the following week's: weeks begin on Monday for some."""
    if part.which != "next" or len(part.weekdays) != 1 or part.day is not None or part.weeks is not None:
        return False
    return today.weekday() < part.weekdays[0] or today.weekday() == 6  # noqa: PLR2004 - Sunday


def of_month(day: NthWeekday | DayOfMonth, weekdays: list[int], year: int, month: int) -> list[date]:
    """The days of that month that are meant, sorted; those it does not have are left out."""
    length = monthrange(year, month)[1]
    if isinstance(day, DayOfMonth):
        numbers = {length if number == -1 else number for number in day.numbers}
        return sorted(date(year, month, number) for number in numbers if number <= length)
    found = []
    for weekday in weekdays:
        all_of_them = [
            date(year, month, number)
            for number in range(1, length + 1)
            if date(year, month, number).weekday() == weekday
        ]
        found += [
            all_of_them[number - 1 if number > 0 else number]
            for number in day.numbers
            if abs(number) <= len(all_of_them)
        ]
    return sorted(set(found))


def _ahead(day: Ahead, today: date) -> date:
    if not day.months:
        return today + timedelta(days=day.days)
    years, month = divmod(today.month - 1 + day.months, 12)
    year = today.year + years
    if year > today.year + MOST_YEARS:
        raise lost(f"I look ahead {MOST_YEARS} years at the most.")
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _in_months(part: Part, today: date) -> list[date]:
    day = part.day
    if not isinstance(day, NthWeekday | DayOfMonth):
        raise TypeError
    found: list[date] = []
    for year, month in _months(part, today):
        found += [that for that in of_month(day, part.weekdays, year, month) if that >= today or part.year is not None]
    if not found:
        raise lost("There is no such day in that month, or it is past.")
    return found


def _months(part: Part, today: date) -> Iterator[tuple[int, int]]:
    if part.month is not None:
        years = [part.year] if part.year is not None else range(today.year, today.year + 9)
        yield from ((year, part.month) for year in years)
        return
    first = part.months_ahead or 0
    for ahead in range(first, first + 1 if part.months_ahead is not None else _MONTHS_LOOKED_AT):
        more, month = divmod(today.month - 1 + ahead, 12)
        yield today.year + more, month + 1


def _by_weekday(part: Part, today: date) -> list[date]:
    if len(part.weekdays) > 1:
        names = " and ".join(day_name[day] for day in part.weekdays)
        raise lost(f"I read {names}; name one day, or write “every {names}”.")
    if not part.weekdays:
        if part.weeks == 0 or (part.weeks == 1 and not part.after_weekday and part.which == "week"):
            raise lost("On which day of that week?")
        return [today + timedelta(weeks=part.weeks)] if part.weeks is not None else [today, today + timedelta(days=1)]
    day = nearest(part.weekdays[0], today)
    if part.weeks is not None and part.after_weekday:
        return [day + timedelta(weeks=part.weeks)]
    if part.weeks is not None:
        monday = today - timedelta(days=today.weekday())
        return [monday + timedelta(weeks=part.weeks, days=part.weekdays[0])]
    week = timedelta(weeks=1)
    if part.which != "next":
        return [day, day + week]
    if day == today or (today.weekday() < part.weekdays[0]):
        return [day + week]
    return [day]
