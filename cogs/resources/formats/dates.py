"""Years and days as people write them into tables."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"\b([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)? ([a-z]{3})[a-z]*\.?,? (\d{4})(?!\d)", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def year_in(text: str, *, oldest: int, latest: int) -> int | None:
    """The first number of four digits in a text that can be a year, both bounds included; None where there is none."""
    years = (int(digits) for digits in _YEAR.findall(text))
    return next((year for year in years if oldest <= year <= latest), None)


def day_in(text: str) -> date | None:
    """The day that a text names: 2026-03-01, March 1, 2026, 1 March 2026, 3/1/2026; None where it names none.

    Of two numbers with slashes the first is the month, as Americans write, unless only the other can be; with dots it
    is the day.
    """
    parts = _parts(text)
    with suppress(ValueError):
        return date(*parts) if parts else None
    return None


def _parts(text: str) -> tuple[int, int, int] | None:
    if found := _ISO.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _MONTH_DAY.search(text):
        return int(found[3]), _month(found[1]), int(found[2])
    if found := _DAY_MONTH.search(text):
        return int(found[3]), _month(found[2]), int(found[1])
    if found := _NUMBERS.search(text):
        first, second = int(found[1]), int(found[3])
        day_first = found[2] == "." or first > len(_MONTHS)
        return int(found[4]), *((second, first) if day_first else (first, second))
    return None


def _month(name: str) -> int:
    """Its number, or 0, which is no month."""
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0
