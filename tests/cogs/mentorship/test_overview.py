from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cogs.mentorship import overview
from cogs.mentorship.overview import MERGED
from db.mentorship.counting import Participant
from tests.cogs.mentorship.steps import approve, enroll, letter, open_round, people, press, run
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World


def somebody(setting: str = "public", *subjects: str, paired: bool = False) -> Participant:
    return Participant(
        mentors=False,
        learns=True,
        setting=setting,
        subjects=subjects,
        waiting=not paired,
        paired=paired,
        met=False,
        quiet=False,
        finished=False,
    )


def test_small_groups_are_one_together() -> None:
    groups = [("a", [somebody() for _ in range(9)]), ("b", [somebody() for _ in range(3)])]
    groups += [("c", [somebody(), somebody()])]
    assert [(name, len(inside)) for name, inside in overview.merged(groups)] == [("a", 9), (MERGED, 5)]


def test_the_next_larger_group_goes_with_those_that_are_still_too_few() -> None:
    groups = [("a", [somebody() for _ in range(9)]), ("b", [somebody() for _ in range(6)]), ("c", [somebody()])]
    assert [(name, len(inside)) for name, inside in overview.merged(groups)] == [("a", 9), (MERGED, 7)]


def test_somebody_in_two_small_groups_counts_once() -> None:
    both = somebody("public", "x", "y")
    assert overview.merged([("x", [both, somebody()]), ("y", [both, somebody(), somebody()])]) == []
    more = [("x", [both, *(somebody() for _ in range(2))]), ("y", [both, *(somebody() for _ in range(2))])]
    ((name, together),) = overview.merged(more)
    assert (name, len(together)) == (MERGED, 5)


def read(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))


@given(st.lists(st.tuples(st.sampled_from(["school", "public", "academic", ""]), st.sampled_from("xyz")), max_size=30))
def test_no_line_of_the_table_is_about_fewer_than_five(drawn: list[tuple[str, str]]) -> None:
    lines = read(overview.to_csv([somebody(setting, subject) for setting, subject in drawn], lambda slug: slug))
    assert all(int(line["signed up"]) >= 5 for line in lines)
    for part in ("kind of place", "subject"):
        shown = [int(line["signed up"]) for line in lines if line["group by"] == part]
        assert sum(shown) in ((len(drawn),) if len(drawn) >= 5 else (0,))  # nobody can be found by subtraction


def test_a_table_of_too_few_people_has_only_its_head() -> None:
    assert read(overview.to_csv([somebody() for _ in range(4)], str)) == []
    assert len(read(overview.to_csv([somebody() for _ in range(5)], str))) == 3


async def test_organizers_see_how_a_round_goes_and_take_a_table_without_names_with_them(world: World) -> None:
    nobody = seen(await world.organizer.slash(world.general, "mentorship overview"))
    assert "Nobody has signed up yet." in words(nobody)
    assert buttons(nobody) == []
    await open_round(world)
    learners = people(world, 5)
    await enroll(world, world.other, "mentor", setting="school")
    for place, learner in enumerate(learners):
        topics = {"wants": ["topic-policy"]} if place > 2 else {}
        await enroll(world, learner, "mentee", setting="public" if place else "", **topics)
    await run(world)
    card = seen(await world.organizer.slash(world.general, "mentorship overview"))
    assert "### Spring" in words(card)
    assert "**6** signed up" in words(card)
    await approve(world)
    await press(world.other, letter(world, world.other), "Accept")
    await run(world)
    asked = next(one for one in learners if "would like to mentor you" in words(letter(world, one)))
    await press(asked, letter(world, asked), "Accept")
    await run(world)
    card = seen(await world.organizer.slash(world.general, "mentorship overview"))
    told = words(card)
    assert "**2** paired" in told
    assert "**4** waiting for a match" in told
    assert "Public library: 4 people" in told
    assert "Policies and waivers: 2 people, 2 waiting" in told
    table = await press(world.organizer, card, "Save as a table")
    assert "no names" in words(table)
    (attached,) = table.attachments
    data = (await attached.read()).decode("utf-8-sig")
    assert "Everybody,6,2," in data
    assert all(who.user.name not in data and str(who.id) not in data for who in (*learners, world.other))
    everything = await press(world.organizer, card, "All so far")
    assert "Mentoring here, so far" in words(everything)
    assert "**6** signed up" in words(everything)


async def test_the_overview_is_for_organizers(world: World) -> None:
    refused = seen(await world.member.slash(world.general, "mentorship overview"))
    assert "organizer" in words(refused).lower()
