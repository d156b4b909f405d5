from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.errors import UserError
from cogs.events import wallclock
from cogs.events.recurrence import (
    Rule,
    Series,
    dates_said,
    ended,
    in_words,
    pairs,
    parted,
    reclocked,
    skipping,
    suggestions,
    unskipping,
)
from cogs.events.recurrence.possible import comes_true
from cogs.events.recurrence.series import LONGEST

EASTERN = ZoneInfo("America/New_York")
FIRST = datetime(2026, 12, 1, 15, 0)  # noqa: DTZ001 - on the wall


def series(rule: str, start: datetime = FIRST, zone: ZoneInfo = EASTERN) -> Series:
    return Series(Rule.parse(rule).settled(start), start, zone)


def days(found: Series, weeks: int = 53) -> list[str]:
    return [f"{key:%m-%d}" for key in found.keys(found.start, found.start + timedelta(weeks=weeks))]


def test_the_first_tuesday_of_each_month_stays_at_three_when_the_clocks_change() -> None:
    found = series("FREQ=MONTHLY;BYDAY=1TU")
    keys = found.keys(FIRST, FIRST + timedelta(days=380))
    assert [f"{key:%m-%d %H:%M}" for key in keys][:5] == [
        "12-01 15:00", "01-05 15:00", "02-02 15:00", "03-02 15:00", "04-06 15:00",
    ]  # fmt: skip
    assert [found.moment(key).hour for key in keys] == [20, 20, 20, 20, 19, 19, 19, 19, 19, 19, 19, 19, 20]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=1TU", "the first Tuesday of each month"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", "the first Tuesday of each month"),
        ("FREQ=MONTHLY;BYDAY=-1TH", "the last Thursday of each month"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "the first and third Tuesday of each month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE", "the second Wednesday of every other month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "the last Friday of every 3rd month"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "the 15th of each month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "the last day of each month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "the last weekday of each month"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every Friday that falls on the 13th of each month"),
        ("FREQ=WEEKLY", "every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10", "every Tuesday and Thursday, 10 times"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "every other Wednesday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "every 3 weeks on Wednesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=6,7", "every Tuesday, in June and July only"),
        ("FREQ=DAILY;INTERVAL=2", "every other day"),
        ("FREQ=YEARLY", "December 1 each year"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "the fourth Thursday of November, each year"),
        ("RRULE:freq=weekly;until=20270601", "every Tuesday, until June 1, 2027"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    assert in_words(series(rule).rule) == words


REFUSED = """
FREQ=SECONDLY FREQ=MINUTELY FREQ=HOURLY;BYDAY=MO INTERVAL=1 FREQ=WEEKLY;INTERVAL=0 FREQ=WEEKLY;INTERVAL=9999999999
FREQ=DAILY;COUNT=1001 FREQ=DAILY;COUNT=0 FREQ=DAILY;COUNT=3;UNTIL=20270101 FREQ=WEEKLY;BYDAY=1TU FREQ=YEARLY;BYDAY=20MO
FREQ=YEARLY;BYWEEKNO=3 FREQ=DAILY;BYHOUR=1,2
FREQ=MONTHLY;BYMONTHDAY=0 FREQ=MONTHLY;BYMONTHDAY=32 FREQ=WEEKLY;BYMONTH=13
FREQ=WEEKLY;BYDAY=XX FREQ=WEEKLY;UNTIL=20271345 FREQ=WEEKLY;UNTIL=soon FREQ=WEEKLY;FREQ=DAILY
FREQ=WEEKLY;BYMONTHDAY=1 ;; FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=2 FREQ=MONTHLY;BYDAY=1MO,TU
FREQ=WEEKLY;COUNT=٣ FREQ=MONTHLY;BYDAY=TU;BYSETPOS=9
"""


@pytest.mark.parametrize("rule", ["", "x" * 600, *REFUSED.split()])
def test_a_rule_that_could_run_for_ever_or_means_nothing_is_refused_in_words(rule: str) -> None:
    with pytest.raises(UserError, match="every first Tuesday"):
        Rule.parse(rule)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(REFUSED.split()), max_size=3).map(";".join))
def test_any_text_is_a_rule_or_refused_in_words(text: str) -> None:
    try:
        rule = Rule.parse(text)
    except UserError:
        return
    assert Rule.parse(str(rule)) == rule


def test_a_rule_that_never_falls_due_ends_the_search() -> None:
    assert series("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30").first() is None
    assert series("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", datetime(2026, 2, 1, 15)).first() is None  # noqa: DTZ001


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYSETPOS=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=5FR;BYMONTHDAY=1",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,3",
        "FREQ=YEARLY;BYMONTH=4;BYDAY=MO,TU;BYSETPOS=20",
    ],
)
def test_a_rule_that_never_falls_due_is_known_before_it_is_looked_for(rule: str) -> None:
    assert not comes_true(Rule.parse(rule).settled(FIRST), FIRST)
    assert series(rule).first() is None


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=5FR",
        "FREQ=MONTHLY;BYDAY=-5SU;BYMONTH=2",
        "FREQ=MONTHLY;BYMONTHDAY=-31;BYSETPOS=-1",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=2",
        "FREQ=YEARLY;BYDAY=TU;BYSETPOS=-31",
        "FREQ=WEEKLY;INTERVAL=52;BYMONTH=12",
    ],
)
def test_a_rule_that_is_seldom_true_is_still_followed(rule: str) -> None:
    first = rrulestr(rule, dtstart=FIRST)[0]
    assert comes_true(Rule.parse(rule).settled(FIRST), FIRST)
    assert series(rule).keys(FIRST, first) == ([first] if first <= FIRST + LONGEST else [])


def test_the_last_day_reaches_calendars_in_utc() -> None:
    rule = Rule.parse("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601T035959Z", EASTERN)
    assert rule.until == datetime(2027, 5, 31, 23, 59, 59)  # noqa: DTZ001
    assert str(rule) == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270531T235959"
    assert rule.ical(EASTERN) == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601T035959Z"


def test_the_dates_of_a_year_are_said_with_their_years() -> None:
    found = series("FREQ=MONTHLY;BYDAY=1TU").year(20)
    assert dates_said(found) == (
        "Dec 1, 2026; Jan 5, Feb 2, Mar 2, Apr 6, May 4, Jun 1, Jul 6, Aug 3, Sep 7, Oct 5, Nov 2, 2027"
    )
    assert len(series("FREQ=WEEKLY").year(12)) == 12


def test_one_date_is_skipped_and_taken_back() -> None:
    found = skipping(series("FREQ=WEEKLY;COUNT=4"), datetime(2026, 12, 8, 15))  # noqa: DTZ001
    assert days(found) == ["12-01", "12-15", "12-22"]
    assert days(unskipping(found, datetime(2026, 12, 8, 15))) == ["12-01", "12-08", "12-15", "12-22"]  # noqa: DTZ001
    assert found.last() == datetime(2026, 12, 22, 15)  # noqa: DTZ001
    assert series("FREQ=WEEKLY").last() is None


def test_a_series_ends_and_is_parted_without_losing_or_doubling_a_date() -> None:
    whole = skipping(series("FREQ=WEEKLY;COUNT=6"), datetime(2026, 12, 22, 15))  # noqa: DTZ001
    before, after = parted(whole, datetime(2026, 12, 15, 15))  # noqa: DTZ001
    assert before is not None
    assert (days(before), days(after)) == (["12-01", "12-08"], ["12-15", "12-29", "01-05"])
    assert parted(whole, FIRST)[0] is None
    assert days(ended(whole, datetime(2026, 12, 15, 15))) == ["12-01", "12-08", "12-15"]  # noqa: DTZ001
    with pytest.raises(UserError):
        parted(whole, datetime(2026, 12, 16, 15))  # noqa: DTZ001


def test_all_dates_move_to_another_hour_with_what_is_skipped() -> None:
    found = reclocked(skipping(series("FREQ=WEEKLY;COUNT=3"), datetime(2026, 12, 8, 15)), time(17, 30))  # noqa: DTZ001
    assert [f"{key:%m-%d %H:%M}" for key in found.keys(found.start, found.start + timedelta(days=60))] == [
        "12-01 17:30",
        "12-15 17:30",
    ]


def test_who_goes_on_tuesday_goes_on_wednesday_when_a_club_moves() -> None:
    old = series("FREQ=WEEKLY;COUNT=3").keys(FIRST, FIRST + timedelta(days=30))
    new = [key + timedelta(days=1) for key in old]
    assert pairs(old, new) == dict(zip(old, new, strict=True))
    assert pairs(old, [old[1].replace(hour=17), old[1] + timedelta(days=60)]) == {old[1]: old[1].replace(hour=17)}


def test_the_rules_that_a_date_suggests_are_true_of_it() -> None:
    assert [in_words(rule) for rule in suggestions(FIRST.date())] == [
        "the first Tuesday of each month",
        "every Tuesday",
        "every other Tuesday",
    ]
    fifth = datetime(2027, 3, 30, 15)  # noqa: DTZ001
    assert in_words(suggestions(fifth)[0]) == "the last Tuesday of each month"
    for rule in suggestions(fifth):
        assert Series(rule, fifth, EASTERN).first() == fifth


RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=-1SU",
        "FREQ=WEEKLY;BYDAY=SU,WE",
    ]
)
KEYS = st.sampled_from(["America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Phoenix"])
EARLIEST, LATEST = datetime(2026, 1, 1), datetime(2029, 1, 1)  # noqa: DTZ001
STARTS = st.datetimes(EARLIEST, LATEST).map(lambda at: at.replace(second=0, microsecond=0))


@settings(max_examples=150, deadline=None)
@given(rule=RULES, start=STARTS, zone=KEYS.map(ZoneInfo))
def test_no_change_of_the_clocks_moves_a_series_on_the_wall(rule: str, start: datetime, zone: ZoneInfo) -> None:
    found = series(rule, start, zone)
    keys = found.keys(start, start + timedelta(days=400))
    moments = [found.moment(key) for key in keys]
    assert {key.time() for key in keys} == {start.time()}
    assert all(one < two for one, two in pairwise(moments))
    for key, moment in zip(keys, moments, strict=True):
        shown = wallclock.on_the_wall(moment, zone)
        assert shown == key or not wallclock.exists(key, zone)
        assert moment.tzinfo is UTC
        assert not wallclock.twice(key, zone) or shown.fold == 0


@settings(max_examples=100, deadline=None)
@given(rule=RULES, start=STARTS, at=st.integers(0, 20), count=st.none() | st.integers(21, 40))
def test_parting_a_series_anywhere_gives_back_the_whole(rule: str, start: datetime, at: int, count: int | None) -> None:
    whole = series(rule if count is None else f"{rule};COUNT={count}", start)
    end = start + timedelta(days=900)
    keys = whole.keys(start, end)
    before, after = parted(whole, keys[at % len(keys)])
    assert ([] if before is None else before.keys(start, end)) + after.keys(start, end) == keys


@settings(max_examples=60, deadline=None)
@given(
    start=STARTS,
    parts=st.fixed_dictionaries(
        {},
        optional={
            "BYMONTH": st.integers(1, 12),
            "BYMONTHDAY": st.sampled_from([1, 15, 28, -1, -3]),
            "BYDAY": st.sampled_from(["MO", "SA,SU", "WE"]),
            "BYSETPOS": st.sampled_from([1, -1]),
            "INTERVAL": st.integers(1, 5),
        },
    ),
)
def test_a_daily_rule_falls_on_the_days_the_library_says(start: datetime, parts: dict[str, object]) -> None:
    words = ";".join(["FREQ=DAILY", *(f"{name}={value}" for name, value in parts.items())])
    end = start + timedelta(days=800)
    library = rrule.rrulestr(words, dtstart=start)
    assert list(Rule.parse(words).expanded(start, end)) == list(takewhile(lambda day: day <= end, library))
