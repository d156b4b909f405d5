from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import cities
from bot.kit.cities import AT_MOST, search


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("Columbus", {"America/New_York"}),
        ("Columbus, OH", {"America/New_York"}),
        ("new york", {"America/New_York"}),
        ("NEW YORK CITY", {"America/New_York"}),
        ("Vienna", {"Europe/Vienna"}),
        ("Ohio", {"America/New_York"}),
        ("tennessee", {"America/Chicago", "America/New_York"}),
        ("Nashville", {"America/Chicago"}),
        ("St Paul", {"America/Chicago"}),
        ("Saint Louis", {"America/Chicago"}),
        ("El Paso", {"America/Denver"}),
        ("Coeur dAlene", {"America/Los_Angeles"}),
        ("Portland", {"America/New_York", "America/Los_Angeles"}),
        ("Portland, Maine", {"America/New_York"}),
        ("Portland, OR", {"America/Los_Angeles"}),
        ("São Paulo", {"America/Sao_Paulo"}),
        ("eastern", {"America/New_York"}),
        ("Kathmandu", {"Asia/Kathmandu"}),
        ("Europe/Zurich", {"Europe/Zurich"}),
        ("Phoenix", {"America/Phoenix"}),
        ("Honolulu", {"Pacific/Honolulu"}),
        ("zzqqx", set()),
        ("", set()),
        (" , Ohio", set()),
    ],
)
def test_a_city_a_state_or_a_zone_finds_its_time(typed: str, zones: set[str]) -> None:
    assert {city.zone for city in search(typed)} == zones


def test_all_that_is_listed_exists_and_is_found_by_its_name() -> None:
    listed = [*cities._states(), *cities._others()]
    assert {city.zone for city in listed} <= available_timezones()
    assert [city.label for city in listed if city.zone not in {one.zone for one in search(city.name)}] == []
    assert len({city.code for city in listed if city.code}) == 52, "50 states, the capital and Puerto Rico"


@given(st.text(max_size=60))
def test_whatever_is_typed_every_place_has_a_zone_that_exists(typed: str) -> None:
    found = search(typed)
    assert len(found) <= AT_MOST
    assert all(ZoneInfo(city.zone) for city in found)


@given(st.sampled_from(sorted(available_timezones())))
def test_every_zone_is_found_by_its_own_name(zone: str) -> None:
    assert zone in {city.zone for city in search(zone)}


EAST, WEST, CENTRAL = "America/New_York", "America/Los_Angeles", "America/Chicago"


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("Chicago", [CENTRAL]),
        ("america/chicago", [CENTRAL]),
        ("new_york", [EAST]),
        ("Eastern", [EAST]),
        ("Central Time", [CENTRAL]),
        ("pst", [WEST]),
        ("ET", [EAST]),
        ("OH", [EAST]),
        ("Gothenburg, NE", [CENTRAL]),
        ("Denver, CO", ["America/Denver"]),
        ("Tennessee", [CENTRAL]),
        ("Indiana", ["America/Indiana/Indianapolis"]),
        ("London", ["Europe/London"]),
        ("Auckland", ["Pacific/Auckland"]),
        ("UTC", ["UTC"]),
        ("Portland", [WEST, EAST]),
        ("Portland, Oregon", [WEST]),
        ("Gotham", []),
        ("", []),
        ("../../etc/passwd", []),
    ],
)
def test_where_a_member_is_leads_to_one_zone_or_to_a_choice(typed: str, zones: list[str]) -> None:
    assert sorted(city.zone for city in cities.meant(typed)) == zones


@given(st.text(max_size=60))
def test_any_text_means_places_whose_zones_exist_and_differ(typed: str) -> None:
    zones = [ZoneInfo(city.zone).key for city in cities.meant(typed)]
    assert len(zones) == len(set(zones))
