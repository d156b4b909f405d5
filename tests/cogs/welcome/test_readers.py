from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cogs.welcome.readers import Facts, readers
from db.delivery import Way

TELLER, OWNER, ROSA, MAX = 1, 2, 3, 4
USUAL = Facts(teller=TELLER, owner=OWNER, met=(ROSA, OWNER, MAX), desk=9, threads=True)


def test_it_goes_into_the_organizers_channel_where_only_they_see_it() -> None:
    assert readers(USUAL).way is Way.CHANNEL


def test_it_never_goes_into_a_channel_that_everyone_sees() -> None:
    to = readers(replace(USUAL, desk_open=True))
    assert (to.way, to.people) == (Way.PRIVATE, (ROSA, OWNER, MAX))


def test_without_a_channel_each_gets_a_private_note() -> None:
    assert readers(replace(USUAL, desk=None)).way is Way.NOTE


def test_who_is_left_out_finds_it_in_no_channel() -> None:
    to = readers(replace(USUAL, without=MAX))
    assert (to.way, to.people) == (Way.PRIVATE, (ROSA, OWNER))


def test_for_who_can_open_every_thread_there_is_no_thread() -> None:
    to = readers(replace(USUAL, without=OWNER, without_sees_all=True))
    assert (to.way, to.people) == (Way.NOTE, (ROSA, MAX))


def test_where_the_only_organizer_is_left_out_nobody_reads_it() -> None:
    to = readers(replace(USUAL, met=(OWNER,), without=OWNER, without_sees_all=True))
    assert not to.anybody


_number = st.integers(1, 6)
_facts = st.builds(
    Facts,
    teller=_number,
    owner=_number,
    met=st.lists(_number, unique=True).map(tuple),
    unmet=st.none() | st.integers(0, 3),
    desk=st.none() | st.just(9),
    desk_open=st.booleans(),
    threads=st.booleans(),
    without=st.none() | _number,
    without_sees_all=st.booleans(),
)


@given(_facts)
def test_whoever_is_left_out_is_never_reached(facts: Facts) -> None:
    to = readers(facts)
    if facts.without is not None:
        assert to.way is not Way.CHANNEL
        assert facts.without not in to.people
        assert to.way is Way.NOTE or not facts.without_sees_all
    assert facts.teller not in to.people
    assert to.way is not Way.CHANNEL or not facts.desk_open
