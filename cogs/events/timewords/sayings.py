"""What each piece says: from a pattern's match to the values it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cogs.events.recurrence import Frequency
from cogs.events.timewords import zonewords
from cogs.events.timewords.lexicon import ORDINAL, ORDINALS, WEEKDAY, month_of, number_of, weekday_of
from cogs.events.timewords.said import Ahead, Clock, DayOfMonth, NthWeekday, OnDate, Part, lost

if TYPE_CHECKING:
    from cogs.events.timewords.said import Said


def iso(said: Said, found: re.Match[str]) -> None:
    """2027-03-12."""
    _day(said, OnDate(int(found[2]), int(found[3]), int(found[1])))
    said.iso = True


def figures(said: Said, found: re.Match[str]) -> None:
    """3/12 or 12.3.2027: month first, unless it cannot be."""
    one, two = int(found[1]), int(found[2])
    year = int(found[3]) if found[3] else None
    if year is not None and year < 100:  # noqa: PLR2004 - two figures
        year += 2000
    if one > 12 >= two:  # noqa: PLR2004 - months
        _day(said, OnDate(two, one, year))
    else:
        _day(said, OnDate(one, two, year, either=two <= 12 and one != two))  # noqa: PLR2004 - months


def month_day(said: Said, found: re.Match[str]) -> None:
    """March 12, 2027."""
    _day(said, OnDate(month_of(found[1]), int(found[2]), int(found[3]) if found[3] else None))


def day_month(said: Said, found: re.Match[str]) -> None:
    """12 March 2027."""
    _day(said, OnDate(month_of(found[2]), int(found[1]), int(found[3]) if found[3] else None))


def nth(said: Said, found: re.Match[str]) -> None:
    """The first and third Tuesday of each month."""
    numbers = tuple(dict.fromkeys(ORDINALS[word] for word in re.findall(ORDINAL, found["nths"])))
    part = _day(said, NthWeekday(numbers))
    part.weekdays = [weekday_of(found["weekday"])]
    said.repeats = said.repeats or bool(found["plural"])
    _of(said, part, found)


def day_of_month(said: Said, found: re.Match[str]) -> None:
    """The 15th, or the last day of the month."""
    text = found["days"]
    numbers = (-1,) if text == "last day" else tuple(int(number) for number in re.findall("[0-9]+", text))
    if not all(number == -1 or 1 <= number <= 31 for number in numbers):  # noqa: PLR2004 - days of a month
        raise lost("No month has that day.")
    _of(said, _day(said, DayOfMonth(numbers)), found)


def _of(said: Said, part: Part, found: re.Match[str]) -> None:
    step = found["step"]
    if found["each"] in ("each", "every"):
        _repeat(said, Frequency.MONTHLY, 1 if not step else 2 if step in ("other", "second") else int(step[:-2]))
    elif found["each"] in ("next", "this"):
        part.months_ahead = 1 if found["each"] == "next" else 0
    if found["month"]:
        part.month = month_of(found["month"])
        part.year = int(found["year"]) if found["year"] else None


def weekdays(said: Said, found: re.Match[str]) -> None:
    """Next Friday, or Tuesdays and Thursdays."""
    part = said.part
    part.which = part.which or (found["which"] or "").strip()
    for name in re.findall(WEEKDAY, found["weekdays"]):
        if weekday_of(name) not in part.weekdays:
            part.weekdays.append(weekday_of(name))
    if "days" in found["weekdays"]:
        _repeat(said, Frequency.WEEKLY, None)


def working_days(said: Said, _found: re.Match[str]) -> None:
    """Weekdays, as in “every 2 weeks on weekdays”."""
    said.part.weekdays = [0, 1, 2, 3, 4]


_UNITS = {"day": Frequency.DAILY, "month": Frequency.MONTHLY, "year": Frequency.YEARLY, "quarter": Frequency.MONTHLY}


def every_unit(said: Said, found: re.Match[str]) -> None:
    """Every other week, every 3rd month."""
    step, unit = found["step"], found["unit"]
    interval = 1 if not step else 2 if step in ("other", "second") else number_of(re.sub("(nd|rd|th)$", "", step))
    if unit == "weekday":
        said.part.weekdays = [0, 1, 2, 3, 4]
    _repeat(said, _UNITS.get(unit, Frequency.WEEKLY), interval * 3 if unit == "quarter" else interval)


def every(said: Said, found: re.Match[str]) -> None:
    """Every, before a day; “every second Tuesday” may be two things."""
    said.repeats = True
    said.interval = 2 if found["step"] else said.interval
    said.every_second = found["second"] is not None


_ADVERBS = {
    "daily": (Frequency.DAILY, 1), "weekly": (Frequency.WEEKLY, 1), "monthly": (Frequency.MONTHLY, 1),
    "quarterly": (Frequency.MONTHLY, 3), "yearly": (Frequency.YEARLY, 1), "annually": (Frequency.YEARLY, 1),
    "biweekly": (Frequency.WEEKLY, 2), "bi-weekly": (Frequency.WEEKLY, 2), "fortnightly": (Frequency.WEEKLY, 2),
}  # fmt: skip


def adverb(said: Said, found: re.Match[str]) -> None:
    """Weekly, monthly."""
    _repeat(said, *_ADVERBS[found[0]])


def _repeat(said: Said, frequency: Frequency, interval: int | None) -> None:
    if said.frequency not in (None, frequency):
        raise lost("I read two ways of repeating there; please name one.")
    said.repeats, said.frequency = True, frequency
    if interval is not None and (interval != 1 or said.interval is None):
        said.interval = interval


def today(said: Said, found: re.Match[str]) -> None:
    """Today, tonight, tomorrow, the day after."""
    word, part = found[0], said.part
    days = 2 if "day after" in word else 1 if word.startswith("t") and "m" in word else 0
    if part.after_weekday and part.weeks is not None:
        days += 7 * part.weeks
        part.weeks = None
    _day(said, Ahead(days))
    if word == "tonight":
        part.daypart = "night"


def ahead(said: Said, found: re.Match[str]) -> None:
    """In two weeks, three days from now."""
    number, unit = number_of(found["number"]), found["unit"]
    if unit in ("minute", "min", "hour"):
        said.from_now = number * 60 if unit == "hour" else number
    elif unit == "week":
        said.part.weeks = number
    else:
        _day(said, Ahead(days=number) if unit == "day" else Ahead(months=number))


def half_an_hour(said: Said, _found: re.Match[str]) -> None:
    """In half an hour."""
    said.from_now = 30


def weeks_from(said: Said, found: re.Match[str]) -> None:
    """A week from Tuesday."""
    said.part.weeks, said.part.after_weekday = number_of(found["number"]), True


def which_week(said: Said, found: re.Match[str]) -> None:
    """Next week."""
    said.part.weeks = 1 if found["which"] == "next" else 0


def clock(said: Said, found: re.Match[str]) -> None:
    """3pm, 15:00, 3 o'clock."""
    hour, half = number_of(found["hour"]), (found["half"] or "")[:1]
    sure = found["hour"].startswith("0") or hour > 12 or found["between"] == "h" or bool(found["h"])  # noqa: PLR2004 - two halves
    _set_clock(said, Clock(hour, int(found["minute"] or 0), half + "m" if half else "", sure=sure))


def four_figures(said: Said, found: re.Match[str]) -> None:
    """1500."""
    _set_clock(said, Clock(int(found[1]), int(found[2]), sure=True))


def word_clock(said: Said, found: re.Match[str]) -> None:
    """Half past three."""
    hour, half = number_of(found["hour"]), (found["half"] or "")[:1]
    minute = {"half": 30, "quarter": 15}.get(found["minutes"]) or number_of(found["minutes"])
    if found["past"] in ("to", "before"):
        hour, minute = (hour - 1) or 12, 60 - minute
    _set_clock(said, Clock(hour, minute, half + "m" if half else ""))


def noon(said: Said, found: re.Match[str]) -> None:
    """Noon and midnight."""
    _set_clock(said, Clock(0, sure=True, midnight=True) if "night" in found[0] else Clock(12, sure=True))


def _set_clock(said: Said, clock: Clock) -> None:
    if clock.hour > 24 or clock.minute > 59 or (clock.hour == 24 and clock.minute):  # noqa: PLR2004 - a day
        raise lost("That is not a time of day.")
    if clock.hour > 12 and clock.half == "am":  # noqa: PLR2004 - two halves
        raise lost(f"{clock.hour} is not in the morning.")
    if clock.hour == 24:  # noqa: PLR2004 - 24:00 is midnight at the day's end
        clock = Clock(0, sure=True, midnight=True)
    part = said.start if said.at == "since" and said.start.clock is None else said.part
    if part.clock is not None:
        raise lost("I read two times of day there; please write the start, or start and end as “3pm to 4pm”.")
    part.clock = clock


def daypart(said: Said, found: re.Match[str]) -> None:
    """In the morning."""
    said.part.daypart = found["daypart"]


def _day(said: Said, day: OnDate | NthWeekday | DayOfMonth | Ahead) -> Part:
    part = said.part
    if part.day is not None and said.at == "start" and said.repeats and isinstance(day, OnDate):
        part = said.since
    if part.day is not None:
        raise lost("I read two dates there; please write one.")
    part.day = day
    return part


def to(said: Said, found: re.Match[str]) -> None:
    """What parts the start from the end, or merely a dash."""
    if found[0] != "to" and said.start.clock is None:
        return
    if said.at == "end" or said.start.clock is None:
        raise lost("I could not tell the start from the end; write them as “3pm to 4pm”.")
    said.at = "end"


def until(said: Said, _found: re.Match[str]) -> None:
    """The last day, or the end."""
    if said.until != Part():
        raise lost("I read two ends there; please write one.")
    said.at = "until"


def since(said: Said, _found: re.Match[str]) -> None:
    """The first day of a series."""
    said.at = "since"


def times(said: Said, found: re.Match[str]) -> None:
    """10 times."""
    said.count = number_of(found["number"])


def weeks_long(said: Said, found: re.Match[str]) -> None:
    """For 10 weeks."""
    said.weeks_long = number_of(found["number"])


def once(said: Said, _found: re.Match[str]) -> None:
    """Once."""
    said.count = 1


def length(said: Said, found: re.Match[str]) -> None:
    """For an hour and a half."""
    number = found["number"]
    amount = 0.5 if number == "half an" else float(number) if "." in number else float(number_of(number))
    if found["more"]:
        amount += 0.5
    said.minutes = round(amount * (60 if found["unit"].startswith("h") else 1))


def zone(said: Said, found: re.Match[str]) -> None:
    """Eastern time."""
    zone = zonewords.known(found["zone"])
    if zone is None:
        raise lost("I do not know that time zone.")
    if said.zone is not None and said.zone != zone:
        raise lost("I read two time zones there; please name one.")
    said.zone = zone


def fold(said: Said, found: re.Match[str]) -> None:
    """Which of two equal hours, on the night the clocks go back."""
    which = 0 if found[1] == "first" else 1
    if said.at in ("end", "until"):
        said.end_fold = which
    else:
        said.fold = which


def nothing(_said: Said, _found: re.Match[str]) -> None:
    """Say nothing: the word only joins others."""
