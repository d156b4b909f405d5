from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.kit.errors import UserError
from cogs.events.timewords import Question, Understood, understand

EASTERN = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""Nine in the morning in New York."""


def read(text: str, now: datetime = MONDAY, zone: ZoneInfo = EASTERN) -> Understood:
    return understand(text, now, zone)


def asked(text: str, now: datetime = MONDAY) -> dict[Question, str | None]:
    return {doubt.question: doubt.other for doubt in read(text, now).doubts}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("first Tuesday 3pm", "Tuesday, December 1, 2026 at 3:00 PM Eastern"),
        ("12 March 15:00", "Friday, March 12, 2027 at 3:00 PM Eastern"),
        ("March 12 at 3pm", "Friday, March 12, 2027 at 3:00 PM Eastern"),
        ("tomorrow at noon", "Tuesday, November 24, 2026 at 12:00 PM Eastern"),
        ("Thu 7 pm", "Thursday, November 26, 2026 at 7:00 PM Eastern"),
        ("2027-03-12 15:00", "Friday, March 12, 2027 at 3:00 PM Eastern"),
        ("2027-03-12T10:00", "Friday, March 12, 2027 at 10:00 AM Eastern"),
        ("in two weeks Tuesday 3pm", "Tuesday, December 8, 2026 at 3:00 PM Eastern"),
        ("two weeks from Thursday 3pm", "Thursday, December 10, 2026 at 3:00 PM Eastern"),
        ("last Thursday 6pm", "Thursday, November 26, 2026 at 6:00 PM Eastern"),
        ("first Tuesday of March at 3pm", "Tuesday, March 2, 2027 at 3:00 PM Eastern"),
        ("first Tuesday next month 3pm", "Tuesday, December 1, 2026 at 3:00 PM Eastern"),
        ("day after tomorrow 5pm", "Wednesday, November 25, 2026 at 5:00 PM Eastern"),
        ("3pm on the 15th", "Tuesday, December 15, 2026 at 3:00 PM Eastern"),
        ("half past three pm tomorrow", "Tuesday, November 24, 2026 at 3:30 PM Eastern"),
        ("quarter to 5 in the afternoon tomorrow", "Tuesday, November 24, 2026 at 4:45 PM Eastern"),
        ("tomorrow morning at 9", "Tuesday, November 24, 2026 at 9:00 AM Eastern"),
        ("15h30 tomorrow", "Tuesday, November 24, 2026 at 3:30 PM Eastern"),
        ("Dec 1 1500", "Tuesday, December 1, 2026 at 3:00 PM Eastern"),
        ("in 2 hours", "Monday, November 23, 2026 at 11:00 AM Eastern"),
        ("Tues., Dec. 1st, 2026, 3:00 p.m. – 4:30 p.m. (ET)", "Tuesday, December 1, 2026, 3:00 PM to 4:30 PM Eastern"),
        ("11-1pm Saturday", "Saturday, November 28, 2026, 11:00 AM to 1:00 PM Eastern"),
        ("tomorrow 3pm for an hour and a half", "Tuesday, November 24, 2026, 3:00 PM to 4:30 PM Eastern"),
        ("12 March 15:00 PT", "Friday, March 12, 2027 at 6:00 PM Eastern"),
        ("March 12th, 3pm-4pm Central time", "Friday, March 12, 2027, 4:00 PM to 5:00 PM Eastern"),
        ("March 12 3pm Europe/Berlin", "Friday, March 12, 2027 at 9:00 AM Eastern"),
        ("13/12 3pm", "Sunday, December 13, 2026 at 3:00 PM Eastern"),
        ("Friday, 12/4 3pm", "Friday, December 4, 2026 at 3:00 PM Eastern"),
        ("Tuesday 1/12/2026 3pm", "Tuesday, December 1, 2026 at 3:00 PM Eastern"),
        ("this coming Friday 3pm", "Friday, November 27, 2026 at 3:00 PM Eastern"),
        (
            "tomorrow 10pm-1am",
            "Tuesday, November 24, 2026, 10:00 PM to Wednesday, November 25, 2026 at 1:00 AM Eastern",
        ),
        (
            "March 12 3pm to March 13 5pm",
            "Friday, March 12, 2027, 3:00 PM to Saturday, March 13, 2027 at 5:00 PM Eastern",
        ),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, words: str) -> None:
    assert read(text).words == words
    assert set(asked(text)) == set()


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        (
            "every first Tuesday 3pm",
            "FREQ=MONTHLY;BYDAY=1TU",
            "The first Tuesday of each month at 3:00 PM Eastern, from Tuesday, December 1, 2026",
        ),
        (
            "every other Wednesday 5pm",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
            "Every other Wednesday at 5:00 PM Eastern, from Wednesday, November 25, 2026",
        ),
        (
            "weekly on Thursday 4 to 5:30pm",
            "FREQ=WEEKLY;BYDAY=TH",
            "Every Thursday, 4:00 PM to 5:30 PM Eastern, from Thursday, November 26, 2026",
        ),
        (
            "last Thursday of each month 6pm",
            "FREQ=MONTHLY;BYDAY=-1TH",
            "The last Thursday of each month at 6:00 PM Eastern, from Thursday, November 26, 2026",
        ),
        (
            "Tuesdays 6pm, 10 times",
            "FREQ=WEEKLY;BYDAY=TU;COUNT=10",
            "Every Tuesday at 6:00 PM Eastern, from Tuesday, November 24, 2026, 10 times",
        ),
        (
            "every Tuesday and Thursday 9am until June 1",
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270601T235959",
            "Every Tuesday and Thursday at 9:00 AM Eastern, from Tuesday, November 24, 2026, until June 1, 2027",
        ),
        (
            "every Tuesday 3pm starting January 5",
            "FREQ=WEEKLY;BYDAY=TU",
            "Every Tuesday at 3:00 PM Eastern, from Tuesday, January 5, 2027",
        ),
        (
            "quarterly on the last Friday noon",
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
            "The last Friday of every 3rd month at 12:00 PM Eastern, from Friday, November 27, 2026",
        ),
        (
            "March 12 every year 3pm",
            "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=12",
            "March 12 each year at 3:00 PM Eastern, from Friday, March 12, 2027",
        ),
        (
            "every Tuesday 3pm for 4 weeks",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261221T235959",
            "Every Tuesday at 3:00 PM Eastern, from Tuesday, November 24, 2026, until December 21, 2026",
        ),
        (
            "every Thursday 4pm PT",
            "FREQ=WEEKLY;BYDAY=TH",
            "Every Thursday at 7:00 PM Eastern, from Thursday, November 26, 2026",
        ),
    ],
)
def test_what_repeats_is_read_with_its_rule(text: str, rule: str, words: str) -> None:
    found = read(text)
    assert (str(found.rule), found.words, found.doubts) == (rule, words, ())


def test_month_or_day_first_is_asked_with_the_other_reading_at_hand() -> None:
    assert read("3/12 3pm").words == "Friday, March 12, 2027 at 3:00 PM Eastern"
    assert asked("3/12 3pm") == {Question.ORDER: "Thursday, December 3, 2026 at 3:00 PM Eastern"}


def test_next_friday_and_an_hour_without_its_half_are_asked() -> None:
    assert read("next Friday 10-11:30").words == "Friday, December 4, 2026, 10:00 AM to 11:30 AM Eastern"
    assert asked("next Friday 10-11:30") == {
        Question.NEXT: "Friday, November 27, 2026, 10:00 AM to 11:30 AM Eastern",
        Question.HALF: "Friday, December 4, 2026, 10:00 PM to 11:30 PM Eastern",
    }


def test_an_hour_that_the_clocks_leave_out_is_asked_and_taken_as_the_standard_says() -> None:
    found = read("March 14 2027 2:30am")
    assert [doubt.question for doubt in found.doubts] == [Question.NO_SUCH_HOUR]
    assert "2:30 AM does not happen" in found.doubts[0].words
    assert found.start == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert found.words == "Sunday, March 14, 2027 at 3:30 AM Eastern"


def test_an_event_can_end_in_the_second_of_two_equal_hours() -> None:
    found = read("November 7 2027 12:30am for 90 minutes")
    assert found.words == "Sunday, November 7, 2027, 12:30 AM to 1:00 AM (the second time) Eastern"
    assert read(found.words).end == found.end == datetime(2027, 11, 7, 6, tzinfo=UTC)
    assert read("November 7 2027 12:30am to 1am").end == datetime(2027, 11, 7, 5, tzinfo=UTC)
    late = read("November 7 2027 1:15am (the second time) to 1:45am")
    assert (late.start, late.end) == (
        datetime(2027, 11, 7, 6, 15, tzinfo=UTC),
        datetime(2027, 11, 7, 6, 45, tzinfo=UTC),
    )


def test_an_hour_that_happens_twice_is_asked_and_each_of_the_two_can_be_said() -> None:
    found = read("November 7 2027 1:30am")
    assert found.start == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    (doubt,) = found.doubts
    assert doubt.question is Question.TWICE
    second = read(doubt.other or "")
    assert second.start == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)
    assert second.doubts == ()


def test_what_is_past_or_far_away_is_asked() -> None:
    assert set(asked("today 8am")) == {Question.PAST}
    assert set(asked("March 12 2026 3pm")) == {Question.PAST}
    assert set(asked("November 20 3pm")) == {Question.FAR}


def test_midnight_is_asked_except_tonight() -> None:
    assert read("Friday at midnight").words == "Saturday, November 28, 2026 at 12:00 AM Eastern"
    assert asked("Friday at midnight") == {Question.MIDNIGHT: "Friday, November 27, 2026 at 12:00 AM Eastern"}
    assert asked("tonight at midnight") == {}


def test_every_second_tuesday_may_be_two_things() -> None:
    assert asked("every second Tuesday 3pm") == {
        Question.SECOND: "Every other Tuesday at 3:00 PM Eastern, from Tuesday, November 24, 2026"
    }


def test_a_weekday_that_is_not_that_date_and_a_missing_day_are_asked() -> None:
    assert set(asked("Friday, December 1, 2026 at 3pm")) == {Question.WEEKDAY}
    assert set(asked("3pm ET")) == {Question.DAY}
    assert read("Monday 8am").words == "Monday, November 30, 2026 at 8:00 AM Eastern"


def test_an_end_that_only_the_next_day_brings_is_asked() -> None:
    assert set(asked("3pm-2pm tomorrow")) == {Question.END}


REFUSED = """
sometime; tomorrow; Feb 30 3pm; 25:00 tomorrow; every; every 3pm; monthly Tuesday 3pm; Tuesday and Thursday 3pm;
every Thursday 11pm PT; every Thursday 4pm UTC; March 12 3pm to March 11 5pm; tomorrow 3pm until June 1;
3pm 4pm tomorrow;
March 12 3pm 2099; 2099-01-01 3pm; every day 3pm for 99 weeks until May 1; Tuesday weekly monthly 3pm; 15am tomorrow;
every 60 weeks on Tuesday 3pm; March 12 April 3 3pm; tomorrow 3pm Mars/Phobos
"""


@pytest.mark.parametrize("text", ["", "x" * 500, *(text.strip() for text in REFUSED.split(";"))])
def test_what_cannot_be_read_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UserError, match="first Tuesday 3pm"):
        read(text)


def test_a_server_elsewhere_reads_in_its_own_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    found = read("12 March 15:00", zone=berlin)
    assert found.words == "Friday, March 12, 2027 at 3:00 PM Europe/Berlin time"
    assert understand(found.words, MONDAY, berlin) == found
    assert read("12 March 3pm ET", zone=berlin).start == datetime(2027, 3, 12, 20, tzinfo=UTC)
