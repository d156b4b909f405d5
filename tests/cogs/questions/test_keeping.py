from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from db import questions as kept
from db import setup
from db.questions import Asking
from tests.bot.delivery.steps import tick
from tests.cogs.questions.steps import TAGS, Forum, choose, press
from tests.kit.world import buttons, seen, select_id, words

if TYPE_CHECKING:
    from tests.kit.world import World

HINT = "Ask your city's lawyer for the form."


async def test_an_organizer_says_which_answers_grow_old(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert "Checked on" not in words(forum.card(post))
    assert "Check it every year" not in buttons(await press(forum.member, forum.card(post), "Change tools"))
    picking = await press(forum.organizer, forum.card(post), "Change tools")
    assert "No yearly check" in buttons(await press(forum.organizer, picking, "Check it every year"))
    await tick(forum.world)
    assert "Checked on January 1, 2026" in words(forum.card(post))
    await press(forum.organizer, picking, "No yearly check")
    await tick(forum.world)
    assert "Checked on" not in words(forum.card(post))


async def test_an_answer_is_no_longer_one_about_safety_when_its_tools_say_so(forum: Forum) -> None:
    post = await forum.asked(forum.member, title="Do we need a liability waiver?", details="", tried="")
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert "Checked on" in words(forum.card(post))
    picking = await press(forum.member, forum.card(post), "Change tools")
    picking = await choose(forum.member, picking, "to W", "sewing")
    await tick(forum.world)
    assert set(forum.tags_on(post)) == {"Answered", "Sewing"}
    assert "Checked on" not in words(forum.card(post))


async def test_the_agreement_is_asked_for_once_and_the_question_goes_straight_on(forum: Forum) -> None:
    async with forum.world.database.write() as connection:
        settings = await setup.change(
            connection, forum.world.guild.id, forum.world.bot.clock(), agreement="Be kind.", agreement_version=1
        )
    forum.world.bot.servers.keep(settings)
    preview = await forum.ask(forum.member)
    asking = await press(forum.member, preview, "Post my question")
    assert "Be kind." in words(asking)
    back = await press(forum.member, asking, "Not now")
    assert "before it is posted" in words(back)
    asking = await press(forum.member, back, "Post my question")
    assert "Thank you, your question" in words(await press(forum.member, asking, "Accept"))
    await tick(forum.world)
    assert forum.posts == 1
    await forum.asked(forum.member, title="Another one about sewing?")
    assert forum.posts == 2


async def test_a_forum_that_is_chosen_later_is_followed_from_then_on_also_over_a_stop(world: World) -> None:
    forum = Forum(world)
    world.bot.dispatch("guild_available", world.bot.get_guild(world.guild.id))
    await world.env.settle()
    forum.channel = world.guild.create_forum_channel("questions")
    forum.tag(TAGS)
    old = await forum.by_hand(world.member, "From before")
    async with world.database.write() as connection:
        world.bot.servers.keep(
            await setup.change(connection, world.guild.id, world.bot.clock(), questions_id=forum.channel.id)
        )
    await world.member.slash(world.general, "help")
    listeners = world.bot.extra_events.pop("on_thread_create")
    missed = await forum.by_hand(world.member, "Written while nobody looked")
    world.bot.extra_events["on_thread_create"] = listeners
    await forum.meet()
    await forum.later(seconds=20)
    assert len(old.history()) == 1
    assert "Mark as answer" in words(forum.card(missed))


async def test_a_forum_that_takes_no_more_posts_now_gets_the_question_later(forum: Forum) -> None:
    path = f"/channels/{forum.channel.id}/threads"
    forum.env.inject_error("POST", path, status=400, code=160006, times=1)  # too many active threads
    preview = await forum.ask(forum.member)
    await press(forum.member, preview, "Post my question")
    await tick(forum.world)
    assert forum.posts == 0
    await forum.later(hours=2)
    assert forum.posts == 1


async def test_a_closed_forum_is_told_to_the_organizers_who_may_choose_another_one(forum: Forum) -> None:
    forum.env.inject_error("POST", f"/channels/{forum.channel.id}/threads", status=403, code=50001, times=None)
    preview = await forum.ask(forum.member)
    await press(forum.member, preview, "Post my question")
    second = forum.world.guild.create_forum_channel("second-floor")
    for _ in range(4):
        await forum.later(minutes=30)
    desk = forum.world.desk.last_message
    assert desk is not None
    assert "Waiting to be posted: 1 question" in words(desk)
    await forum.organizer.select(desk, [second], custom_id=select_id(desk, "Choose another forum"))
    await tick(forum.world)
    (thread,) = [one for one in forum.env.backend.channels.values() if one.parent_id == second.id]
    async with forum.world.database.read() as connection:
        question = await kept.by_thread(connection, forum.world.guild.id, thread.id)
    assert question is not None
    assert (question.state, question.forum_id) == ("open", second.id)


async def test_a_deleted_forum_leaves_no_question_that_leads_nowhere(forum: Forum) -> None:
    await forum.asked(forum.member)
    forum.env.backend.delete_channel(forum.channel.id)
    await forum.env.settle()
    await forum.later(days=8)
    listed = seen(await forum.member.slash(forum.world.general, "question unanswered"))
    assert "Every question has an answer" in words(listed)


async def test_a_thousand_open_questions_are_listed_page_by_page(forum: Forum) -> None:
    now = forum.world.bot.clock()
    async with forum.world.database.write() as connection:
        asking = Asking(forum.world.guild.id, forum.channel.id, forum.member.id, "Number 0?", ("sewing",), 10)
        first = await kept.add(connection, asking, now)
        pattern = (await connection.execute(select(kept.question_table))).one()._asdict()
        of_tool = {True: ["sewing"], False: ["3d-printer"]}
        others = [
            pattern
            | {"question_id": first.question_id + number, "thread_id": 10 + number}
            | {"title": f"Number {number}?", "tools": of_tool[number % 4 == 0]}
            for number in range(1, 1_000)
        ]
        await connection.execute(insert(kept.question_table), others)
    listed = seen(await forum.member.slash(forum.world.general, "question unanswered"))
    assert "1,000 questions without an answer" in words(listed)
    assert words(listed).count("Number") == 8
    second = await press(forum.member, listed, "Next →")
    assert "Number 8?" in words(second)
    sewing = seen(await forum.member.slash(forum.world.general, "question unanswered", tool="sewing"))
    assert "250 questions about Sewing" in words(sewing)
    post = await forum.asked(forum.member)
    assert (await forum.question(post)).state == "open"
