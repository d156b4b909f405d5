from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kit.errors import NotAllowedError
from cogs.mentorship.service import Circling
from db.mentorship import pairing
from tests.cogs.mentorship.steps import (
    DAY,
    WEEK,
    approve,
    draft,
    enroll,
    later,
    letter,
    letters,
    open_round,
    people,
    press,
    run,
    thread_of,
)
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from simcord import ChannelHandle, MemberActor

    from tests.kit.world import World


def inside(world: World, thread: ChannelHandle) -> set[int]:
    """Who is in a thread."""
    return set(world.env.backend.get_channel(thread.id).thread_members)


async def test_a_mentor_takes_a_group_with_one_thread_where_mentors_are_few(world: World) -> None:
    await open_round(world)
    learners = people(world, 6)
    await enroll(world, world.other, "mentor", takes_groups=True)
    for learner in learners:
        await enroll(world, learner, "mentee")
    card = await draft(world)
    assert words(card).count("In a group") == 4  # of five, on two pages
    assert "1 person waits" in words(card)
    await approve(world, card)
    asked = list(world.other.user.dm_channel.history())
    assert sum("a **group** of up to five" in words(message) for message in asked) == 5
    for message in asked:
        assert "into your group's thread" in words(await press(world.other, message, "Accept"))
    await run(world)
    first, *rest = [one for one in learners if any("mentor you" in told for told in letters(world, one))]
    assert len(rest) == 4
    for learner in (first, *rest[:3]):
        assert "and the group" in words(await press(learner, letter(world, learner), "Accept"))
        await run(world)
    assert len([thread for thread in world.general.threads if "Mentoring" in str(thread.name)]) == 1
    thread = thread_of(world)
    assert inside(world, thread) >= {world.other.id, first.id, *(one.id for one in rest[:3])}
    assert rest[3].id not in inside(world, thread)
    assert sum("Your first meeting" in words(message) for message in thread.history()) == 1
    await press(rest[3], letter(world, rest[3]), "Accept")
    await run(world)
    async with world.database.read() as connection:
        (group,) = await pairing.active_pairs(connection, world.guild.id)
    assert (group.sort, len(group.mentees)) == ("group", 5)


async def _few(world: World) -> tuple[MemberActor, MemberActor, MemberActor]:
    await open_round(world)
    mentor, one, other = world.other, *people(world, 2)
    await enroll(world, mentor, "mentor")
    await enroll(world, one, "mentee")
    await enroll(world, other, "mentee", wants=["topic-policy"])
    card = await draft(world)
    assert "a **circle** may be warmer than pairs" in words(card)
    assert "I ask 3 people now" in words(await press(world.organizer, card, "Offer a circle"))
    await run(world)
    return mentor, one, other


async def test_few_people_meet_in_a_circle_if_they_like(world: World) -> None:
    mentor, one, other = await _few(world)
    for who in (mentor, one, other):
        assert "3 people signed up" in words(letter(world, who))
        assert buttons(letter(world, who)) == ["Join the circle", "Not for me"]
    assert "You are the first" in words(await press(one, letter(world, one), "Join the circle"))
    await run(world)
    assert [thread for thread in world.general.threads if "Mentoring" in str(thread.name)] == []
    assert "You are 2 now" in words(await press(mentor, letter(world, mentor), "Join the circle"))
    await run(world)
    thread = thread_of(world)
    assert inside(world, thread) >= {mentor.id, one.id}
    assert "Your first meeting" in words(thread.last_message)
    assert "stay on the waitlist" in words(await press(other, letter(world, other), "Not for me"))
    await run(world)
    assert other.id not in inside(world, thread)
    await later(world, WEEK)
    await later(world, DAY)
    assert "Do you have a date?" in words(letter(world, one))
    assert "Do you have a date?" not in words(letter(world, other))
    refusal = next(one for one in other.user.dm_channel.history() if "That is fine" in words(one))
    assert "You are 3 now" in words(await press(other, refusal, "Join the circle"))  # who changes their mind is welcome
    await run(world)
    assert other.id in inside(world, thread)


async def test_a_circle_of_one_does_not_come_about(world: World) -> None:
    _, one, other = await _few(world)
    await press(one, letter(world, one), "Join the circle")
    await later(world, 2 * WEEK)
    assert any("did not come about" in told for told in letters(world, one))
    assert not any("did not come about" in told for told in letters(world, other))
    standing = words(seen(await one.slash(world.general, "mentor status")))
    assert "I am asking somebody whether they would mentor you." in standing


async def test_a_circle_is_offered_once_and_only_to_few(world: World) -> None:
    await open_round(world)
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    card, same = await draft(world), await draft(world)
    await press(world.organizer, card, "Offer a circle")
    assert "has changed meanwhile" in words(await press(world.organizer, same, "Offer a circle"))
    async with world.database.read() as connection:
        (circle,) = await pairing.active_pairs(connection, world.guild.id)
    with pytest.raises(NotAllowedError, match="for those who signed up"):
        await world.bot.service(Circling).join(world.guild.id, people(world, 1)[0].id, circle.pair_id)
