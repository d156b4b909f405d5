"""A rule for repeating, as RFC 5545 writes it (RRULE), within what a calendar of people needs.

Only daily or slower: a member's rule may be an attack, and SECONDLY takes minutes to expand. Everything in it is
local time on the server's wall; the zone is attached after expanding (recurrence/series.py).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from enum import Enum
from typing import TYPE_CHECKING

from dateutil import rrule

from bot.kit.errors import UserError
from cogs.events import wallclock
from cogs.events.recurrence.possible import comes_true

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_TIMES = 1000
"""The largest COUNT."""
_LONGEST = 500
_NTH = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_WAY_OUT = "Write it in words, for example “every first Tuesday 3pm” or “every other Wednesday 5pm”."


class Frequency(Enum):
    """How often at the most; the values are dateutil's."""

    YEARLY = rrule.YEARLY
    MONTHLY = rrule.MONTHLY
    WEEKLY = rrule.WEEKLY
    DAILY = rrule.DAILY


MOST_BETWEEN = {Frequency.DAILY: 366, Frequency.WEEKLY: 52, Frequency.MONTHLY: 24, Frequency.YEARLY: 5}
"""The largest INTERVAL for each frequency."""

Nth = tuple[int, int]
"""Which weekday (0 is Monday), preceded by which of them in the month: 1 to 5, -1 for the last, 0 for every."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `until` is naive local time, the last moment an occurrence may start at; not both it and `count`."""

    frequency: Frequency
    interval: int = 1
    days: tuple[Nth, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    count: int | None = None
    until: datetime | None = None

    @classmethod
    def parse(cls, text: str, zone: ZoneInfo | None = None) -> Rule:
        """Read an RRULE; an UNTIL in UTC becomes local time in `zone`. Raises UserError beyond the bounds."""
        parts = _split(text)
        try:
            frequency = Frequency[parts["FREQ"]]
        except KeyError:
            raise UserError(f"An event repeats daily at the most. {_WAY_OUT}") from None
        days = tuple(_nth(part) for part in parts["BYDAY"].split(",")) if "BYDAY" in parts else ()
        positions = _numbers(parts, "BYSETPOS", -31, 31)
        if frequency is Frequency.MONTHLY and positions and len(days) == 1 and not days[0][0]:
            # Outlook writes the first Tuesday so; see RFC 5545, section 3.3.10.
            days, positions = tuple((_within(number, -5, 5), days[0][1]) for number in positions), ()
        rule = cls(
            frequency=frequency,
            interval=_number(parts.get("INTERVAL", "1"), 1, MOST_BETWEEN[frequency]),
            days=days,
            month_days=_numbers(parts, "BYMONTHDAY", -31, 31),
            months=_numbers(parts, "BYMONTH", 1, 12),
            positions=positions,
            count=_number(parts["COUNT"], 1, MOST_TIMES) if "COUNT" in parts else None,
            until=_until(parts["UNTIL"], zone) if "UNTIL" in parts else None,
        )
        rule.check()
        return rule

    def check(self) -> None:
        """Raise UserError where the parts do not go together, as RFC 5545 says in section 3.3.10."""
        numbered = any(number for number, _ in self.days)
        monthly = self.frequency is Frequency.MONTHLY or (self.frequency is Frequency.YEARLY and self.months)
        if numbered and not monthly:
            raise UserError(f"“The first Tuesday” needs a month to be the first in. {_WAY_OUT}")
        if self.frequency is Frequency.WEEKLY and self.month_days:
            raise UserError(f"A weekly event has weekdays, not days of the month. {_WAY_OUT}")
        if numbered and not all(number for number, _ in self.days):  # dateutil finds no day for these
            raise UserError(f"“The first Monday and every Tuesday” are two series. {_WAY_OUT}")
        if self.frequency is Frequency.WEEKLY and self.positions:
            raise UserError(f"“The third weekday” needs a month to be the third in. {_WAY_OUT}")
        if self.count is not None and self.until is not None:
            raise UserError(f"Either a number of times or a last day, not both. {_WAY_OUT}")

    def settled(self, start: datetime) -> Rule:
        """The rule with the day that its first occurrence implies: weekly from a Tuesday is weekly on Tuesday."""
        if self.days or self.month_days or self.frequency is Frequency.DAILY:
            return self
        if self.frequency is Frequency.WEEKLY:
            return replace(self, days=((0, start.weekday()),))
        months = self.months or ((start.month,) if self.frequency is Frequency.YEARLY else ())
        return replace(self, month_days=(start.day,), months=months)

    def ical(self, zone: ZoneInfo) -> str:
        """The RRULE as calendar files want it: UNTIL in UTC."""
        if self.until is None:
            return str(self)
        return str(self).replace(_stamp(self.until), _stamp(wallclock.moment(self.until, zone)) + "Z")

    def __str__(self) -> str:
        parts = [f"FREQ={self.frequency.name}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        for name, numbers in (("BYMONTH", self.months), ("BYMONTHDAY", self.month_days)):
            if numbers:
                parts.append(f"{name}={','.join(map(str, numbers))}")
        if self.days:
            parts.append("BYDAY=" + ",".join(f"{number or ''}{WEEKDAYS[day]}" for number, day in self.days))
        if self.positions:
            parts.append(f"BYSETPOS={','.join(map(str, self.positions))}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={_stamp(self.until)}")
        return ";".join(parts)

    def expanded(self, start: datetime, before: datetime) -> Iterator[datetime]:
        """The local starts from `start` up to `before` (both naive local) in order; never unbounded, without COUNT."""
        until = before if self.until is None else min(self.until, before)
        if self.frequency is Frequency.DAILY:
            # Dateutil looks at its end only where a day fits: a rule that never fits would take it to the year 9999.
            days = rrule.rrule(rrule.DAILY, dtstart=start, interval=self.interval, until=until)
            return (day for day in days if self._fits(day))
        if not comes_true(self, start):
            return iter(())
        return iter(
            rrule.rrule(
                self.frequency.value,
                dtstart=start,
                interval=self.interval,
                until=until,
                byweekday=[rrule.weekday(day, number or None) for number, day in self.days] or None,
                bymonthday=self.month_days or None,
                bymonth=self.months or None,
                bysetpos=self.positions or None,
            )
        )

    def _fits(self, day: datetime) -> bool:
        """Whether a daily rule has this day; a day has one start, which is its first and its last."""
        from_the_end = day.day - monthrange(day.year, day.month)[1] - 1
        return (
            (not self.months or day.month in self.months)
            and (not self.month_days or day.day in self.month_days or from_the_end in self.month_days)
            and (not self.days or any(weekday == day.weekday() for _, weekday in self.days))
            and (not self.positions or not {1, -1}.isdisjoint(self.positions))
        )


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def _split(text: str) -> dict[str, str]:
    if len(text) > _LONGEST:
        raise UserError(f"That rule is too long. {_WAY_OUT}")
    parts: dict[str, str] = {}
    for part in re.sub(r"\s", "", text).upper().removeprefix("RRULE:").strip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts or name not in _PARTS:
            raise UserError(f"That rule for repeating is not one I can keep. {_WAY_OUT}")
        parts[name] = value
    return parts


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most or (number == 0 and least < 0):
        raise UserError(f"A number in that rule is too large or too small: {number}. {_WAY_OUT}")
    return number


def _number(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", text):
        raise UserError(f"That rule for repeating is not one I can keep. {_WAY_OUT}")
    return _within(int(text), least, most)


def _numbers(parts: dict[str, str], name: str, least: int, most: int) -> tuple[int, ...]:
    if name not in parts:
        return ()
    return tuple(sorted({_number(part, least, most) for part in parts[name].split(",")}))


def _nth(text: str) -> Nth:
    found = _NTH.fullmatch(text)
    if found is None:
        raise UserError(f"That rule names a day I do not know: {text[:20]}. {_WAY_OUT}")
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _until(text: str, zone: ZoneInfo | None) -> datetime:
    found = _UNTIL.fullmatch(text)
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 - the same words for both
        day = datetime.strptime(found[1], "%Y%m%d").date()  # noqa: DTZ007 - local on purpose
        if found[2] is None:
            return datetime.combine(day, time(23, 59, 59))
        local = datetime.combine(day, datetime.strptime(found[2], "%H%M%S").time())  # noqa: DTZ007
    except ValueError:
        raise UserError(f"That rule ends on a day I do not know: {text[:20]}. {_WAY_OUT}") from None
    try:
        return wallclock.on_the_wall(local.replace(tzinfo=UTC), zone) if found[3] and zone is not None else local
    except OverflowError:
        raise UserError(f"That rule ends too far away. {_WAY_OUT}") from None
