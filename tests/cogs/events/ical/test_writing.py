"""What calendar programs want of a file: each line of the list is a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar as Read

from cogs.events.ical.entry import Calendar
from cogs.events.ical.writing import CANCELLED_FOR, current, write
from tests.cogs.events.ical.made import MONTHLY, NEW_YORK, SAID, TALK, file_of, lines_of, times_of


def test_a_file_is_utf_8_with_crlf_and_no_line_is_longer_than_75_octets() -> None:
    title = "Laser — 激光切割机 🔥 " * 20
    content = file_of(replace(TALK, title=title))
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        line.decode()  # no character is cut in two
    assert str(Read.from_ical(content).events[0]["SUMMARY"]) == title.strip()


def test_a_file_says_who_wrote_it_and_by_which_version_of_the_rules() -> None:
    lines = lines_of(file_of(TALK))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "PRODID:-//Benchmate//Benchmate//EN" in lines


def test_an_event_keeps_its_identifier_whatever_else_changes() -> None:
    day = timedelta(days=1)
    later = replace(TALK, title="Moved", starts_at=TALK.starts_at + day, ends_at=TALK.ends_at + day, version=5)
    for entry in (TALK, later, replace(later, cancelled=True)):
        assert [line for line in lines_of(file_of(entry)) if "UID" in line] == ["UID:event-1@benchmate"]


def test_an_event_says_when_it_was_changed_and_how_often_so_that_programs_take_the_new_time() -> None:
    lines = lines_of(file_of(TALK))
    assert "DTSTAMP:20260201T120000Z" in lines
    assert "LAST-MODIFIED:20260201T120000Z" in lines
    assert "SEQUENCE:4" in lines
    assert "SEQUENCE:5" in lines_of(file_of(replace(TALK, version=5)))


def test_a_single_event_is_told_in_utc() -> None:
    lines = lines_of(file_of(TALK))
    assert "DTSTART:20260303T200000Z" in lines
    assert "DTEND:20260303T210000Z" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_a_series_is_told_in_its_zone_with_its_rule_its_end_in_utc_and_what_is_skipped() -> None:
    skipped = (datetime(2026, 4, 7, 15), datetime(2026, 7, 7, 15))  # noqa: DTZ001 - wall times
    lines = lines_of(file_of(replace(MONTHLY, until=datetime(2026, 12, 1, 15), skipped=skipped)))  # noqa: DTZ001
    assert "DTSTART;TZID=America/New_York:20260303T150000" in lines
    assert "DTEND;TZID=America/New_York:20260303T160000" in lines
    assert "RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261201T200000Z" in lines
    assert "EXDATE;TZID=America/New_York:20260407T150000,20260707T150000" in lines
    assert "BEGIN:VTIMEZONE" in lines
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" in lines


def test_a_moved_occurrence_has_the_identifier_of_its_series_and_says_which_one_it_was() -> None:
    at = datetime(2026, 4, 8, 16, tzinfo=ZoneInfo(NEW_YORK))
    moved = replace(
        MONTHLY,
        rule="",
        instead_of=datetime(2026, 4, 7, 15),  # noqa: DTZ001 - a wall time
        starts_at=at,
        ends_at=at + timedelta(hours=2),
    )
    content = file_of(MONTHLY, moved)
    lines = lines_of(content)
    assert lines.count("UID:series-1@benchmate") == 2
    assert "RECURRENCE-ID;TZID=America/New_York:20260407T150000" in lines
    april = times_of(content, datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))
    assert april == [(at.astimezone(UTC), at.astimezone(UTC) + timedelta(hours=2))]


@pytest.mark.parametrize("minutes", [60, 120, 180])
def test_a_moved_occurrence_in_the_hour_that_comes_twice_keeps_its_length(minutes: int) -> None:
    starts_at = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # half past one in New York; at six it is one o'clock again
    moved = replace(
        MONTHLY,
        rule="",
        instead_of=datetime(2026, 11, 3, 15),  # noqa: DTZ001 - a wall time
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
    )
    content = file_of(MONTHLY, moved)
    november = times_of(content, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))
    assert november == [(moved.starts_at, moved.ends_at)]


def test_a_feed_is_published_and_invites_nobody() -> None:
    lines = lines_of(file_of(TALK, MONTHLY))
    assert "METHOD:PUBLISH" in lines
    assert not [line for line in lines if line.startswith(("ATTENDEE", "ORGANIZER"))]


def test_a_cancelled_event_stays_thirty_days_as_cancelled_with_a_higher_number() -> None:
    cancelled = replace(TALK, cancelled=True, version=TALK.version + 1)
    lines = lines_of(file_of(cancelled))
    assert "STATUS:CANCELLED" in lines
    assert "SEQUENCE:5" in lines
    assert current((cancelled, MONTHLY), SAID + CANCELLED_FOR - timedelta(minutes=1)) == (cancelled, MONTHLY)
    assert current((cancelled, MONTHLY), SAID + CANCELLED_FOR) == (MONTHLY,)


def test_a_feed_says_its_name_in_both_ways_and_when_to_look_again_in_both_ways() -> None:
    lines = lines_of(file_of(TALK, name="NOM Libraries, going"))
    assert "NAME:NOM Libraries\\, going" in lines
    assert "X-WR-CALNAME:NOM Libraries\\, going" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines


def test_an_event_leads_back_to_its_card() -> None:
    assert "URL:https://discord.com/channels/1/2/3" in lines_of(file_of(TALK))


def test_text_comes_back_as_it_was_whatever_signs_are_in_it() -> None:
    event = Read.from_ical(file_of(TALK)).events[0]
    assert str(event["DESCRIPTION"]) == TALK.about
    assert event.status == "CONFIRMED"


def test_control_characters_are_stripped_so_that_nobody_writes_lines_of_their_own() -> None:
    evil = replace(
        TALK,
        title="Fine\r\nATTENDEE:mailto:all@example.org\x00\x0b\u202e",
        place="Here\rBEGIN:VALARM",
        link="https://example.org/\r\nX-EVIL:1",
    )
    lines = lines_of(file_of(evil, name="NOM\r\nX-EVIL:2"))
    assert not [line for line in lines if line.startswith(("ATTENDEE", "BEGIN:VALARM", "X-EVIL"))]
    assert "SUMMARY:Fine ATTENDEE:mailto:all@example.org" in lines


@pytest.mark.parametrize(
    "broken",
    [
        replace(TALK, ends_at=TALK.starts_at - timedelta(hours=1)),
        replace(MONTHLY, zone="Mars/Olympus_Mons"),
        replace(MONTHLY, rule="FREQ=SECONDLY"),
        replace(MONTHLY, rule="FREQ=DAILY\r\nX-EVIL:1"),
        replace(TALK, uid="two\r\nlines"),
        replace(TALK, changed_at=datetime(2026, 1, 1)),  # noqa: DTZ001 - what is wrong with it
    ],
    ids=["ends-before-it-starts", "no-such-zone", "every-second", "a-rule-of-two-lines", "an-odd-uid", "no-zone"],
)
def test_one_event_that_cannot_be_written_does_not_take_the_others_along(broken: object) -> None:
    written = write(Calendar("NOM", (TALK, broken, MONTHLY)))  # type: ignore[arg-type]
    assert [entry for entry, _ in written.left_out] == [broken]
    assert len(Read.from_ical(written.content).events) == 2


def test_an_empty_calendar_is_a_calendar() -> None:
    assert Read.from_ical(file_of()).events == []


def test_the_same_entries_give_the_same_bytes() -> None:
    assert file_of(TALK, MONTHLY) == file_of(TALK, MONTHLY)
