from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.errors import UserError
from cogs.events.timewords import LONGEST, understand

ZONES = st.sampled_from(["America/New_York", "America/Phoenix", "Pacific/Honolulu", "Europe/London", "UTC"]).map(
    ZoneInfo
)
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
WORDS = """
every each other first second last the of on at in from until for to - , / : 1 2 3 12 13 15th 30 2027 3pm 10am 15:00
1:30am 2:30am noon midnight monday tue Wednesdays thursday friday sunday march 12 nov dec 31 feb 29 tomorrow today
tonight next this week weeks month year day weekday weekly monthly quarterly biweekly times 10 once hours minutes half
past quarter an a ET PT UTC Hawaii Europe/Berlin starting 3/12 2027-03-14 morning evening (the second time)
"""
DAYS = """
first Tuesday; March 14 2027; November 7; 3/12; tomorrow; every second Friday; every other Sunday; February 29; Friday;
the 31st of each month; last Thursday of March; every weekday; every Sunday; next Wednesday; in three weeks;
every first and third Monday; March 12 every year; every 3rd month on the last day; every 2 weeks on Monday and Friday
"""
HOURS = "3pm; 15:00; noon; midnight; 1:30am; 2:30 am; 10; 10-11:30; 10pm-1am; 9 to 5; 23:59"
MORE = "; for 90 minutes; 10 times; until June 1 2028; for 6 weeks; starting January 5"
SENTENCES = st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join)
SENSIBLE = st.tuples(
    *(
        st.sampled_from([piece.strip() for piece in some.split(";")])
        for some in (DAYS, HOURS, "; ET; PT; HST; UTC", MORE)
    )
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(text=SENSIBLE | SENTENCES, now=NOWS, zone=ZONES)
def test_what_is_said_back_is_understood_again_as_the_same(text: str, now: datetime, zone: ZoneInfo) -> None:
    try:
        found = understand(text, now, zone)
    except UserError:
        return
    again = understand(found.words, now, zone)
    assert (again.start, again.end, again.local, again.local_end, again.rule, again.words) == (
        found.start, found.end, found.local, found.local_end, found.rule, found.words,
    )  # fmt: skip
    assert {doubt.question.value for doubt in again.doubts} <= {"past", "far", "no such hour", "end"}


@settings(max_examples=400, deadline=None)
@given(text=st.text(max_size=220) | SENTENCES, now=NOWS, zone=ZONES)
def test_any_text_is_read_or_refused_in_words(text: str, now: datetime, zone: ZoneInfo) -> None:
    with suppress(UserError):
        found = understand(text, now, zone)
        assert found.start.tzinfo is UTC
        assert found.end is None or found.end > found.start
        assert found.local.tzinfo is None
        for doubt in found.doubts:
            assert doubt.other is None or understand(doubt.other, now, zone).words == doubt.other


HOSTILE = ("first and ", "1", "1st, ", "monday, ", "a/", "the ", "every ", "3-", "for 1.", "12.3.", "first tuesday of ")


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_made_to_keep_a_grammar_busy_is_refused_like_any_other(piece: str) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    with pytest.raises(UserError):
        understand((piece * LONGEST)[: LONGEST - 1] + "x", now, ZoneInfo("UTC"))
