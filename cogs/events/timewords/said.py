"""The values of the grammar: what was said, piece by piece, and what it was understood as."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from bot.kit.errors import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from cogs.events.recurrence import Frequency, Rule

EXAMPLES = "For example: “first Tuesday 3pm”, “March 12 at 3pm”, “12 March 15:00” or “tomorrow at noon”."


def lost(words: str) -> UserError:
    """The refusal with those words, and examples of what is understood."""
    return UserError(f"{words} {EXAMPLES}")


class Question(Enum):
    """What a doubt is about."""

    PAST = "past"
    NO_SUCH_HOUR = "no such hour"
    TWICE = "twice"
    ORDER = "order"
    HALF = "half"
    NEXT = "next"
    MIDNIGHT = "midnight"
    WEEKDAY = "weekday"
    DAY = "day"
    FAR = "far"
    END = "end"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to ask before it is posted. `other` is the other reading, in words to be understood again."""

    question: Question
    words: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A time as it was understood.

    `local` and `local_end` are naive times on the wall in `zone`, `start` and `end` the same moments in UTC. `rule` is
    None for what happens once. `words` say all of it in English, in `zone`, and are understood again as the same.
    """

    local: datetime
    start: datetime
    local_end: datetime | None
    end: datetime | None
    zone: ZoneInfo
    rule: Rule | None
    words: str
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as said: `half` is "am", "pm" or empty; `sure` where 24 hours were meant."""

    hour: int
    minute: int = 0
    half: str = ""
    sure: bool = False
    midnight: bool = False


@dataclass(frozen=True, slots=True)
class OnDate:
    """March 12, with its year where it was said; `either` where month and day may be the other way round."""

    month: int
    day: int
    year: int | None = None
    either: bool = False


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The first Tuesday (of March, of next month): which ones, of the weekdays in `Part.weekdays`."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """The 15th; -1 is the last day."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many days or months from today; `exact` for today and tomorrow, which are not moved when they are past."""

    days: int = 0
    months: int = 0


@dataclass(slots=True)
class Part:
    """One end of what was said: the start, the end, the last day or the first day of a series."""

    day: OnDate | NthWeekday | DayOfMonth | Ahead | None = None
    weekdays: list[int] = field(default_factory=list)
    which: str = ""
    weeks: int | None = None
    after_weekday: bool = False
    month: int | None = None
    year: int | None = None
    months_ahead: int | None = None
    clock: Clock | None = None
    daypart: str = ""

    @property
    def has_day(self) -> bool:
        """Whether anything of a day was said."""
        return self.day is not None or bool(self.weekdays) or self.weeks is not None


@dataclass(slots=True)
class Said:
    """All that was said. `at` is the part that the next piece belongs to."""

    start: Part = field(default_factory=Part)
    end: Part = field(default_factory=Part)
    until: Part = field(default_factory=Part)
    since: Part = field(default_factory=Part)
    at: str = "start"
    zone: ZoneInfo | None = None
    repeats: bool = False
    frequency: Frequency | None = None
    interval: int | None = None
    every_second: bool = False
    count: int | None = None
    weeks_long: int | None = None
    minutes: int | None = None
    from_now: int | None = None
    fold: int | None = None
    end_fold: int | None = None
    iso: bool = False

    @property
    def part(self) -> Part:
        """The part that is being read."""
        found: Part = getattr(self, self.at)
        return found
