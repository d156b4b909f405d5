"""A day as people write it, read without guessing."""

from __future__ import annotations

import re
from datetime import date

from bot.kit.errors import UserError
from bot.kit.words import tidy

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9})\.?,? (\d{4})", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTHS_IN_A_YEAR = 12


def read(typed: str) -> date | None:
    """The day in `2027-03-12`, `March 12, 2027`, `12 March 2027` or `3/25/2027`; None where nothing was typed.

    Raises UserError, in words, for what is no day, or where day and month could be either.
    """
    text = tidy(typed)
    if not text:
        return None
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED_FIRST.fullmatch(text):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := _DAY_FIRST.fullmatch(text):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _SLASHED.fullmatch(text):
        one, other, year = (int(part) for part in found.groups())
        if one <= _MONTHS_IN_A_YEAR and other <= _MONTHS_IN_A_YEAR and one != other:
            raise UserError(
                f"“{text}” can be read as two days. Please write the year first, such as {year}-{one:02}-{other:02}, "
                "or name the month."
            )
        return _day(year, *((one, other) if one <= _MONTHS_IN_A_YEAR else (other, one)))
    raise _no_day()


def said(day: date) -> str:
    """A day as one says it: March 12, 2027."""
    return f"{day:%B} {day.day}, {day.year}"


def _month(name: str) -> int:
    short = name[:3].casefold()
    if short not in _MONTHS:
        raise _no_day()
    return _MONTHS.index(short) + 1


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_day() from None


def _no_day() -> UserError:
    return UserError("I cannot read that as a day. Please write it like 2027-03-12 or March 12, 2027.")
