"""The words of the grammar, as pieces of patterns: months, weekdays, ordinals, numbers and what stands beside them."""

# ruff: noqa: E501 - a pattern is read in one line

from __future__ import annotations

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": -1,
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=0
    )
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}  # fmt: skip

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
ORDINAL = r"(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
NUMBER = r"(?:[0-9]{1,3}|a couple of|couple of|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|one)"
HOUR = r"(?:[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
HALF = r"(?P<half>am|pm|a\b|p\b)"
AND = r"(?: ?, ?(?:and )?| and | ?& ?)"
DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:])"
YEAR = r"(?:,? (20[0-9]{2})(?![0-9:]))?"
STEP = r"(?:other|second|2nd|3rd|[4-9]th|1[0-9]th|2[0-4](?:st|nd|rd|th))"
OF = (
    rf"(?:,?(?: (?:of|in))? (?:(?P<each>each|every|the|this|next)(?: (?P<step>{STEP}))? month\b"
    rf"|(?P<month>{MONTH})(?:,? (?P<year>20[0-9]{{2}})(?![0-9:]))?(?! ?[0-9])))?"
)


def month_of(text: str) -> int:
    """Which month, 1 to 12, a name or its beginning is."""
    return _MONTHS.index(text[:3]) + 1


def weekday_of(text: str) -> int:
    """Which weekday, 0 for Monday, a name or its beginning is."""
    return _WEEKDAYS.index(text[:3])


def number_of(text: str) -> int:
    """A number in figures or words."""
    return int(text) if text[0].isdigit() else _NUMBERS[text]
