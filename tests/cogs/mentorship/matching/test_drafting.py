from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from cogs.mentorship import matching
from cogs.mentorship.matching import Draft, Exclusions, Fixed, Group, Mentee, Mentor, Round
from cogs.mentorship.matching.obstacles import between
from cogs.mentorship.matching.people import Reading
from cogs.mentorship.matching.waiting import WISHES
from tests.cogs.mentorship.matching.rounds import a_round, drawn_round, lot, wishes

if TYPE_CHECKING:
    from random import Random

ROUNDS = st.builds(
    drawn_round,
    st.integers(0, 10**9).map(lot),
    st.integers(0, 6),
    st.integers(0, 9),
    groups=st.booleans(),
)


def _held(draft: Draft, mentor: Mentor) -> list[int]:
    return [pair.mentee for pair in draft.pairs if pair.mentor == mentor.user_id]


@settings(max_examples=150, deadline=None)
@given(ROUNDS)
def test_nobody_is_over_capacity_or_twice_and_everybody_is_told_of_once(people: Round) -> None:
    draft = matching.draft(people)
    for mentor in people.mentors:
        assert len(_held(draft, mentor)) <= (5 if mentor.group and mentor.room else mentor.room)
    told = [pair.mentee for pair in draft.pairs] + [left.mentee for left in draft.waiting]
    assert sorted(told) == sorted(mentee.user_id for mentee in people.mentees)


@settings(max_examples=150, deadline=None)
@given(ROUNDS)
def test_nothing_stands_between_the_two_of_a_pair(people: Round) -> None:
    reading = Reading(people.lexicon, people.at)
    mentors = {who.user_id: reading.read(who.user_id, who.wishes) for who in people.mentors}
    mentees = {who.user_id: reading.read(who.user_id, who.wishes) for who in people.mentees}
    for pair in matching.draft(people).pairs:
        assert (pair.mentor, pair.mentee) not in people.exclusions
        assert list(between(mentors[pair.mentor], mentees[pair.mentee], people.exclusions)) == []


@settings(max_examples=150, deadline=None)
@given(ROUNDS, st.integers(0, 10**9))
def test_one_more_mentor_never_places_fewer(people: Round, seed: int) -> None:
    teach = {who.user_id for who in people.mentors}  # mentees who exclude each other may share no group: another matter
    people = replace(people, exclusions=Exclusions.of(two for two in people.exclusions if teach & set(two)))
    people = replace(people, mentees=tuple(who for who in people.mentees if who.user_id not in teach))
    newcomer = replace(drawn_round(lot(seed), 1, 0).mentors[0], user_id=1000, room=1)
    more = replace(people, mentors=(*people.mentors, newcomer))
    assert len(matching.draft(more).pairs) >= len(matching.draft(people).pairs)


@settings(max_examples=150, deadline=None)
@given(ROUNDS)
def test_nobody_is_in_a_group_with_somebody_whom_they_exclude(people: Round) -> None:
    for group in matching.draft(people).groups:
        assert [two for two in combinations(group.mentees, 2) if two in people.exclusions] == []


@settings(max_examples=100, deadline=None)
@given(ROUNDS, st.randoms(use_true_random=False))
def test_the_order_of_people_makes_no_difference(people: Round, source: Random) -> None:
    mentors, mentees = list(people.mentors), list(people.mentees)
    source.shuffle(mentors)
    source.shuffle(mentees)
    assert matching.draft(replace(people, mentors=tuple(mentors), mentees=tuple(mentees))) == matching.draft(people)


@settings(max_examples=100, deadline=None)
@given(ROUNDS)
def test_a_draft_that_is_locked_whole_stays_as_it_is(people: Round) -> None:
    draft = matching.draft(people)
    locked = matching.draft(replace(people, fixed=tuple(Fixed(pair.mentor, pair.mentee) for pair in draft.pairs)))
    assert not matching.changes(draft, locked)
    assert locked.dropped == ()
    assert all(pair.fixed for pair in locked.pairs)


BUDGET = wishes("budget")


def test_a_pair_by_hand_stands_whatever_its_score() -> None:
    people = a_round([Mentor(1, BUDGET)], [Mentee(2, wishes("embroidery")), Mentee(3, BUDGET)], fixed=(Fixed(1, 2),))
    draft = matching.draft(people)
    assert [(pair.mentor, pair.mentee, pair.fixed) for pair in draft.pairs] == [(1, 2, True)]
    assert draft.waiting[0].reason == "All mentors who know budget and grants are full."


def test_a_fixed_pair_that_cannot_stay_is_told() -> None:
    hill = wishes("budget", employer="The Hill Library")
    people = a_round(
        [Mentor(1, BUDGET), Mentor(2, hill), Mentor(3, BUDGET)],
        [Mentee(11, BUDGET), Mentee(12, hill), Mentee(13, BUDGET)],
        apart=((3, 13),),
        fixed=(Fixed(1, 11), Fixed(1, 12), Fixed(2, 12), Fixed(3, 13), Fixed(3, 99), Fixed(2, 11)),
    )
    draft = matching.draft(people)
    assert draft.dropped == (Fixed(1, 12), Fixed(2, 12), Fixed(3, 13), Fixed(3, 99), Fixed(2, 11))
    assert {(pair.mentor, pair.mentee) for pair in draft.pairs} == {(1, 11), (3, 12), (2, 13)}


def test_two_of_one_library_are_paired_only_if_both_wish_it() -> None:
    def drafted(*, mentor: bool, mentee: bool) -> int:
        one = wishes("budget", employer="HILL library", same_employer=mentor)
        other = wishes("budget", employer="Hill Library ", same_employer=mentee)
        return len(matching.draft(a_round([Mentor(1, one)], [Mentee(2, other)])).pairs)

    wished = {(one, other): drafted(mentor=one, mentee=other) for one in (False, True) for other in (False, True)}
    assert wished == {(False, False): 0, (False, True): 0, (True, False): 0, (True, True): 1}


def test_organizers_can_put_two_together_unless_something_confidential_is_between_them() -> None:
    people = a_round([Mentor(1, BUDGET)], [Mentee(2, wishes("embroidery")), Mentee(3, BUDGET)], apart=((1, 3),))
    by_hand = matching.pair(people, 1, 2)
    assert by_hand is not None
    assert by_hand.score > 0
    assert [matching.pair(people, 1, 3), matching.pair(people, 1, 4), matching.pair(people, 5, 2)] == [None] * 3


def test_a_mentor_takes_a_group_only_where_somebody_would_wait() -> None:
    mentees = [Mentee(number, BUDGET) for number in range(11, 18)]
    alone = a_round([Mentor(1, BUDGET, room=2, group=True)], mentees)
    assert matching.draft(alone).groups == (Group(1, (11, 12, 13, 14, 15)),)
    assert [left.mentee for left in matching.draft(alone).waiting] == [16, 17]
    helped = replace(alone, mentors=(*alone.mentors, Mentor(2, BUDGET, room=5)))
    assert matching.draft(helped).groups == ()
    assert matching.draft(helped).waiting == ()
    never = replace(alone, mentors=(Mentor(1, BUDGET, room=0, group=True),))
    assert len(matching.draft(never).waiting) == 7


def test_two_who_exclude_each_other_share_no_group_even_where_organizers_lock_them() -> None:
    mentees = [Mentee(number, BUDGET) for number in (11, 12, 13)]
    people = a_round([Mentor(1, BUDGET, group=True)], mentees, apart=((11, 12),))
    assert matching.draft(people).groups == (Group(1, (11, 13)),)
    assert [left.reason for left in matching.draft(people).waiting] == [WISHES]
    locked = replace(people, fixed=(Fixed(1, 12), Fixed(1, 11)))
    assert matching.draft(locked).groups == (Group(1, (12, 13)),)
    assert matching.draft(locked).dropped == (Fixed(1, 11),)


def test_fewer_than_six_are_offered_a_circle() -> None:
    five = a_round([Mentor(1, BUDGET)], [Mentee(number, BUDGET) for number in (1, 2, 3, 4, 5)])
    assert matching.draft(five).circle == (1, 2, 3, 4, 5)
    six = replace(five, mentors=(Mentor(6, BUDGET),))
    assert matching.draft(six).circle == ()


def test_the_next_best_mentors_are_those_with_room_the_best_first() -> None:
    mentors = [
        Mentor(1, wishes("budget", zone="Europe/Berlin")),
        Mentor(2, BUDGET),
        Mentor(3, BUDGET, room=0),
        Mentor(4, wishes("policy")),
        Mentor(5, BUDGET),
        Mentor(6, BUDGET),
    ]
    people = a_round(mentors, [Mentee(9, BUDGET)], apart=((9, 6),))
    assert [pair.mentor for pair in matching.candidates(people, 9)] == [2, 5, 1]
    assert [pair.mentor for pair in matching.candidates(people, 9, besides={2})] == [5, 1]
    assert matching.candidates(people, 99) == ()


def test_what_changed_between_two_drafts_is_told_for_each_mentee() -> None:
    mentees = [Mentee(11, BUDGET), Mentee(12, BUDGET), Mentee(13, BUDGET)]
    before = matching.draft(a_round([Mentor(1, BUDGET, room=2)], mentees, fixed=(Fixed(1, 11), Fixed(1, 12))))
    two = [Mentor(1, BUDGET), Mentor(2, BUDGET)]
    after = matching.draft(a_round(two, mentees, fixed=(Fixed(2, 11), Fixed(1, 13))))
    changed = matching.changes(before, after)
    assert [(old.mentor, new.mentor) for old, new in changed.moved] == [(1, 2)]
    assert [pair.mentee for pair in changed.placed] == [13]
    assert [pair.mentee for pair in changed.unplaced] == [12]
    assert changed
    assert not matching.changes(after, after)


def test_the_matching_needs_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import cogs.mentorship.matching; "
        "print(sorted({name.partition('.')[0] for name in set(sys.modules) - before if name[0] != '_'}"
        " - set(sys.stdlib_module_names) - {'bot', 'cogs'}))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
