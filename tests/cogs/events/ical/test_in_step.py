"""How our events follow a calendar, and what they do not believe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cogs.events.ical.found import Found, LeftOut, Reading
from cogs.events.ical.in_step import Held, Steps, fingerprint, steps

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def session(number: int, day: int | None = None, uid: str = "", recurrence: str = "", title: str = "Lab") -> Found:
    at = NOW + DAY * (number if day is None else day)
    return Found(uid or f"{number}@x", recurrence, at, at + HOUR, title)


def held(found: Found, number: int = 0) -> Held:
    return Held(number or hash(found.uid) % 10_000, found.uid, found.recurrence, found.starts_at, fingerprint(found))


def read(*found: Found, events: int | None = None) -> Reading:
    return Reading("Library", len(found) if events is None else events, found)


TEN = tuple(session(number) for number in range(1, 11))
OURS = [held(found, number) for number, found in enumerate(TEN, 1)]


def test_what_says_the_same_stays() -> None:
    assert steps(OURS, read(*TEN), NOW) == Steps(same=10)


def test_a_new_session_is_added_and_one_that_is_over_is_not() -> None:
    past = session(-2)
    assert steps(OURS, read(*TEN, session(11), past), NOW).new == (session(11),)


def test_a_moved_session_is_moved_and_a_renamed_one_is_changed() -> None:
    moved, renamed = replace(TEN[0], starts_at=NOW + DAY * 1.5), replace(TEN[1], title="Lab, upstairs")
    found = steps(OURS, read(moved, renamed, *TEN[2:]), NOW)
    assert {(change.held.event_id, change.moved) for change in found.changed} == {(1, True), (2, False)}
    assert found.same == 8


def test_a_cancelled_session_is_cancelled_and_comes_back_when_it_is_on_again() -> None:
    off = replace(TEN[0], cancelled=True)
    assert steps(OURS, read(off, *TEN[1:]), NOW).cancelled == (OURS[0],)
    ours = [replace(OURS[0], cancelled=True, seen=fingerprint(off)), *OURS[1:]]
    assert steps(ours, read(off, *TEN[1:]), NOW) == Steps(same=10)
    assert [change.held.event_id for change in steps(ours, read(*TEN), NOW).revived] == [1]


def test_what_a_person_called_off_here_stays_off() -> None:
    ours = [replace(OURS[0], cancelled=True, by_hand=True), *OURS[1:]]
    assert steps(ours, read(replace(TEN[0], title="Changed"), *TEN[1:]), NOW) == Steps(same=10)


def test_what_is_missing_once_is_watched_and_twice_is_gone() -> None:
    first = steps(OURS, read(*TEN[1:]), NOW)
    assert (first.missing, first.gone) == ((OURS[0],), ())
    ours = [replace(OURS[0], missing=True), *OURS[1:]]
    second = steps(ours, read(*TEN[1:]), NOW)
    assert (second.missing, second.gone) == ((), (ours[0],))
    assert steps(ours, read(*TEN), NOW).back == (ours[0],)


def test_what_cannot_be_read_is_there_and_begins_to_be_missing_only_when_it_is_gone() -> None:
    ours = [replace(OURS[0], missing=True), replace(OURS[1], uid="2@x#20260303"), *OURS[2:]]
    unread = replace(read(*TEN[2:]), left_out=tuple(LeftOut("Lab", "odd", each.uid) for each in TEN[:2]))
    for believed in (False, True):
        found = steps(ours, unread, NOW, believed=believed)
        assert (found.missing, found.gone, found.back, found.same) == ((), (), (ours[0],), 8)
    assert steps(ours, read(*TEN[2:]), NOW).gone == (ours[0],)


def test_an_empty_answer_takes_nothing_away_however_often_it_comes() -> None:
    watched = [replace(each, missing=True) for each in OURS]
    for ours in (OURS, watched, OURS[:1]):
        found = steps(ours, read(), NOW)
        assert (found.gone, found.missing, found.vanished) == ((), (), len(ours))


def test_a_short_answer_takes_nothing_away_until_a_person_has_looked() -> None:
    watched = [replace(each, missing=True) for each in OURS]
    found = steps(watched, read(*TEN[:4]), NOW)
    assert (found.gone, found.missing, found.vanished, found.same) == ((), (), 6, 4)
    assert len(steps(OURS, read(*TEN[:4]), NOW, believed=True).gone) == 6


def test_an_answer_that_stops_at_a_limit_says_nothing_about_what_comes_after_its_last_event() -> None:
    found = steps(OURS, read(*TEN[:8], events=500), NOW)
    assert (found.missing, found.gone, found.same) == ((), (), 8)
    inside = steps(OURS, read(*TEN[:4], *TEN[5:8], events=500), NOW)
    assert inside.missing == (OURS[4],)


def test_a_series_that_moves_by_a_day_keeps_its_events() -> None:
    tuesdays = [session(0, day, "s@x", f"t{day}") for day in (3, 10, 17, 24)]
    ours = [held(found, number) for number, found in enumerate(tuesdays, 1)]
    wednesdays = [session(0, day, "s@x", f"w{day}") for day in (4, 11, 18, 25)]
    found = steps(ours, read(*wednesdays), NOW)
    assert [(change.held.event_id, change.found.recurrence) for change in found.changed] == [
        (1, "w4"),
        (2, "w11"),
        (3, "w18"),
        (4, "w25"),
    ]
    assert (found.new, found.missing, found.vanished) == ((), (), 0)


def test_an_event_that_becomes_a_series_keeps_its_answers() -> None:
    single = session(3, uid="s@x")
    series = [session(0, day, "s@x", f"k{day}") for day in (3, 10, 17)]
    found = steps([held(single, 7)], read(*series), NOW)
    assert [(change.held.event_id, change.moved) for change in found.changed] == [(7, False)]
    assert len(found.new) == 2


def test_an_event_that_has_begun_and_is_moved_to_later_is_not_made_anew() -> None:
    begun = held(session(0), 5)
    found = steps([begun], read(replace(session(0), starts_at=NOW + DAY, ends_at=NOW + DAY + HOUR)), NOW)
    assert (found.new, [change.held.event_id for change in found.changed]) == ((), [5])


def test_what_is_over_is_not_missed() -> None:
    assert steps([held(session(-1), 5)], read(session(3)), NOW).missing == ()


@settings(max_examples=150, deadline=None)
@given(st.sets(st.integers(1, 30)), st.sets(st.integers(1, 30)), st.sets(st.integers(1, 30)))
def test_every_event_of_ours_gets_one_verdict_and_following_the_steps_ends_in_step(
    mine: set[int], theirs: set[int], watched: set[int]
) -> None:
    ours = [replace(held(session(number), number), missing=number in watched) for number in mine]
    answer = read(*(session(number) for number in theirs))
    found = steps(ours, answer, NOW, believed=True)
    assert found.same + len(found.gone) == len(mine)
    assert {each.uid for each in found.new} == {f"{number}@x" for number in theirs - mine}
    after = [held(each, number) for number, each in enumerate(answer.found, 1)]
    assert steps(after, answer, NOW) == Steps(same=len(theirs))
    careful = steps(ours, answer, NOW)
    assert {each.event_id for each in careful.gone} <= watched & mine
