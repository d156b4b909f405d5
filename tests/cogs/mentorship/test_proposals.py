from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from cogs.mentorship.service import Answering, Joining, Passing, passing
from db import guilds
from db.mentorship import joining, pairing, proposing
from db.mentorship.tables import proposal_table
from tests.cogs.mentorship.steps import (
    DAY,
    actor,
    enroll,
    fill_in,
    later,
    letter,
    letters,
    notes,
    on_desk,
    people,
    press,
    run,
    thread_of,
    together,
)
from tests.kit.settling import at_once
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from db.mentorship import Pair, Proposal
    from tests.kit.world import World


async def proposals(world: World) -> list[Proposal]:
    async with world.database.read() as connection:
        return await proposing.proposals(connection)


async def pairs(world: World) -> list[Pair]:
    async with world.database.read() as connection:
        return await pairing.active_pairs(connection, world.guild.id)


async def asked_mentor(world: World) -> None:
    """Kim looks for a mentor; Sam is asked."""
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await run(world)


async def asked_mentee(world: World) -> None:
    """Sam said yes; Kim is asked."""
    await asked_mentor(world)
    await press(world.other, letter(world, world.other), "Accept")
    await run(world)


async def test_between_rounds_a_mentee_is_proposed_as_soon_as_somebody_fitting_is_there(world: World) -> None:
    await enroll(world, world.member, "mentee")
    await run(world)
    assert letters(world, world.member) == []
    await enroll(world, world.other, "mentor")
    await run(world)
    assert "A mentee for you?" in words(letter(world, world.other))


async def test_a_no_passes_the_mentee_on_and_its_reason_is_for_organizers_only(world: World) -> None:
    third = people(world, 1)[0]
    await asked_mentor(world)
    await enroll(world, third, "mentor")
    told = await fill_in(world.other, letter(world, world.other), "Decline", why="No time this month")
    assert "look for somebody else" in words(told)
    await run(world)
    assert "A mentee for you?" in words(letter(world, third))
    assert not any("No time" in one for one in [*letters(world, world.member), *letters(world, third)])
    (first, second) = await proposals(world)
    assert (first.state, first.why_not, first.said_no) == ("declined", "No time this month", "mentor")
    assert second.state == "mentor"


async def test_a_mentees_no_frees_the_mentor_and_is_told_without_a_reason(world: World) -> None:
    await asked_mentee(world)
    await fill_in(world.member, letter(world, world.member), "Decline", why="We have met before")
    await run(world)
    assert "This one did not come about" in words(letter(world, world.other))
    assert not any("met before" in one for one in letters(world, world.other))
    assert "Waiting for a match" in words(letter(world, world.member))


async def test_after_three_working_days_one_reminder_and_after_five_the_next_best(world: World) -> None:
    third = people(world, 1)[0]
    await asked_mentor(world)  # the clock of the world begins on a Thursday
    await enroll(world, third, "mentor")
    await later(world, 6 * DAY)
    assert [one.count("still waits") for one in letters(world, world.other)] == [0, 1]
    await later(world, 2 * DAY)
    assert "A mentee for you?" in words(letter(world, third))
    gone = await press(world.other, world.other.user.dm_channel.history()[0], "Accept")
    assert "went to somebody else" in words(gone)
    assert len(letters(world, world.other)) == 2


async def test_a_mentor_who_lets_two_proposals_lapse_is_paused_and_told_so(world: World) -> None:
    await asked_mentor(world)
    await later(world, 8 * DAY)
    assert not any("break for you" in one for one in letters(world, world.other))
    await enroll(world, people(world, 1)[0], "mentee")
    await later(world, 1)
    await later(world, 8 * DAY)
    told = letter(world, world.other)
    assert "I have paused you" in words(told)
    assert "Welcome back" in words(await press(world.other, told, "I am back"))
    await run(world)
    member = await world.bot.service(Joining).member(world.guild.id, world.other.id)
    assert member is not None
    assert (member.paused, member.lapses) == ("", 0)


async def test_the_mentee_who_accepts_after_it_lapsed_hears_that_it_is_too_late(world: World) -> None:
    await asked_mentee(world)
    card = letter(world, world.member)
    await world.env.advance_time(8 * DAY)
    assert "a day that has passed" in words(await press(world.member, card, "Accept"))
    await run(world)
    assert await pairs(world) == []
    assert "Your place in line is kept" in words(letter(world, world.member))
    assert "did not come about" in words(letter(world, world.other))


async def test_a_question_is_carried_to_the_mentee_and_the_answer_back(world: World) -> None:
    await asked_mentor(world)
    told = await fill_in(world.other, letter(world, world.other), "Ask first", question="Which machine do you have?")
    assert "on its way" in words(told)
    await run(world)
    asked = letter(world, world.member)
    assert "Which machine" in words(asked)
    assert f"<@{world.other.id}>" not in words(asked), "the mentor has not said yes yet"
    await fill_in(world.member, asked, "Answer", answer="A Brother PE800")
    await run(world)
    back = letter(world, world.other)
    assert "PE800" in words(back)
    await press(world.other, back, "Accept")
    await run(world)
    assert "would like to mentor you" in words(letter(world, world.member))


async def test_a_question_gives_more_time_and_there_are_three_at_most(world: World) -> None:
    await asked_mentee(world)
    await later(world, 6 * DAY)
    card = world.member.user.dm_channel.history()[0]
    for _ in range(3):
        await fill_in(world.member, card, "Ask first", question="How much time do you have?")
    assert "three things already" in words(await fill_in(world.member, card, "Ask first", question="And on Mondays?"))
    await later(world, 4 * DAY)
    assert "You have a mentor" in words(await press(world.member, card, "Accept"))


async def test_where_direct_messages_are_closed_the_proposal_comes_in_a_private_thread(world: World) -> None:
    dm = world.other.user.dm_channel
    world.env.inject_error("POST", f"/channels/{dm.id}/messages", status=403, code=50007, times=None)
    await asked_mentor(world)
    await run(world)
    assert notes(world, world.other).name == "Notes for you"
    assert "Now I ask" in words(await press(world.other, letter(world, world.other), "Accept"))


async def test_the_mentor_who_left_the_server_is_noticed_when_the_mentee_accepts(world: World) -> None:
    third = people(world, 1)[0]
    await asked_mentee(world)
    await enroll(world, third, "mentor")
    world.env.backend.remove_member(world.guild.id, world.other.id)
    told = await press(world.member, letter(world, world.member), "Accept")
    assert "has left the server" in words(told)
    await run(world)
    assert await pairs(world) == []
    assert "A mentee for you?" in words(letter(world, third))


async def test_both_accept_in_the_same_second_and_are_a_pair_once(world: World) -> None:
    await asked_mentor(world)
    card = letter(world, world.other)
    async with at_once(world.env):
        for _ in range(3):
            await actor(world.other, card).click(card, custom_id=custom_id(card, "Accept"))
    await run(world)
    assert len(letters(world, world.member)) == 1
    card = letter(world, world.member)
    async with at_once(world.env):
        for _ in range(3):
            await actor(world.member, card).click(card, custom_id=custom_id(card, "Accept"))
    await run(world)
    assert len(await pairs(world)) == 1
    assert [thread.name for thread in world.general.threads] == ["Mentoring: sam and kim · 1"]


async def fifty_asked(world: World, mentees: list[MemberActor]) -> None:
    """Ten mentors with five places each have said yes to fifty mentees."""
    now = world.bot.clock()
    async with world.database.write() as connection:
        await guilds.see(connection, world.guild.id, now)
        said = {"zone": "UTC", "reach": "dm", "goal": "Learn"}
        mentors = [
            await joining.save(connection, world.guild.id, one.id, {**said, "mentors": True, "capacity": 5}, now)
            for one in people(world, 10, "mentor")
        ]
        for place, mentee in enumerate(mentees):
            number = await joining.save(connection, world.guild.id, mentee.id, {**said, "learns": True}, now)
            values = {"guild_id": world.guild.id, "mentor_no": mentors[place % 10], "mentee_no": number}
            more = {"state": "mentee", "score": 70, "strength": "strong", "reasons": [], "proposed_at": now}
            made = await proposing.propose(connection, {**values, **more, "due_at": now + timedelta(days=5)})
            member = await joining.member(connection, number)
            assert made is not None
            assert member is not None
            await passing.ask(connection, world.bot.service(Answering)._post, made, member, now)
    await run(world)


async def test_fifty_who_accept_at_once_get_no_mentor_more_mentees_than_there_is_room_for(world: World) -> None:
    mentees = people(world, 50)
    await fifty_asked(world, mentees)
    async with world.database.write() as connection:  # half of the mentors take fewer by now
        await connection.exec_driver_sql("UPDATE mentoring_member SET capacity = 2 WHERE mentors AND member_no % 2 = 0")
    world.env.settle_timeout = 30.0  # a busy machine takes its time for fifty transactions
    cards = [(mentee, letter(world, mentee)) for mentee in mentees]
    async with at_once(world.env):
        for mentee, card in cards:
            await actor(mentee, card).click(card, custom_id=custom_id(card, "Accept"))
    found = await pairs(world)
    async with world.database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT member_no, capacity FROM mentoring_member WHERE mentors")
        room: dict[int, int] = {row.member_no: row.capacity for row in rows}
    assert {number: sum(pair.mentor_no == number for pair in found) for number in room} == room
    assert len({pair.mentees for pair in found}) == len(found) == 35


async def test_whose_places_are_taken_can_accept_nobody_more(world: World) -> None:
    await asked_mentor(world)
    async with world.database.write() as connection:
        await connection.exec_driver_sql("UPDATE mentoring_member SET capacity = 0 WHERE mentors")
    assert "places are taken" in words(await press(world.other, letter(world, world.other), "Accept"))


async def test_nobody_else_answers_a_proposal(world: World) -> None:
    dm = world.other.user.dm_channel
    world.env.inject_error("POST", f"/channels/{dm.id}/messages", status=403, code=50007, times=None)
    await asked_mentor(world)
    await run(world)
    card = letter(world, world.other)
    world.env.backend.add_thread_member(card.channel.id, world.organizer.id)
    assert "for somebody else" in words(await press(world.organizer, card, "Accept"))


async def test_who_is_mentor_and_mentee_has_a_pair_on_either_side(world: World) -> None:
    third = people(world, 1)[0]
    await enroll(world, world.member, "both", wants=["topic-budget"], teaches=["topic-policy"])
    await enroll(world, world.other, "mentor", teaches=["topic-budget"])
    await enroll(world, third, "mentee", wants=["topic-policy"])
    await run(world)
    for who in (world.other, world.member):
        await press(who, letter(world, who), "Accept")
        await run(world)
    cards = [card for card in world.member.user.dm_channel.history() if "Accept" in buttons(card)]
    for card in cards:
        await press(world.member, card, "Accept")
        await run(world)
    await press(third, letter(world, third), "Accept")
    await run(world)
    found = await pairs(world)
    assert len(found) == 2
    stand = words(seen(await world.member.slash(world.general, "mentor status")))
    assert stand.count("Next check-in") == 2


@pytest.mark.parametrize("step", ["asked", "mentor said yes", "both said yes"])
async def test_a_restart_at_each_step_loses_and_doubles_nothing(world: World, step: str) -> None:
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    if step == "asked":
        await world.restart()
    await run(world)
    await press(world.other, letter(world, world.other), "Accept")
    if step == "mentor said yes":
        await world.restart()
    await run(world)
    await press(world.member, letter(world, world.member), "Accept")
    if step == "both said yes":
        world.wire.lose_thread_answer = 1  # the thread is made, and nobody hears of it
        await world.bot.delivery.run_due()
        await world.restart()
        world.faults.take()
    await later(world, 60)
    assert len(letters(world, world.other)) == len(letters(world, world.member)) == 1
    assert len(world.general.threads) == 1
    assert "Your first meeting" in words(thread_of(world).last_message)


async def test_two_who_are_together_can_call_an_organizer_in(world: World) -> None:
    thread = await together(world, world.other, world.member)
    told = await press(world.member, thread.last_message, "Call an organizer in")
    assert "The organizers know" in words(told)
    await run(world)
    (asked,) = on_desk(world, "into a thread")
    assert "You are in" in words(await press(world.organizer, asked, "Join the thread"))
    assert world.organizer.id in world.env.backend.get_channel(thread.id).thread_members


async def test_a_mentee_has_one_live_proposal_however_often_somebody_is_looked_for_at_once(world: World) -> None:
    await asked_mentor(world)
    for mentor in people(world, 3):
        await enroll(world, mentor, "mentor")
    kim = await world.bot.service(Joining).member(world.guild.id, world.member.id)
    assert kim is not None
    await asyncio.gather(*(world.bot.service(Passing).look(world.guild.id, kim.member_no) for _ in range(5)))
    await run(world)
    assert [one.state for one in await proposals(world)] == ["mentor"]
    names = ", ".join(column.name for column in proposal_table.columns if column.name != "proposal_id")
    copy = f"INSERT INTO mentoring_proposal ({names}) SELECT {names} FROM mentoring_proposal"  # noqa: S608
    async with world.database.write() as connection:
        with pytest.raises(IntegrityError):
            await connection.exec_driver_sql(copy)
