"""Calendars as others write them, each named after what is awkward in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cogs.events.ical.found import MAX_BYTES, Reading, Trouble, UnreadableError
from cogs.events.ical.reading import read

FOLDER = Path(__file__).parent / "awkward"
SINCE, UNTIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
HOUR = [("2026-03-10T15:00", "2026-03-10T16:00")]


def reading(name: str) -> Reading:
    return read((FOLDER / f"{name}.ics").read_bytes(), "America/New_York", SINCE, UNTIL)


def times(found: Reading) -> list[tuple[str, str]]:
    return [(f"{each.starts_at:%Y-%m-%dT%H:%M}", f"{each.ends_at:%Y-%m-%dT%H:%M}") for each in found.found]


def titles(found: Reading) -> list[str]:
    return [each.title for each in found.found]


def starts(*days: str) -> list[str]:
    return [f"2026-{day}" for day in days]


BEFORE, AFTER = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Talk\r\nDTSTART:20260310T150000Z\r\n",
    b"END:VEVENT\r\nEND:VCALENDAR",
)


def test_dates_changed_from_one_on_are_each_one_of_the_series() -> None:
    found = reading("changed-from-one-on").found
    assert [each.recurrence[:8] for each in found] == ["20260303", "20260310", "20260317", "20260324"]
    late = read((FOLDER / "changed-from-one-on.ics").read_bytes(), "America/New_York", found[-1].starts_at, UNTIL)
    assert [each.recurrence for each in late.found] == [found[-1].recurrence]


def test_a_start_that_is_no_date_takes_nobody_else_along() -> None:
    odd = b"END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;E=:202201\r\n"
    found = read(BEFORE + odd + AFTER, "UTC", SINCE, UNTIL)
    assert titles(found) == ["Talk"]
    assert [left.why for left in found.left_out] == ["its date or time cannot be read"]


def test_an_event_inside_another_is_found_once() -> None:
    found = read(BEFORE + BEFORE.partition(b"\r\n")[2] + b"END:VEVENT\r\n" + AFTER, "UTC", SINCE, UNTIL)
    assert [(each.uid, each.recurrence) for each in found.found] == [(found.found[0].uid, "")]


def test_a_zone_with_a_name_longer_than_a_file_may_have_is_refused_in_words() -> None:
    zone = b"DTSTART;TZID=" + b"Tied " * 60 + b"Time:20260310T150000\r\n"
    with pytest.raises(UnreadableError):
        read(BEFORE + b"END:VEVENT\r\nBEGIN:VEVENT\r\n" + zone + AFTER, "UTC", SINCE, UNTIL)


WHEN = {
    "mixed-line-ends": starts("03-10T15:00"),
    "windows-zone-names": starts("03-10T19:00", "03-31T13:00", "04-28T13:00"),
    "a-zone-of-its-own": starts("03-03T21:00", "03-10T20:00"),
    "all-day-and-several-days": starts("03-10T04:00", "03-20T04:00", "04-07T04:00", "05-07T04:00"),
    "rules-made-to-exhaust": starts("03-10T15:00"),
    "one-uid-for-all-sessions": starts("03-10T15:00", "03-17T15:00"),
    "descriptions-in-html": starts("03-10T15:00"),
    "text-broken-into-lines": starts("03-10T15:00"),
    "times-without-a-zone": starts("03-10T15:00", "03-10T22:00"),
    "moved-skipped-and-cancelled": starts("03-03T20:00", "03-18T21:00", "03-24T19:00", "03-31T19:00"),
    "utf-16-from-an-old-program": starts("03-10T15:00"),
    "letters-of-old-windows": starts("03-10T15:00"),
    "one-broken-event-among-good-ones": starts("03-10T15:00"),
    "until-in-the-wrong-form": starts(
        "03-03T20:00", "03-04T20:00", "03-10T19:00", "03-11T19:00", "03-17T19:00", "03-18T19:00"
    ),
    "a-zone-nobody-knows": starts("03-10T19:00"),
    "no-uids": starts("03-10T15:00", "03-11T15:00"),
    "two-calendars-in-one-file": starts("03-10T15:00", "03-11T15:00"),
    "changed-from-one-on": starts("03-03T20:00", "03-10T19:00", "03-17T21:00", "03-24T21:00"),
    "skipped-by-the-day": starts("03-03T20:00", "03-17T19:00"),
    "a-zone-with-a-prefix": starts("03-10T14:00"),
    "lines-and-signs-meant-ill": starts("03-10T15:00"),
    "yearly-all-day-with-alarms-inside": starts("05-01T04:00"),
    "zones-since-1601-and-one-that-changes-nothing": starts("03-05T10:00", "03-10T09:00", "04-16T09:00", "04-30T09:00"),
}


@pytest.mark.parametrize("name", WHEN)
def test_an_awkward_calendar_is_read_as_it_was_meant(name: str) -> None:
    assert [start for start, _ in times(reading(name))] == WHEN[name]


def test_every_awkward_calendar_is_read_by_a_test() -> None:
    assert {file.stem for file in FOLDER.glob("*.ics")} == set(WHEN)


def test_a_folded_title_is_whole_again_whatever_the_line_ends() -> None:
    assert titles(reading("mixed-line-ends")) == ["Open lab with a long name that is folded"]


def test_all_day_events_last_from_midnight_to_midnight_in_the_servers_zone() -> None:
    found = reading("all-day-and-several-days")
    assert all(each.all_day for each in found.found)
    assert times(found)[2] == ("2026-04-07T04:00", "2026-04-10T04:00")


def test_rules_made_to_exhaust_are_left_out_each_with_its_reason() -> None:
    left = {each.title: each.why for each in reading("rules-made-to-exhaust").left_out}
    assert left == {
        "Every second": "it repeats more often than daily",
        "30 February": "it never takes place",
        "Since the year one": "it has repeated since the year 1",
        "Never further": "its rule for repeating makes no sense",
        "Every ten minutes": "it repeats too often in a day",
    }


def test_sessions_that_share_a_uid_are_told_apart() -> None:
    assert len({each.uid for each in reading("one-uid-for-all-sessions").found}) == 2


def test_an_alarm_inside_does_not_speak_for_its_event() -> None:
    (found,) = reading("yearly-all-day-with-alarms-inside").found
    assert (found.title, found.about, found.all_day) == ("Maker faire", "", True)


def test_html_becomes_plain_words_and_links_are_told_apart() -> None:
    (found,) = reading("descriptions-in-html").found
    assert found.about == "Bring wood.\nSign up here (https://example.org/signup)."
    assert (found.join, found.place, found.page) == ("https://zoom.us/j/123", "", "https://example.org/event/1")


def test_lines_that_nobody_folded_stay_in_the_description() -> None:
    (found,) = reading("text-broken-into-lines").found
    assert found.about == "First line\nand a second that nobody folded\nthird, with a colon somewhere: here"


def test_a_moved_occurrence_keeps_its_name_and_a_cancelled_one_says_so() -> None:
    found = reading("moved-skipped-and-cancelled").found
    assert [each.recurrence for each in found] == [
        "20260303T200000Z",
        "20260317T190000Z",
        "20260324T190000Z",
        "20260331T190000Z",
    ]
    assert [each.cancelled for each in found] == [False, False, True, False]
    assert found[1].title == "Book club, a day later"


def test_letters_of_other_times_are_read() -> None:
    assert titles(reading("utf-16-from-an-old-program")) == ["Café ✂"]
    assert titles(reading("letters-of-old-windows")) == ["Café – ouvert"]


def test_one_broken_event_does_not_take_the_others_along() -> None:
    found = reading("one-broken-event-among-good-ones")
    assert titles(found) == ["Good"]
    assert [each.title for each in found.left_out] == ["Broken", "No start", "Backwards"]


def test_a_zone_nobody_knows_is_named() -> None:
    assert reading("a-zone-nobody-knows").zones == ("Springfield Time",)


def test_events_without_a_uid_keep_the_name_they_are_given() -> None:
    first, again = reading("no-uids"), reading("no-uids")
    assert len({each.uid for each in first.found}) == 2
    assert first == again


def test_what_is_meant_ill_comes_out_as_words() -> None:
    (found,) = reading("lines-and-signs-meant-ill").found
    assert found.title == "@everyone free **money**"
    assert found.page == ""
    assert found.about == "[click](https://evil.example)\n\nEnd"


REFUSED = {
    "nothing": (b"", Trouble.EMPTY),
    "blanks": (b" \r\n\r\n", Trouble.EMPTY),
    "a-firewalls-page": (b"<!DOCTYPE html><html><body>Access denied</body></html>", Trouble.WEB_PAGE),
    "json": (b'{"events": []}', Trouble.NOT_A_CALENDAR),
    "half-an-answer": ((FOLDER / "moved-skipped-and-cancelled.ics").read_bytes()[:500], Trouble.CUT_OFF),
    "too-large": (b"BEGIN:VCALENDAR\r\n" + b"X-PAD:1\r\n" * 130_000 + b"END:VCALENDAR\r\n", Trouble.TOO_LARGE),
    "too-many": (
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n" * 2_001 + b"END:VCALENDAR\r\n",
        Trouble.TOO_MANY,
    ),
    "garbage-inside": (b"BEGIN:VCALENDAR\r\n;;;:::\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", Trouble.NOT_A_CALENDAR),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_calendar_is_refused_with_its_reason(name: str) -> None:
    content, trouble = REFUSED[name]
    assert len(content) <= MAX_BYTES or trouble is Trouble.TOO_LARGE
    with pytest.raises(UnreadableError) as refused:
        read(content, "America/New_York", SINCE, UNTIL)
    assert refused.value.trouble is trouble
    assert refused.value.words.endswith(".")


def test_an_empty_calendar_has_no_events() -> None:
    found = read(b"BEGIN:VCALENDAR\nX-WR-CALNAME:Quiet\nEND:VCALENDAR", "UTC", SINCE, UNTIL)
    assert (found.name, found.events, found.found) == ("Quiet", 0, ())
