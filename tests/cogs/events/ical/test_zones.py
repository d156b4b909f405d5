"""Our description of a zone, read by others, gives the same hours as the zone itself."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Timezone

from cogs.events.ical.zones import zone_lines

AWKWARD = {
    "America/New_York": "where most of us are",
    "America/Phoenix": "no summer time in a country that has it",
    "America/Adak": "the last of the US",
    "Europe/Dublin": "summer is the standard, in winter the clocks go back by a negative hour",
    "Europe/London": "changes at one in the morning",
    "Australia/Lord_Howe": "changes by half an hour",
    "Pacific/Chatham": "three quarters of an hour, and south",
    "Asia/Kolkata": "half an hour, no changes",
    "America/Santiago": "the first Sunday after a date, at midnight",
    "America/Nuuk": "changes on the Saturday before, in local time",
    "Africa/Cairo": "the day after the last Thursday, which may be in November",
    "Asia/Jerusalem": "the Friday before the last Sunday",
    "Africa/Casablanca": "as the moon wants it",
}


NIGHT = timedelta(hours=3)
"""So near to a change an hour may come twice, and libraries differ about which one is meant."""


@pytest.mark.parametrize("zone", AWKWARD, ids=AWKWARD)
def test_another_library_reads_the_same_hours_for_ten_years(zone: str) -> None:
    lines = ["BEGIN:VCALENDAR", *zone_lines(zone, 2026), "END:VCALENDAR"]
    read = tzical(io.StringIO("\r\n".join(lines))).get(zone)
    known = ZoneInfo(zone)
    at, end = datetime(2026, 1, 1, 12, 17, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    while at < end:
        if (at - NIGHT).astimezone(known).utcoffset() == (at + NIGHT).astimezone(known).utcoffset():
            assert at.astimezone(read).utcoffset() == at.astimezone(known).utcoffset(), at
        at += timedelta(hours=53)


@pytest.mark.parametrize("zone", ["America/New_York", "America/Santiago", "Africa/Cairo"])
def test_what_follows_a_rule_is_told_as_rules_and_not_as_dates(zone: str) -> None:
    lines = zone_lines(zone, 2026)
    assert not [line for line in lines if line.startswith("RDATE")]
    assert len([line for line in lines if line.startswith("RRULE:FREQ=YEARLY;")]) == 2
    assert not [line for line in lines if "UNTIL" in line]


def test_a_zone_with_two_rules_has_just_two_parts_since_outlook_takes_no_third() -> None:
    assert len([line for line in zone_lines("Europe/Berlin", 2026) if line.startswith("DTSTART")]) == 2


def test_a_zone_that_gave_up_summer_time_is_right_before_and_after() -> None:
    lines = zone_lines("America/Mexico_City", 2021)  # the clocks were changed for the last time in October 2022
    parsed = cast("Timezone", Timezone.from_ical("\r\n".join(lines))).to_tz(lookup_tzid=False)
    for at in (datetime(2021, 7, 1), datetime(2022, 7, 1), datetime(2023, 7, 1), datetime(2021, 12, 1)):  # noqa: DTZ001
        assert at.replace(tzinfo=parsed).utcoffset() == at.replace(tzinfo=ZoneInfo("America/Mexico_City")).utcoffset()


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        zone_lines("Mars/Olympus_Mons", 2026)
