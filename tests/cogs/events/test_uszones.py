from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cogs.events import uszones

EASTERN = ZoneInfo("America/New_York")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=EASTERN).astimezone(UTC)  # type: ignore[misc, arg-type]


def test_a_moment_is_said_in_the_zones_of_the_united_states() -> None:
    moment = at(2026, 12, 1, 15)
    assert uszones.contiguous(moment, EASTERN) == (
        "3:00 PM Eastern / 2:00 PM Central / 1:00 PM Mountain / 12:00 PM Pacific"
    )
    assert uszones.beyond(moment, EASTERN) == "11:00 AM Alaska / 10:00 AM Hawaii"
    assert uszones.beyond(at(2026, 7, 1, 15), EASTERN) == "11:00 AM Alaska / 9:00 AM Hawaii"


def test_in_the_night_the_clocks_change_each_zone_says_what_its_own_clock_says() -> None:
    spring = datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert uszones.contiguous(spring, EASTERN) == (
        "3:30 AM Eastern / 1:30 AM Central / 12:30 AM Mountain / 11:30 PM Pacific on Saturday"
    )
    assert uszones.contiguous(datetime(2027, 3, 14, 10, 30, tzinfo=UTC), EASTERN) == (
        "6:30 AM Eastern / 5:30 AM Central / 4:30 AM Mountain / 3:30 AM Pacific"
    )
