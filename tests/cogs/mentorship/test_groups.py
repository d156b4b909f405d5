from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.kit.errors import NotAllowedError
from cogs.mentorship.service import Answering, Circling, Joining
from db.mentorship import joining, pairing, proposing
from db.mentorship.values import MENTEE
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

    from db.mentorship import Member
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
    said = [words(message) for message in thread.history()]
    assert sum("Your first meeting" in one for one in said) == 1
    welcomed = [one for one in said if "You are one more now" in one]
    assert len(welcomed) == 3
    for one, learner in zip(welcomed, rest, strict=False):
        assert f"Welcome, <@{learner.id}>" in one
    await press(rest[3], letter(world, rest[3]), "Accept")
    await run(world)
    async with world.database.read() as connection:
        (group,) = await pairing.active_pairs(connection, world.guild.id)
    assert (group.sort, len(group.mentees)) == ("group", 5)


async def _say_yes(world: World, mentor: Member, mentees: list[Member]) -> list[int]:
    """Let mentees say yes to a mentor's group, found in a round or between rounds; how many are in each group then."""
    for mentee in mentees:
        now = world.bot.clock()
        both = {"mentor_no": mentor.member_no, "mentee_no": mentee.member_no, "state": MENTEE, "grouped": True}
        fit: dict[str, Any] = {"round_id": None, "score": 50, "strength": "good", "reasons": []}
        until = {"guild_id": world.guild.id, "proposed_at": now, "due_at": now + timedelta(days=9)}
        async with world.database.write() as connection:
            made = await proposing.propose(connection, {**both, **fit, **until})
        assert made is not None
        await world.bot.service(Answering).accept(mentee.user_id, made.proposal_id)
    async with world.database.read() as connection:
        return [len(one.mentees) for one in await pairing.active_pairs(connection, world.guild.id)]


async def test_two_who_exclude_each_other_are_not_let_into_one_group(world: World) -> None:
    mentor = await enroll(world, world.other, "mentor", takes_groups=True)
    mentees = [await enroll(world, one, "mentee") for one in people(world, 3)]
    await exclude(world, mentees[0].user_id, mentees[1].user_id)
    assert await _say_yes(world, mentor, mentees) == [2, 1]


async def test_a_mentor_has_one_group_also_with_those_who_come_between_rounds(world: World) -> None:
    await open_round(world)
    mentor = await enroll(world, world.other, "mentor", takes_groups=True)
    one, other = [await enroll(world, one, "mentee") for one in people(world, 2)]
    assert await _say_yes(world, mentor, [one]) == [1]
    async with world.database.write() as connection:
        await pairing.put_pair(connection, 1, round_id=1)
    assert await _say_yes(world, mentor, [other]) == [2]


async def exclude(world: World, user_id: int, other: int) -> None:
    """Somebody would rather not be with another."""
    async with world.database.write() as connection:
        await joining.exclude(connection, world.guild.id, user_id, other, world.bot.clock())


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
    assert "You are one more now" in words(thread.last_message)
    assert "Your first meeting" not in words(thread.last_message)  # that was told once


async def test_who_excludes_somebody_in_a_circle_hears_that_it_filled_up_and_stays_in_line(world: World) -> None:
    mentor, one, other = await _few(world)
    await exclude(world, one.id, other.id)
    for who in (mentor, one):
        await press(who, letter(world, who), "Join the circle")
    assert "filled up meanwhile" in words(await press(other, letter(world, other), "Join the circle"))
    async with world.database.read() as connection:
        kept = await joining.of_user(connection, world.guild.id, other.id)
        (circle,) = await pairing.active_pairs(connection, world.guild.id)
    assert kept is not None
    assert kept.waiting_since is not None
    assert kept.member_no not in circle.mentees


async def test_the_first_who_leaves_a_circle_ends_it_for_nobody_while_others_are_asked(world: World) -> None:
    mentor, one, other = await _few(world)
    for who in (mentor, one):
        await press(who, letter(world, who), "Join the circle")
        await run(world)
    thread = thread_of(world)
    await world.bot.service(Joining).leave(world.guild.id, mentor.id)
    await press(one, seen(await one.slash(world.general, "privacy delete")), "Delete it")
    await run(world)
    assert inside(world, thread).isdisjoint({mentor.id, one.id})
    assert "One of you has left" in words(thread.last_message)
    assert "You are the first" in words(await press(other, letter(world, other), "Join the circle"))
    await run(world)
    async with world.database.write() as connection:
        await pairing.end_pair(connection, 1, "organizers", world.bot.clock())
    await later(world, 2 * WEEK)
    async with world.database.read() as connection:
        kept = await joining.of_user(connection, world.guild.id, other.id)
    assert kept is not None
    assert kept.waiting_since is not None, "also where it has ended, whoever was asked stays in line"


async def test_who_joins_late_comes_into_the_same_thread_after_a_quiet_week_though_somebody_is_gone(
    world: World,
) -> None:
    mentor, one, other = await _few(world)
    for who in (mentor, one):
        await press(who, letter(world, who), "Join the circle")
    await run(world)
    thread = thread_of(world)
    metadata = world.env.backend.get_channel(thread.id).thread_metadata
    assert metadata is not None
    metadata.archived = True
    world.env.backend.remove_member(world.guild.id, one.id)
    await press(other, letter(world, other), "Join the circle")
    await run(world)
    assert other.id in inside(world, thread)
    assert len([thread for thread in world.general.threads if "Mentoring" in str(thread.name)]) == 1


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
