"""What changed between a draft, or a search, and the proposal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from cogs.mentorship.service import Joining, Passing
from db import people as profiles
from db.mentorship import joining, pairing, proposing
from tests.cogs.mentorship.steps import (
    DAY,
    approve,
    draft,
    enroll,
    fill_in,
    later,
    letter,
    letters,
    open_round,
    people,
    press,
    run,
)
from tests.kit.world import seen, words

if TYPE_CHECKING:
    from db.mentorship import Proposal
    from tests.kit.world import World


async def proposals(world: World) -> list[Proposal]:
    async with world.database.read() as connection:
        return await proposing.proposals(connection)


async def test_whom_somebody_excludes_after_the_draft_is_not_proposed_and_the_draft_says_no_word(world: World) -> None:
    third = people(world, 1)[0]
    await open_round(world)
    await enroll(world, world.member, "mentee", wants=["topic-budget", "topic-space"])
    await enroll(world, world.other, "mentor", teaches=["topic-budget", "topic-space"])
    card = await draft(world)
    await enroll(world, third, "mentor", teaches=["topic-space"])
    assert f"<@{world.other.id}> mentors" in words(card)
    await world.other.slash(world.general, "mentor exclude", member=world.member)
    assert "changed this draft" in words(await press(world.organizer, card, "Approve"))
    now = seen(await world.organizer.slash(world.general, "mentorship review"))
    assert "mentors <@" not in words(now)
    assert "does not go together this time" in words(now)
    await approve(world)
    assert letters(world, world.other) == []
    assert "A mentee for you?" in words(letter(world, third))


@pytest.mark.parametrize("why", ["they work together", "the mentor would rather not"])
async def test_whom_something_keeps_apart_since_the_draft_is_not_proposed(world: World, why: str) -> None:
    await open_round(world)
    mentee = await enroll(world, world.member, "mentee", employer="Elm Library")
    await enroll(world, world.other, "mentor")
    card = await draft(world)
    async with world.database.write() as connection:
        if why == "they work together":
            await connection.exec_driver_sql("UPDATE mentoring_member SET employer = 'elm  library' WHERE mentors")
        else:  # in the moment in which the draft is sent
            await joining.exclude(connection, world.guild.id, world.other.id, world.member.id, world.bot.clock())
    await approve(world, card)
    assert await proposals(world) == []
    waits = await world.bot.service(Joining).member(world.guild.id, mentee.user_id)
    assert waits is not None
    assert waits.waiting_since is not None


async def test_a_mentee_who_got_a_mentor_meanwhile_gets_no_second_one(world: World) -> None:
    third = people(world, 1)[0]
    mentee = await enroll(world, world.member, "mentee")
    mentor = await enroll(world, world.other, "mentor")
    await run(world)
    (first,) = await proposals(world)
    now = world.bot.clock()
    values = {"guild_id": world.guild.id, "sort": "pair", "started_at": now, "ends_at": now + timedelta(weeks=9)}
    async with world.database.write() as connection:
        await pairing.make_pair(connection, {**values, "mentor_no": mentor.member_no}, [mentee.member_no])
    assert "no longer open" in words(await press(world.other, letter(world, world.other), "Accept"))
    await enroll(world, third, "mentor")
    await run(world)
    assert [(one.proposal_id, one.state) for one in await proposals(world)] == [(first.proposal_id, "withdrawn")]


async def test_who_has_a_mentor_since_the_draft_is_not_proposed_from_it(world: World) -> None:
    mentee = await enroll(world, world.member, "mentee")
    card = await open_round(world)
    await press(world.member, card, "Sign up")
    await enroll(world, world.other, "mentor")
    helped = await enroll(world, people(world, 1)[0], "mentor", teaches=["topic-space"])
    shown = await draft(world)
    assert "1 pair" in words(shown)
    now = world.bot.clock()
    values = {"guild_id": world.guild.id, "sort": "pair", "started_at": now, "ends_at": now + timedelta(weeks=9)}
    async with world.database.write() as connection:
        await connection.exec_driver_sql("UPDATE delivery SET state = 'dropped' WHERE kind = 'mentor-next'")
        await pairing.make_pair(connection, {**values, "mentor_no": helped.member_no}, [mentee.member_no])
    await approve(world, shown)
    assert await proposals(world) == []


async def test_a_draft_is_not_approved_without_those_who_signed_up_since(world: World) -> None:
    await open_round(world)
    await enroll(world, world.member, "mentee")
    await enroll(world, world.other, "mentor")
    card = await draft(world)
    await world.env.advance_time(60)
    await enroll(world, people(world, 1)[0], "mentee")
    assert "Press **Run again**" in words(await press(world.organizer, card, "Approve"))
    assert "has begun" in words(await approve(world))


async def test_a_mentee_who_takes_a_break_stays_in_line(world: World) -> None:
    await open_round(world)
    await enroll(world, world.member, "mentee")
    await world.member.slash(world.general, "mentor pause", until="2026-06-01")
    member = await world.bot.service(Joining).member(world.guild.id, world.member.id)
    assert member is not None
    assert member.waiting_since is not None


async def test_who_comes_back_from_a_break_is_looked_at_with_their_round_and_not_before(world: World) -> None:
    await open_round(world)
    ann, ben = people(world, 2)
    await enroll(world, ann, "mentor", goal="Sew")
    await enroll(world, ben, "mentee", goal="Sew")
    await enroll(world, world.member, "mentee")
    await world.member.slash(world.general, "mentor pause", until="2026-06-01")
    card = await draft(world)
    await enroll(world, world.other, "mentor")
    card = await draft(world)
    await press(world.member, seen(await world.member.slash(world.general, "mentor status")), "I am back")
    await run(world)
    assert letters(world, world.other) == []
    await approve(world, card)
    assert "A mentee for you?" in words(letter(world, world.other))


async def test_two_in_small_libraries_hear_it_as_a_reason_where_their_profiles_show_it(world: World) -> None:
    now = world.bot.clock()
    await enroll(world, world.other, "mentor")
    async with world.database.write() as connection:
        for who in (world.other, world.member):
            shown = {"small_or_rural": True, "shown_library": "everyone"}
            await profiles.change(connection, world.guild.id, who.id, shown, now)
    await enroll(world, world.member, "mentee")
    await run(world)
    assert "Both are at a small or rural library" in words(letter(world, world.other))


async def test_a_round_closed_in_its_last_week_still_ends_its_pairs(world: World) -> None:
    await open_round(world, weeks=4)
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await approve(world)
    for who in (world.other, world.member):
        await press(who, letter(world, who), "Accept")
        await run(world)
    for _ in range(25):
        await later(world, DAY)
    question = seen(await world.owner.slash(world.general, "mentorship close"))
    await press(world.owner, question, "Close it")
    await later(world, 8 * DAY)
    async with world.database.read() as connection:
        assert await pairing.active_pairs(connection, world.guild.id) == []


async def test_a_proposal_with_more_time_still_has_an_end_and_takes_no_question_after_it(world: World) -> None:
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await run(world)
    (one,) = await proposals(world)
    async with world.database.write() as connection:
        await connection.exec_driver_sql("UPDATE delivery SET state = 'sent' WHERE kind = 'mentor-due'")
    assert not await world.bot.service(Passing).lapse(one.proposal_id)
    card = letter(world, world.other)
    await world.env.advance_time(9 * DAY)
    answered = await fill_in(world.other, card, "Ask first", question="Which machine?")
    assert "day that has passed" in words(answered) or "went to somebody else" in words(answered)
    await run(world)
    assert [one.state for one in await proposals(world)] == ["lapsed"]


async def test_all_who_wait_can_be_paged_through(world: World) -> None:
    await open_round(world)
    for who in people(world, 10, "w"):
        await enroll(world, who, "mentee", wants=["embroidery"])
    card = await draft(world)
    assert words(card).count("- <@") == 8
    assert words(await press(world.organizer, card, "Next →")).count("- <@") == 2
