from __future__ import annotations

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


@given(st.text(max_size=LONGEST_PLACE))
def test_any_place_folds_into_what_the_database_keeps_and_is_found_by_its_own_words(place: str) -> None:
    folded = places.folded(place)
    assert len(folded) <= places.LONGEST_FOLDED
    assert folded == "" or (folded[0], folded[-1]) == (" ", " ")


def test_a_zone_is_said_by_its_city() -> None:
    assert places.zone_named("America/New_York") == "New York time"
    assert places.zone_named("UTC") == "UTC"
