from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cogs.mentorship import matching
from cogs.mentorship.matching import Mentee, Mentor, Pair, Strength, Wishes
from cogs.mentorship.matching.score import MEASURES
from tests.cogs.mentorship.matching.rounds import AT, WORDS, a_round, wishes


def the_pair(offers: Wishes, wants: Wishes) -> Pair:
    found = matching.pair(a_round([Mentor(1, offers)], [Mentee(2, wants)]), 1, 2)
    assert found is not None
    return found


def points(pair: Pair, name: str) -> int:
    return next(part.points for part in pair.parts if part.name == name)


def test_the_weights_of_the_table_are_a_hundred() -> None:
    assert sum(measure.weight for measure in MEASURES) == 100
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


def test_two_who_want_the_same_in_all_are_strong_and_each_part_says_why() -> None:
    said = {"setting": "school", "ways": ("video",), "languages": ("es",)}
    offers = wishes("laser-cutter", "budget", goal="Grants and waivers for teens", stage="veteran", **said)
    wants = wishes("laser-cutter", "budget", goal="A grant, a waiver; my teens!", stage="starting", **said)
    pair = the_pair(offers, wants)
    assert pair.score == 100
    assert pair.strength is Strength.STRONG
    assert pair.reasons == (
        "Laser cutter, budget and grants: wanted and offered.",
        "Both speak of “grant”, “waiver” and “teens”.",
        "Same kind of place: school library.",
        "The mentor has come further in this work.",
        "Same time of day for both.",
        "Both like to meet this way: video call.",
        "Both speak Spanish.",
    )


def test_what_is_not_said_counts_half_and_gives_no_sentence() -> None:
    pair = the_pair(Wishes(("budget",)), Wishes(("budget",)))
    assert {part.name: part.points for part in pair.parts} == {
        "subjects": 40,
        "goal": 10,
        "setting": 5,
        "stage": 2,
        "zone": 5,
        "meeting": 5,
        "language": 2,
    }
    assert pair.reasons == ("Budget and grants: wanted and offered.",)
    assert pair.strength is Strength.GOOD


@pytest.mark.parametrize(
    ("offered", "wanted", "expected"),
    [
        ("laser-cutter", "laser-cutter", 40),
        ("laser-cutter", "digital-fabrication", 30),
        ("digital-fabrication", "laser-cutter", 20),
        ("3d-printer", "laser-cutter", 0),
        ("budget", "laser-cutter", 0),
    ],
)
def test_a_subject_next_to_it_in_the_vocabulary_counts_in_part(offered: str, wanted: str, expected: int) -> None:
    pair = the_pair(wishes(offered), wishes(wanted))
    assert points(pair, "subjects") == expected


def test_a_near_subject_is_named_with_what_was_wanted() -> None:
    pair = the_pair(wishes("digital-fabrication"), wishes("cnc"))
    assert pair.reasons[0] == "CNC machine is wanted; digital fabrication, close to it, is offered."


def test_three_subjects_covered_are_as_good_as_all_of_many() -> None:
    many = wishes("laser-cutter", "cnc", "embroidery", "budget", "policy")
    assert points(the_pair(wishes("embroidery", "budget", "policy"), many), "subjects") == 40
    assert points(the_pair(wishes("embroidery"), many), "subjects") == 13
    assert points(the_pair(wishes("embroidery"), wishes("embroidery", "budget")), "subjects") == 20


def test_words_that_everybody_here_says_are_no_common_goal() -> None:
    pair = the_pair(
        wishes("budget", goal="I want to help new librarians run their makerspace"),
        wishes("budget", goal="Help me learn how to run a makerspace in my library"),
    )
    assert points(pair, "goal") == 10
    assert "speak of" not in " ".join(pair.reasons)


@pytest.mark.parametrize(
    ("zone", "expected", "words"),
    [
        ("America/New_York", 10, "Same time of day for both."),
        ("America/Toronto", 10, "Same time of day for both."),
        ("America/Los_Angeles", 7, "9 hours of the day in common."),
        ("Europe/Berlin", 5, "6 hours of the day in common."),
        ("Asia/Tokyo", 1, "2 hours of the day in common."),
        ("Nowhere/Atall", 5, ""),
    ],
)
def test_the_day_in_common_is_from_eight_to_eight(zone: str, expected: int, words: str) -> None:
    pair = the_pair(wishes("budget"), wishes("budget", zone=zone))
    part = next(part for part in pair.parts if part.name == "zone")
    assert (part.points, part.reason) == (expected, words)


def test_summer_time_counts_as_it_is_at_the_round() -> None:
    people = a_round([Mentor(1, wishes("budget", zone="America/Phoenix"))], [Mentee(2, wishes("budget"))])
    winter = matching.pair(people, 1, 2)
    summer = matching.pair(
        matching.Round(people.mentors, people.mentees, WORDS, datetime(2026, 7, 1, tzinfo=UTC)), 1, 2
    )
    assert people.at == AT
    assert winter is not None
    assert summer is not None
    assert (winter.reasons[-1], summer.reasons[-1]) == (
        "10 hours of the day in common.",
        "9 hours of the day in common.",
    )


def test_a_small_or_rural_library_is_a_kind_of_its_own() -> None:
    small = {"small_or_rural": True}
    pair = the_pair(wishes("budget", setting="school", **small), wishes("budget", setting="public", **small))
    assert points(pair, "setting") == 6
    assert "Both are at a small or rural library." in pair.reasons


def test_a_long_list_of_subjects_is_cut_in_the_sentence() -> None:
    all_of_them = wishes("laser-cutter", "cnc", "embroidery", "budget", "policy")
    assert the_pair(all_of_them, all_of_them).reasons[0] == (
        "Laser cutter, CNC machine, embroidery machine, 2 more: wanted and offered."
    )
