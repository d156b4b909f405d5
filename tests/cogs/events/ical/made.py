"""Entries for tests, and what two other libraries read in our files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar as Read

from cogs.events.ical.entry import Calendar, Entry
from cogs.events.ical.writing import write

if TYPE_CHECKING:
    from collections.abc import Sequence

NEW_YORK = "America/New_York"
SAID = datetime(2026, 2, 1, 12, tzinfo=UTC)
START = datetime(2026, 3, 3, 15, tzinfo=ZoneInfo(NEW_YORK))

TALK = Entry(
    uid="event-1@benchmate",
    title="Tool talk: vinyl cutters",
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    changed_at=SAID,
    about="Bring a cut.\nOr two; three, four \\ five.",
    place="Zoom",
    link="https://discord.com/channels/1/2/3",
    version=4,
)
MONTHLY = replace(TALK, uid="series-1@benchmate", zone=NEW_YORK, rule="FREQ=MONTHLY;BYDAY=1TU", version=2)


def file_of(*entries: Entry, name: str = "NOM Libraries") -> bytes:
    written = write(Calendar(name, entries))
    assert written.left_out == ()
    return written.content


def lines_of(content: bytes) -> list[str]:
    """The lines as they were before folding."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def times_of(content: bytes, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """When what is in a file takes place, as other libraries read it: starts and ends in UTC, in order."""
    found = recurring_ical_events.of(Read.from_ical(content)).between(since, until)
    kept: Sequence[Any] = [event for event in found if event.get("STATUS") != "CANCELLED"]
    return sorted((event.start.astimezone(UTC), event.end.astimezone(UTC)) for event in kept)
