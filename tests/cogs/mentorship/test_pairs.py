from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cogs.mentorship.service import LookingBack, Meeting
from db.mentorship import pairing
from tests.bot.delivery.steps import deny
from tests.cogs.mentorship.steps import (
    DAY,
    WEEK,
    enroll,
    fill_in,
    later,
    letter,
    letters,
    on_desk,
    people,
    press,
    run,
    together,
)
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from db.mentorship import Pair
    from tests.kit.world import World


async def pair(world: World, number: int = 1) -> Pair:
    async with world.database.read() as connection:
        found = await pairing.pair(connection, number)
    assert found is not None
    return found


def archived(world: World, thread_id: int) -> bool:
    metadata = world.env.backend.get_channel(thread_id).thread_metadata
    return bool(metadata and metadata.archived)


async def test_in_the_first_week_one_is_only_asked_for_a_date(world: World) -> None:
    await together(world, world.other, world.member)
    await later(world, WEEK + DAY)
    asked = letter(world, world.member)
    assert "Do you have a date?" in words(asked)
    assert buttons(asked) == ["Yes, we have", "Not yet", "Find someone else"]
    assert "Enjoy your first meeting" in words(await press(world.member, asked, "Yes, we have"))


async def test_check_ins_come_in_weeks_one_two_four_eight_and_then_monthly(world: World) -> None:
    await together(world, world.other, world.member)
    came = []
    for gap in (1, 1, 1, 1, 4, 3, 1, 2):
        before = len(letters(world, world.member))
        await later(world, gap * WEEK)
        came.append(len(letters(world, world.member)) - before)
    assert came == [1, 1, 0, 1, 1, 0, 1, 0], "in weeks 1, 2, 4, 8 and 12, and not in weeks 3, 11 and 14"


async def test_who_met_is_kept_and_the_status_says_when_the_next_check_in_is(world: World) -> None:
    await together(world, world.other, world.member)
    await later(world, WEEK)
    await later(world, WEEK)
    asked = letter(world, world.member)
    assert buttons(asked) == ["We met", "Not yet", "We need help", "Find someone else"]
    await press(world.member, asked, "We met")
    assert (await pair(world)).met_at is not None
    stand = seen(await world.member.slash(world.general, "mentor status"))
    assert f"<@{world.other.id}>" in words(stand)
    assert "Next check-in" in words(stand)


async def test_two_check_ins_without_a_word_come_to_the_organizers_kindly_and_once(world: World) -> None:
    await together(world, world.other, world.member)
    for gap in (1, 1, 2, 4, 4):
        await later(world, gap * WEEK)
    (told,) = on_desk(world, "Not heard from")
    assert "A kind message" in words(told)
    assert not any("Not heard from" in one for one in letters(world, world.member))


async def test_one_who_vanished_is_noticed_though_the_other_answers(world: World) -> None:
    await together(world, world.other, world.member)
    for week in (1, 2, 4):
        await later(world, WEEK * (2 if week == 4 else 1))
        if week < 4:
            await press(world.member, letter(world, world.member), "Not yet")
    assert len(on_desk(world, "Not heard from")) == 1


async def test_who_needs_help_brings_it_to_the_organizers(world: World) -> None:
    await together(world, world.other, world.member)
    await later(world, WEEK)
    await later(world, WEEK)
    assert "The organizers know" in words(await press(world.member, letter(world, world.member), "We need help"))
    await run(world)
    (told,) = on_desk(world, "A pair asks for help")
    assert f"<@{world.member.id}> says" in words(told)


async def test_whoever_calls_while_the_server_is_not_known_is_heard_once_it_is(world: World) -> None:
    await together(world, world.other, world.member)
    guilds = world.bot._connection._guilds
    away = guilds.pop(world.guild.id)
    service = world.bot.service(Meeting)
    await service.call(world.member.id, 1)
    await run(world)
    guilds[world.guild.id] = away
    assert on_desk(world, "Somebody is called into a thread") == []
    await later(world, DAY)
    (told,) = on_desk(world, "Somebody is called into a thread")
    assert f"<@{world.member.id}> asks" in words(told)


async def test_who_calls_again_on_the_same_day_is_heard_again(world: World) -> None:
    await together(world, world.other, world.member)
    for _ in range(2):
        await world.bot.service(Meeting).call(world.member.id, 1)
        await later(world, DAY / 12)
    assert len(on_desk(world, "Somebody is called into a thread")) == 2


async def test_who_is_paused_is_not_asked_and_does_not_count_as_silent(world: World) -> None:
    await together(world, world.other, world.member)
    await world.member.slash(world.general, "mentor pause", until="2026-12-01")
    before = len(letters(world, world.member))
    for week in (1, 2, 4):
        await later(world, WEEK * (2 if week == 4 else 1))
        await press(world.other, letter(world, world.other), "Not yet")
    assert len(letters(world, world.member)) == before
    assert on_desk(world, "Not heard from") == []


async def test_finding_someone_else_ends_a_pair_without_blame_and_pairs_anew(world: World) -> None:
    third = people(world, 1)[0]
    thread = await together(world, world.other, world.member)
    await enroll(world, third, "mentor")
    await later(world, WEEK)
    question = await press(world.member, letter(world, world.member), "Find someone else")
    assert "without blame" in words(question)
    assert "That is fine" in words(await press(world.member, question, "Find someone else"))
    await run(world)
    told = letter(world, world.other)
    assert "nobody's fault" in words(told)
    assert f"<@{world.member.id}>" not in words(told)
    assert "A mentee for you?" in words(letter(world, third))
    assert (await pair(world)).how == "another"
    assert archived(world, thread.id)
    await later(world, 20 * WEEK)
    assert not any("How is it going" in one for one in letters(world, world.member))


@pytest.mark.parametrize("way", ["leaves mentoring", "leaves the server", "deletes their data"])
async def test_whoever_is_left_alone_hears_it_and_gets_somebody_else(world: World, way: str) -> None:
    third = people(world, 1)[0]
    await together(world, world.other, world.member)
    await enroll(world, third, "mentor")
    if way == "leaves mentoring":
        question = seen(await world.other.slash(world.general, "mentor leave"))
        assert "You have left mentoring" in words(await press(world.other, question, "Leave mentoring"))
    elif way == "deletes their data":
        question = seen(await world.other.slash(world.general, "privacy delete"))
        assert "mentoring" in words(question)
        await press(world.other, question, "Delete it")
    else:
        world.env.backend.remove_member(world.guild.id, world.other.id)
        mentor = world.other.id
        from cogs.mentorship.service import Answering

        await world.bot.service(Answering).gone(world.guild.id, mentor)
    await run(world)
    assert "Your mentoring pair has ended" in words(letter(world, world.member))
    assert "A mentee for you?" in words(letter(world, third))
    assert (await pair(world)).state == "ended"


async def test_who_deletes_their_data_between_the_two_answers_leaves_nobody_waiting(world: World) -> None:
    third = people(world, 1)[0]
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await run(world)
    await press(world.other, letter(world, world.other), "Accept")
    await run(world)
    card = letter(world, world.member)
    await enroll(world, third, "mentor")
    await press(world.other, seen(await world.other.slash(world.general, "privacy delete")), "Delete it")
    assert "no longer open" in words(await press(world.member, card, "Accept"))
    await run(world)
    assert "A mentee for you?" in words(letter(world, third))


async def test_the_mentor_of_a_mentee_who_deletes_their_data_hears_it_and_gets_another(world: World) -> None:
    third = people(world, 1)[0]
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await run(world)
    await press(world.other, letter(world, world.other), "Accept")
    await run(world)
    await enroll(world, third, "mentee")
    await run(world)
    await press(world.member, seen(await world.member.slash(world.general, "privacy delete")), "Delete it")
    await run(world)
    assert any("This one did not come about" in told for told in letters(world, world.other))
    assert "A mentee for you?" in words(letter(world, world.other))
    assert "Accept" in buttons(letter(world, world.other))


async def test_the_end_asks_four_questions_leaves_a_thank_you_note_and_closes_the_thread(world: World) -> None:
    thread = await together(world, world.other, world.member)
    await later(world, 15 * WEEK)
    for _ in range(6):
        await later(world, 60)  # one step leads to the next
    await later(world, DAY)
    asked = letter(world, world.member)
    assert "Your last week" in words(asked)
    refused = await fill_in(world.member, asked, "Answer", worked="The agenda", again="perhaps so")
    assert "yes**, **maybe** or **no" in words(refused)
    typed = {"worked": "The agenda", "not": "Winter", "again": "Yes!", "quote": "yes"}
    assert "Thank you" in words(await fill_in(world.member, refused, "Open the form again", **typed))
    async with world.database.read() as connection:
        (said,) = await pairing.closings(connection, 1)
    assert (said.worked, said.worked_not, said.again, said.quotable) == ("The agenda", "Winter", "yes", True)
    voices = await world.bot.service(LookingBack).voices(world.guild.id, 0)
    assert [(one.worked, one.quotable) for one in voices] == [("The agenda", True)]
    assert "told me already" in words(await fill_in(world.member, asked, "Answer", **typed))
    await later(world, WEEK)
    assert "Thank you, " in words(thread.last_message)
    await later(world, 300)
    assert archived(world, thread.id)
    assert (await pair(world)).how == "finished"
    late = await fill_in(world.other, letter(world, world.other), "Answer", again="no")
    assert "Thank you" in words(late), "the questions stay open after the end"


async def test_only_the_two_of_a_pair_say_how_it_goes(world: World) -> None:
    await together(world, world.other, world.member)
    from bot.kit.errors import NotAllowedError

    with pytest.raises(NotAllowedError):
        await world.bot.service(Meeting).say(world.organizer.id, 1, 1, "met")


async def test_where_no_thread_can_be_opened_the_organizers_are_told_once_and_it_opens_later(world: World) -> None:
    deny(world, world.general.id, create_private_threads=True)
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await run(world)
    for who in (world.other, world.member):
        await press(who, letter(world, who), "Accept")
        await run(world)
    await later(world, 60)
    await later(world, 300)
    assert len(on_desk(world, "A thread could not be opened")) == 1
    assert world.faults.take()
    deny(world, world.general.id)
    await later(world, 3600)
    assert (await pair(world)).thread_id is not None
