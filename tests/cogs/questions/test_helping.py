"""Helpers: who is asked about a question that nobody answers, in turn, never at night, and how they say no."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.questions.service import Helping
from db import people, questions
from db.delivery import Way
from tests.bot.delivery.steps import said, tick
from tests.cogs.questions.help_steps import (
    ASKED,
    brought,
    close_dms,
    crowd,
    last_in,
    offer,
    on_desk,
    pass_hours,
    press_in_dm,
    rows_of,
    told,
)
from tests.cogs.questions.steps import choose, press
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from tests.cogs.questions.steps import Forum

DAY = 24


async def test_becoming_a_helper_asks_first_how_one_may_be_reached(forum: Forum) -> None:
    invited = seen(await forum.other.slash(forum.world.general, "question helpers"))
    assert "You need not know it all" in words(invited)
    assert " 0 " not in words(invited)
    assert buttons(invited) == ["Direct message", "Private thread"]
    own = await press(forum.other, invited, "Direct message")
    assert "You are a helper" in words(own)
    assert "Choose at least one tool" in words(own)
    assert "quiet from 9 PM to 8 AM" in words(own)


async def test_a_helper_chooses_tools_how_often_and_when_not(forum: Forum) -> None:
    own = await press(
        forum.other, seen(await forum.other.slash(forum.world.general, "question helpers")), "Private thread"
    )
    own = await choose(forum.other, own, "Tools you can help with, 3D", "laser-cutter")
    own = await choose(forum.other, own, "Tools you can help with, Metal", "sewing")
    own = await choose(forum.other, own, "How often", "5")
    own = await choose(forum.other, own, "When not", "17-9")
    own = await choose(forum.other, own, "time zone", "America/Chicago")
    assert "Laser cutter 🔆 and Sewing 🧵" in words(own)
    assert "5 questions a week · quiet from 5 PM to 9 AM" in words(own)
    assert "by Central time" in words(own)
    kept = await forum.world.bot.service(Helping).of(forum.world.guild.id, forum.other.id)
    assert kept is not None
    assert (kept.tools, kept.a_week, kept.quiet_from, kept.zone) == (
        ("laser-cutter", "sewing"), 5, 17 * 60, "America/Chicago",
    )  # fmt: skip
    assert "pause" in words(await press(forum.other, own, "Take a break"))


async def test_leaving_is_one_button(forum: Forum) -> None:
    own = await press(
        forum.other, seen(await forum.other.slash(forum.world.general, "question helpers")), "Direct message"
    )
    assert "no helper any more" in words(await press(forum.other, own, "Leave"))
    assert await forum.world.bot.service(Helping).of(forum.world.guild.id, forum.other.id) is None


async def test_the_tools_of_a_profile_are_there_from_the_start(forum: Forum) -> None:
    world = forum.world
    async with world.database.write() as connection:
        await people.change(connection, world.guild.id, forum.other.id, {"zone": "America/Denver"}, world.bot.clock())
        profile = await people.of_member(connection, world.guild.id, forum.other.id)
        assert profile is not None
        await people.put_tools(connection, profile, {"sewing": people.TEACHES, "drones": people.LEARNING})
    made = await world.bot.service(Helping).begin(world.guild.id, forum.other.id, Way.DM, None)
    assert (made.tools, made.zone) == (("sewing",), "America/Denver")


async def test_a_question_without_a_reply_is_brought_to_a_helper_after_a_working_day_with_the_reason(
    forum: Forum,
) -> None:
    await offer(forum, forum.other, "laser-cutter")
    post = await forum.asked(forum.member)
    await pass_hours(forum, DAY - 1)
    assert brought(forum, forum.other) == 0
    await pass_hours(forum, 2)
    (note,) = told(forum, forum.other)
    assert ASKED in note
    assert "How do I cut felt" in note
    assert "because you said you can help with Laser cutter 🔆, with 2 questions a week at most" in note
    assert buttons(forum.other.user.dm_channel.last_message) == ["Go to the question", "Not now", "Stop asking me"]
    await pass_hours(forum, 3 * DAY, 6)
    assert brought(forum, forum.other) == 1, "never twice for one question"
    assert [row.user_id for row in await rows_of(forum, post)] == [forum.other.id]


async def test_two_helpers_are_asked_in_turn_and_not_all(forum: Forum) -> None:
    helpers = await crowd(forum, 4)
    for helper in helpers:
        await offer(forum, helper, "laser-cutter")
    await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    assert [brought(forum, helper) for helper in helpers] == [1, 1, 0, 0]
    await forum.asked(forum.member, title="The next one about our Glowforge")
    await pass_hours(forum, DAY + 1)
    assert [brought(forum, helper) for helper in helpers] == [1, 1, 1, 1]


async def test_nobody_is_asked_twice_a_day(forum: Forum) -> None:
    await offer(forum, forum.other, "laser-cutter", a_week=7)
    for number in range(3):
        await forum.asked(forum.member, title=f"Glowforge question {number}")
    await pass_hours(forum, DAY + 1)
    assert brought(forum, forum.other) == 1
    await pass_hours(forum, 6 * DAY, 8)
    assert brought(forum, forum.other) == 3, "the others wait for another day, and are not forgotten"


async def test_who_asked_is_not_asked_themselves(forum: Forum) -> None:
    await offer(forum, forum.member, "laser-cutter")
    await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    assert brought(forum, forum.member) == 0


async def test_a_reply_in_time_means_that_nobody_is_disturbed(forum: Forum) -> None:
    await offer(forum, forum.other, "laser-cutter")
    post = await forum.asked(forum.member)
    await forum.organizer.send(post, "Try masking tape.")
    await pass_hours(forum, 2 * DAY, 4)
    assert told(forum, forum.other) == []


async def test_without_a_helper_of_the_tool_one_of_the_broader_term_is_asked(forum: Forum) -> None:
    await offer(forum, forum.other, "digital-fabrication")
    await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    assert "help with Digital fabrication 🏭" in told(forum, forum.other)[0]


async def test_without_any_helper_the_organizers_are_told(forum: Forum) -> None:
    await crowd(forum, 50)
    await offer(forum, forum.other, "sewing")
    await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    (note,) = on_desk(forum)
    assert "I found nobody to ask about it" in note
    await pass_hours(forum, 4 * DAY, 6)
    assert len(on_desk(forum)) == 1, "once"


async def test_a_helper_who_says_not_now_is_followed_by_another(forum: Forum) -> None:
    helpers = await crowd(forum, 3)
    for helper in helpers:
        await offer(forum, helper, "laser-cutter")
    post = await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    assert "somebody else" in words(await press_in_dm(helpers[0], "Not now"))
    await tick(forum.world)
    assert brought(forum, helpers[2]) == 1
    outcomes = {row.user_id: row.outcome for row in await rows_of(forum, post)}
    assert outcomes[helpers[0].id] == questions.NOT_NOW


async def test_the_message_itself_has_the_way_to_stop_it(forum: Forum) -> None:
    await offer(forum, forum.other, "laser-cutter")
    await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    assert "no helper any more" in words(await press_in_dm(forum.other, "Stop asking me"))
    await forum.asked(forum.member, title="Another one about the laser cutter")
    await pass_hours(forum, 3 * DAY, 8)
    assert len(told(forum, forum.other)) == 1


async def test_a_helper_with_closed_direct_messages_finds_it_in_a_private_thread(forum: Forum) -> None:
    close_dms(forum, forum.other)
    await offer(forum, forum.other, "laser-cutter", place_id=forum.world.general.id)
    await forum.asked(forum.member)
    await pass_hours(forum, DAY + 2)
    (thread,) = forum.world.general.threads
    (note,) = said(forum.world, thread.id)
    assert ASKED in note
    assert "closed to me" in note


async def test_a_helper_may_choose_a_private_thread_from_the_start(forum: Forum) -> None:
    await offer(forum, forum.other, "laser-cutter", way=Way.PRIVATE)
    await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    (thread,) = forum.world.general.threads
    assert ASKED in said(forum.world, thread.id)[0]
    assert told(forum, forum.other) == []


async def test_in_quiet_hours_it_waits_for_the_morning_also_where_the_bot_was_down_at_the_time(forum: Forum) -> None:
    # It is midnight in UTC: seven in the evening in New York; asked for at the same time a working day later.
    await offer(forum, forum.other, "laser-cutter", quiet_from=18 * 60, quiet_until=8 * 60, zone="America/New_York")
    await forum.asked(forum.member)
    await pass_hours(forum, DAY + 12)
    assert brought(forum, forum.other) == 0
    await forum.env.advance_time(timedelta(hours=14).total_seconds())  # nobody delivers in the meantime
    await tick(forum.world)
    assert brought(forum, forum.other) == 0, "it is night again"
    await pass_hours(forum, DAY)
    assert brought(forum, forum.other) == 1


async def test_what_changes_in_between_counts_when_it_is_due(forum: Forum) -> None:
    await offer(forum, forum.other, "laser-cutter", quiet_from=18 * 60, quiet_until=8 * 60, zone="America/New_York")
    post = await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    service, guild = forum.world.bot.service(Helping), forum.world.guild.id
    await service.choose(guild, forum.other.id, {"paused": True})
    await pass_hours(forum, DAY)
    assert told(forum, forum.other) == []
    assert await rows_of(forum, post) == []


async def test_who_has_left_is_no_helper_any_more(forum: Forum) -> None:
    await offer(forum, forum.other, "laser-cutter")
    await forum.asked(forum.member)
    forum.env.backend.remove_member(forum.world.guild.id, forum.other.id)
    await forum.env.settle()
    await pass_hours(forum, DAY + 1)
    assert await forum.world.bot.service(Helping).of(forum.world.guild.id, forum.other.id) is None


async def test_an_answer_settles_what_was_asked(forum: Forum) -> None:
    helpers = await crowd(forum, 2)
    for helper in helpers:
        await offer(forum, helper, "laser-cutter")
    post = await forum.asked(forum.member)
    await pass_hours(forum, DAY + 1)
    reply = await helpers[1].send(post, "Masking tape on both sides.")
    await forum.mark(forum.member, post, reply)
    outcomes = {row.user_id: row.outcome for row in await rows_of(forum, post)}
    assert outcomes == {helpers[0].id: questions.PASSED, helpers[1].id: questions.HELPED}


async def test_where_organizers_want_no_helpers_asked_nobody_is(forum: Forum) -> None:
    await offer(forum, forum.other, "laser-cutter")
    await forum.world.bot.service(Helping).ask_after(forum.world.guild.id, 0)
    await forum.asked(forum.member)
    await pass_hours(forum, 3 * DAY, 6)
    assert told(forum, forum.other) == []


async def test_a_helper_who_was_asked_for_something_else_this_week_is_not_asked(forum: Forum) -> None:
    await offer(forum, forum.other, "laser-cutter", a_week=1)
    own = await forum.asked(forum.other, title="Which saw for plywood?")
    await forum.member.send(own, "A fine one.")
    await pass_hours(forum, 4 * DAY, 12)
    assert "Did this solve it" in last_in(forum, own)
    await forum.asked(forum.member)
    await pass_hours(forum, 3 * DAY, 12)
    assert brought(forum, forum.other) == 0
    await pass_hours(forum, 7 * DAY, 12)
    assert brought(forum, forum.other) == 1, "it waits for them, and is not forgotten"
