from __future__ import annotations

import pytest

from bot.kit.errors import UserError
from cogs.events.terms import LONGEST_WHERE
from cogs.events.whereabouts import typed_of, where_of
from db.events import LINK, PLACE

CHANNELS = {"makerspace": 7}


@pytest.mark.parametrize("typed", ["", "#makerspace", "nom.org/a b", "nom.org/a?b=c", "Room 3", "HTTPS://nom.org/a"])
def test_a_place_is_read_as_it_is_shown_for_a_change(typed: str) -> None:
    found = where_of(typed, CHANNELS)
    assert where_of(typed_of(found), CHANNELS) == found


def test_a_place_that_was_cut_does_not_become_a_link() -> None:
    found = where_of(f"nom.org/{'a' * LONGEST_WHERE} and then upstairs", CHANNELS)
    assert (found.kind, len(found.text)) == (PLACE, LONGEST_WHERE)
    assert where_of(typed_of(found), CHANNELS) == found
    assert where_of("nom.org/upstairs", CHANNELS).kind == LINK


def test_a_link_with_a_space_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="no spaces"):
        where_of("https://nom.org/a b", CHANNELS)
