"""Reading in a process of its own: it says the same, and what hangs or grows is ended."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cogs.events.ical.apart import read_apart
from cogs.events.ical.found import Trouble, UnreadableError
from cogs.events.ical.reading import read

SINCE, UNTIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
SAMPLE = (Path(__file__).parent / "awkward" / "rules-made-to-exhaust.ics").read_bytes()


async def test_a_process_of_its_own_reads_the_same() -> None:
    found = await read_apart(SAMPLE, "America/New_York", SINCE, UNTIL)
    assert found == read(SAMPLE, "America/New_York", SINCE, UNTIL)
    assert found.left_out


async def test_its_refusals_come_back_as_they_are() -> None:
    with pytest.raises(UnreadableError) as refused:
        await read_apart(b"<html>", "UTC", SINCE, UNTIL)
    assert refused.value.trouble is Trouble.WEB_PAGE


async def test_a_calendar_that_takes_for_ever_is_ended() -> None:
    rule = b"RRULE:FREQ=DAILY;BYDAY=MO;BYMONTHDAY=1;BYSETPOS=9\n"
    endless = b"BEGIN:VEVENT\nUID:%d\nDTSTART:20200101T000000Z\n" + rule + b"END:VEVENT\n"
    content = b"BEGIN:VCALENDAR\n" + b"".join(endless % number for number in range(300)) + b"END:VCALENDAR\n"
    with pytest.raises(UnreadableError) as refused:
        await read_apart(content, "UTC", SINCE, UNTIL, within=2.0)
    assert refused.value.trouble is Trouble.TOO_MUCH_WORK
