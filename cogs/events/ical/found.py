"""What was found in somebody's calendar, and why one could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MAX_BYTES = 1024 * 1024
MAX_EVENTS = 2_000
"""Events in a file, and occurrences in the time that is looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence: `uid` names the event or the series it belongs to, `recurrence` which of the series it is.

    The moments are UTC. `all_day` ones go from midnight to midnight in the zone that was asked for. `join` is a link
    to take part, `page` one to read more; both are web links, or empty.
    """

    uid: str
    recurrence: str
    starts_at: datetime
    ends_at: datetime
    title: str
    about: str = ""
    place: str = ""
    join: str = ""
    page: str = ""
    all_day: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An event that was left out: its title, why, as the end of a sentence, and its UID as `Found` has it.

    Where several events share the UID, those that were found have more behind it, after a "#".
    """

    title: str
    why: str
    uid: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar holds in a span of time, in order of its start.

    `events` counts all events that are in it, past ones too. `zones` are names of time zones that nobody knows; what
    is told in them was read in the zone that was asked for.
    """

    name: str
    events: int
    found: tuple[Found, ...]
    left_out: tuple[LeftOut, ...] = ()
    zones: tuple[str, ...] = field(default=())


class Trouble(StrEnum):
    """Why an answer is not a calendar that can be read, as it may be stored."""

    EMPTY = "empty"
    WEB_PAGE = "web-page"
    NOT_A_CALENDAR = "not-a-calendar"
    CUT_OFF = "cut-off"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    TOO_MUCH_WORK = "too-much-work"


_WORDS = {
    Trouble.EMPTY: "It is empty.",
    Trouble.WEB_PAGE: "It is a web page, not a calendar. Look for a link that ends with .ics, and open it in a private "
    "window to see whether it asks for a password.",
    Trouble.NOT_A_CALENDAR: "It is not a calendar file. Such files begin with BEGIN:VCALENDAR.",
    Trouble.CUT_OFF: "It breaks off before its end.",
    Trouble.TOO_LARGE: "It is larger than 1 MB. Look for a calendar that holds only the events to come.",
    Trouble.TOO_MANY: "It holds more than 2,000 events. Look for a calendar that holds only the events to come.",
    Trouble.TOO_MUCH_WORK: "Its rules for repeating take too long to follow. Look for a calendar without them, or "
    "post these events with /event create.",
}


class UnreadableError(Exception):
    """An answer that is no calendar, or too much of one. `trouble` is for programs, `words` are for people."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble, self.words = trouble, _WORDS[trouble]
