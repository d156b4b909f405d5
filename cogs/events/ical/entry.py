"""What a calendar file is about: the calendar, and its entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, a whole series, or one occurrence of a series that differs from the rest.

    `starts_at` and `ends_at` are aware; `zone` is the IANA zone in which a series keeps its hour. `version` rises with
    every change (calendar programs otherwise keep the old time), and `changed_at` (aware) says when that was.

    A series has a `rule` (an RRULE's value without UNTIL); `until` is its last occurrence, `skipped` are those that are
    left out. An occurrence that was changed has the series' `uid`, and in `instead_of` which one it was. These three
    are wall times of the zone, without a zone, as the rule gives them.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    zone: str = "UTC"
    version: int = 0
    about: str = ""
    place: str = ""
    link: str = ""
    cancelled: bool = False
    rule: str = ""
    until: datetime | None = None
    skipped: tuple[datetime, ...] = ()
    instead_of: datetime | None = None

    @property
    def keeps_its_hour(self) -> bool:
        """Whether it must be told in its zone: a series, and what belongs to one."""
        return bool(self.rule) or self.instead_of is not None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar with its name, as people see it in their list, and what is in it."""

    name: str
    entries: tuple[Entry, ...]
    about: str = ""
