from __future__ import annotations

from dataclasses import replace

import pytest

from cogs.mentorship import matching
from cogs.mentorship.matching import Mentee, Mentor, Round, Wishes
from cogs.mentorship.matching.waiting import WISHES
from tests.cogs.mentorship.matching.rounds import a_round, drawn_round, lot, wishes


def reason(mentors: list[Mentor], *mentees: Mentee, apart: tuple[tuple[int, int], ...] = ()) -> str:
    (waiting,) = matching.draft(a_round(mentors, list(mentees), apart)).waiting
    return waiting.reason


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [
        (wishes("budget"), wishes("embroidery"), "No mentor knows embroidery machine."),
        (wishes("budget"), wishes("embroidery", "cnc"), "No mentor knows embroidery machine, or CNC machine."),
        (wishes("budget"), wishes(), "They have not said yet what they want to learn."),
        (
            wishes("budget", languages=("en",)),
            wishes("budget", languages=("es", "fr")),
            "No mentor who knows budget and grants speaks Spanish or French.",
        ),
        (
            wishes("budget"),
            wishes("budget", zone="Asia/Tokyo"),
            "No mentor who knows budget and grants has enough of the day in common with them.",
        ),
        (
            wishes("budget", setting="school"),
            wishes("budget", setting="public", same_setting=True),
            "No mentor who knows budget and grants works in the same kind of place, which one side asked for.",
        ),
    ],
)
def test_what_keeps_everybody_away_is_said(mentor: Wishes, mentee: Wishes, expected: str) -> None:
    assert reason([Mentor(1, mentor)], Mentee(2, mentee)) == expected


def test_writing_to_each_other_needs_no_hour_in_common() -> None:
    tokyo = wishes("budget", zone="Asia/Tokyo", ways=("chat",))
    assert matching.draft(a_round([Mentor(1, wishes("budget", ways=("chat",)))], [Mentee(2, tokyo)])).waiting == ()


def test_no_room_is_said_where_all_who_know_it_are_full() -> None:
    mentees = [Mentee(2, wishes("budget")), Mentee(3, wishes("budget"))]
    assert reason([Mentor(1, wishes("budget"))], *mentees) == "All mentors who know budget and grants are full."
    assert (
        reason([Mentor(1, wishes("budget"), room=0)], mentees[0]) == "All mentors who know budget and grants are full."
    )


def test_it_is_said_what_those_with_room_lack() -> None:
    here = Mentor(1, wishes("budget"), room=0)
    tokyo = Mentor(2, wishes("budget", zone="Asia/Tokyo"))
    assert reason([here, tokyo], Mentee(9, wishes("budget"))) == (
        "All who know budget and grants, with a matching time zone, are full."
    )


def test_a_mentor_who_is_the_mentee_themselves_does_not_count() -> None:
    assert reason([Mentor(1, wishes("budget"))], Mentee(1, wishes("budget"))) == "No mentor knows budget and grants."


def test_an_exclusion_reads_like_a_library_in_common() -> None:
    mentors, mentee = [Mentor(1, wishes("budget"))], Mentee(2, wishes("budget"))
    excluded = reason(mentors, mentee, apart=((2, 1),))
    hill = {"employer": "Hill Library"}
    colleague = reason([Mentor(1, wishes("budget", **hill))], Mentee(2, wishes("budget", **hill)))
    assert excluded == colleague == WISHES
    beside_a_full_one = reason([*mentors, Mentor(3, wishes("budget"), room=0)], mentee, apart=((2, 1),))
    assert beside_a_full_one == WISHES


def _employed(people: Round, places: dict[int, str], *, same: bool) -> Round:
    def at(who_id: int, said: Wishes) -> Wishes:
        return replace(said, employer=places.get(who_id, "") if same else "", same_employer=False)

    return replace(
        people,
        mentors=tuple(replace(who, wishes=at(who.user_id, who.wishes)) for who in people.mentors),
        mentees=tuple(replace(who, wishes=at(who.user_id, who.wishes)) for who in people.mentees),
        exclusions=matching.Exclusions(),
    )


def test_a_draft_with_exclusions_is_the_very_draft_with_libraries_in_common() -> None:
    """Nothing in a draft tells an exclusion from a library in common, whatever else there is."""
    waiting = 0
    for seed in range(150):
        people = drawn_round(lot(seed), 5, 7)
        everyone = {who.user_id for who in people.mentors} | {who.user_id for who in people.mentees}
        places = {number: f"Library {number % 3}" for number in everyone}
        colleagues = _employed(people, places, same=True)
        couples = [(one, other) for one in places for other in places if one < other and places[one] == places[other]]
        excluded = replace(_employed(people, places, same=False), exclusions=matching.Exclusions.of(couples))
        assert matching.draft(excluded) == matching.draft(colleagues), seed
        waiting += sum(left.reason == WISHES for left in matching.draft(excluded).waiting)
    assert waiting


def test_no_reason_names_anybody_and_each_is_true_whoever_is_excluded() -> None:
    for seed in range(150):
        people = drawn_round(lot(seed), 4, 7)
        open_hearted = replace(people, exclusions=matching.Exclusions())
        before = {left.mentee: left.reason for left in matching.draft(open_hearted).waiting}
        for left in matching.draft(people).waiting:
            if left.reason.startswith("No mentor"):  # then it is so without any exclusion, too
                assert before[left.mentee] == left.reason, seed
