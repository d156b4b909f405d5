from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.people import places
from cogs.people.service.introducing import LONGEST_PLACE


@pytest.mark.parametrize(
    ("place", "near", "found"),
    [
        ("Ames, IA", "iowa", True),
        ("Ames, Iowa", "IA", True),
        ("Ames", "Ames, Iowa", True),
        ("Brooklyn, New York", "NY", True),
        ("Brooklyn NY", "new york", True),
        ("Charleston, West Virginia", "West Virginia", True),
        ("Portland, OR", "Oregon", True),
        ("Portland, Maine", "Oregon", False),
        ("somewhere in Ohio", "Indiana", False),
        ("Des Moines, Iowa", "Moines", True),
        ("Québec", "quebec", True),
        ("", "Iowa", False),
    ],
)
def test_a_place_is_found_by_its_city_and_its_state(place: str, near: str, found: bool) -> None:
    assert (places.sought(near) in places.folded(place)) == found


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Chicago", "America/Chicago"),
        ("america/chicago", "America/Chicago"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("Eastern", "America/New_York"),
        ("Central Time", "America/Chicago"),
        ("pst", "America/Los_Angeles"),
        ("Ames, Iowa", "America/Chicago"),
        ("Denver, CO", "America/Denver"),
        ("Phoenix", "America/Phoenix"),
        ("London", "Europe/London"),
        ("Auckland", "Pacific/Auckland"),
        ("UTC", "UTC"),
        ("Gotham", None),
        ("", None),
        ("../../etc/passwd", None),
    ],
)
def test_a_time_zone_is_known_by_its_city_a_state_or_its_everyday_name(typed: str, zone: str | None) -> None:
    assert places.zone_of(typed) == zone


def test_every_zone_that_a_word_leads_to_is_one_that_exists() -> None:
    assert {*places._ZONES.values(), *places._cities().values()} <= available_timezones()
    assert len(places._CODE_OF_STATE) == 52


@given(st.text(max_size=LONGEST_PLACE))
def test_any_place_folds_into_what_the_database_keeps_and_is_found_by_its_own_words(place: str) -> None:
    folded = places.folded(place)
    assert len(folded) <= places.LONGEST_FOLDED
    assert folded == "" or (folded[0], folded[-1]) == (" ", " ")


@given(st.text(max_size=60))
def test_any_text_is_a_time_zone_or_is_none(typed: str) -> None:
    zone = places.zone_of(typed)
    assert zone is None or ZoneInfo(zone).key == zone
    assert zone is None or places.zone_named(zone)
