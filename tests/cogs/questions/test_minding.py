"""Following up: organizers hear of what waits, once, and askers are asked whether a reply has solved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cogs.questions.service import Helping, Minding
from cogs.questions.service.minding import Desk
from db import questions
from tests.bot.delivery.steps import said, tick
from tests.cogs.questions.help_steps import brought, crowd, last_in, offer, on_desk, pass_hours
from tests.cogs.questions.steps import as_filled, choose, press
from tests.kit.world import buttons, custom_id, words

if TYPE_CHECKING:
    from typing import Any

    from simcord.builders import ChannelHandle

    from tests.cogs.questions.steps import Forum

DAY = 24
SOLVED = "Did this solve it"


def solved_card(forum: Forum, post: ChannelHandle) -> Any:
    return next(message for message in post.history() if SOLVED in words(message))


async def replied_to(forum: Forum) -> ChannelHandle:
    """A question with a reply, and three quiet days."""
    post = await forum.asked(forum.member)
    await forum.other.send(post, "Masking tape on both sides.")
    await pass_hours(forum, 3 * DAY, 12)
    return post


async def test_two_working_days_without_an_answer_bring_it_to_the_desk_once(forum: Forum) -> None:
    await crowd(forum, 50)
    await offer(forum, forum.other, "laser-cutter")
    post = await forum.asked(forum.member)  # a Thursday's midnight in UTC: Wednesday evening in New York
    await pass_hours(forum, 2 * DAY - 2, 2)
    assert on_desk(forum) == []
    await pass_hours(forum, 3, 1)
    (note,) = on_desk(forum)
    assert "This question waits for an answer" in note
    assert "I have asked 1 helper." in note
    assert buttons(forum.world.desk.last_message) == ["Go to the question", "Unanswered"]
    assert (await forum.question(post)).desk_told_at is not None
    await pass_hours(forum, 9 * DAY, 12)
    assert len(on_desk(forum)) == 1


async def test_a_small_server_gets_one_note_a_week(forum: Forum) -> None:
    for number in range(3):
        await forum.asked(forum.member, title=f"Question number {number} about felt")
        await pass_hours(forum, 8, 8)
    await pass_hours(forum, 3 * DAY, 12)
    assert on_desk(forum) == [], "it gathers until Monday morning"
    await pass_hours(forum, 2 * DAY, 6)
    (note,) = on_desk(forum)
    assert "3 questions wait for an answer" in note
    assert "do not disturb you one by one" in note
    assert all(f"Question number {number}" in note for number in range(3))
    await pass_hours(forum, 10 * DAY, 24)
    assert len(on_desk(forum)) == 1, "each question once"


async def test_what_was_answered_before_monday_is_not_on_the_weekly_note(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await pass_hours(forum, 2 * DAY + 2, 10)
    answer = await forum.other.send(post, "Masking tape.")
    await forum.mark(forum.member, post, answer)
    await pass_hours(forum, 5 * DAY, 12)
    assert on_desk(forum) == []


async def test_what_was_gathered_answered_and_opened_again_reaches_the_desk_all_the_same(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await pass_hours(forum, 2 * DAY + 2, 10)
    assert (await forum.question(post)).desk_told_at is not None, "it is gathered for Monday"
    answer = await forum.other.send(post, "Masking tape.")
    await forum.mark(forum.member, post, answer)
    await pass_hours(forum, 5 * DAY, 12)
    await forum.other.delete(answer)
    await pass_hours(forum, 18 * DAY, 24)
    (note,) = on_desk(forum)
    assert "A question waits" in note


async def test_a_busy_day_is_gathered_for_the_next_morning(forum: Forum) -> None:
    await crowd(forum, 50)
    for number in range(6):
        await forum.asked(forum.member, title=f"Question number {number} about felt")
    await pass_hours(forum, DAY + 1, 5)
    assert len(on_desk(forum)) == 3
    await pass_hours(forum, DAY, 6)
    notes = on_desk(forum)
    assert len(notes) == 4
    assert "3 questions wait" in notes[-1]


async def test_without_a_desk_it_waits_for_one(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    question = await forum.question(post)
    await forum.env.advance_time(3 * DAY * 3600)
    service = forum.world.bot.service(Minding)
    await service.to_desk(forum.world.guild.id, question.question_id, Desk(None, 80))
    assert (await forum.question(post)).desk_told_at is None
    await service.to_desk(forum.world.guild.id, question.question_id, Desk(forum.world.desk.id, 80))
    await tick(forum.world)
    assert len(on_desk(forum)) == 1


async def test_three_quiet_days_after_a_reply_the_asker_is_asked_once(forum: Forum) -> None:
    post = await replied_to(forum)
    card = solved_card(forum, post)
    assert f"<@{forum.member.id}>" in words(card)
    assert buttons(card) == ["Yes, this one", "Not yet", "Solved it myself"]
    await pass_hours(forum, 9 * DAY, 24)
    assert sum(SOLVED in one for one in said(forum.world, post.id)) == 1
    assert not forum.archived(post), "nothing closes unheard"


async def test_a_word_in_between_starts_the_three_days_anew(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.other.send(post, "Masking tape.")
    await pass_hours(forum, 2 * DAY, 12)
    await forum.member.send(post, "Which side?")
    await pass_hours(forum, 2 * DAY, 12)
    assert not any(SOLVED in one for one in said(forum.world, post.id))
    await pass_hours(forum, DAY + 1, 12)
    assert any(SOLVED in one for one in said(forum.world, post.id))


async def test_yes_this_one_asks_which_message_and_marks_it(forum: Forum) -> None:
    post = await replied_to(forum)
    chooser = await press(forum.member, solved_card(forum, post), "Yes, this one")
    reply = next(message for message in post.history() if message.content.startswith("Masking"))
    await choose(forum.member, chooser, "Which message", str(reply.id))
    question = await forum.question(post)
    assert question.state == questions.ANSWERED
    assert question.answer is not None
    assert question.answer.author_id == forum.other.id


async def test_solved_it_myself_takes_a_note(forum: Forum) -> None:
    post = await replied_to(forum)
    card = solved_card(forum, post)
    form = await forum.member.click(card, custom_id=custom_id(card, "Solved it myself"))
    await forum.member.submit_modal(form, as_filled(form, words="Two passes at half the power."))
    question = await forum.question(post)
    assert question.answer is not None
    assert (question.answer.text, question.answer.author_id) == ("Two passes at half the power.", forum.member.id)


async def test_not_yet_keeps_it_open_and_asks_somebody_else(forum: Forum) -> None:
    await offer(forum, forum.organizer, "laser-cutter")
    post = await replied_to(forum)
    assert brought(forum, forum.organizer) == 0
    said_no = await press(forum.member, solved_card(forum, post), "Not yet")
    assert "stays open" in words(said_no)
    await tick(forum.world)
    assert brought(forum, forum.organizer) == 1
    assert "it is not solved yet" in said(forum.world, forum.organizer.user.dm_channel.id)[0]


async def test_only_who_asked_and_organizers_say_that_it_is_not_solved(forum: Forum) -> None:
    post = await replied_to(forum)
    refused = await press(forum.other, solved_card(forum, post), "Not yet")
    assert "Only the person who asked" in words(refused)


async def test_a_reply_that_solves_nothing_reaches_the_organizers_in_the_end(forum: Forum) -> None:
    await crowd(forum, 50)
    post = await replied_to(forum)
    assert SOLVED in last_in(forum, post)
    assert on_desk(forum) == []
    await pass_hours(forum, 6 * DAY, 12)
    (note,) = on_desk(forum)
    assert "somebody has replied" in note


async def test_a_question_that_is_opened_again_is_followed_again(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    answer = await forum.other.send(post, "Masking tape.")
    await forum.mark(forum.member, post, answer)
    await forum.member.slash(post, "question reopen")
    await pass_hours(forum, 3 * DAY + 1, 12)
    assert any(SOLVED in one for one in said(forum.world, post.id))


async def test_a_post_that_was_deleted_is_followed_no_more(forum: Forum) -> None:
    await crowd(forum, 50)
    await offer(forum, forum.other, "laser-cutter")
    post = await forum.asked(forum.member)
    forum.env.backend.delete_channel(post.id)
    await forum.env.settle()
    await pass_hours(forum, 6 * DAY, 12)
    assert brought(forum, forum.other) == 0
    assert on_desk(forum) == []


@pytest.mark.parametrize("hours", [4, 48])
async def test_organizers_choose_how_long_a_question_waits_for_a_helper(forum: Forum, hours: int) -> None:
    await offer(forum, forum.other, "laser-cutter")
    await forum.world.bot.service(Helping).ask_after(forum.world.guild.id, hours)
    await forum.asked(forum.member)
    await pass_hours(forum, hours - 1, 1 if hours < DAY else hours - 1)
    assert brought(forum, forum.other) == 0
    await pass_hours(forum, 2)
    assert brought(forum, forum.other) == 1


async def test_who_asked_two_things_is_asked_about_one_of_them_in_a_week(forum: Forum) -> None:
    posts = [await forum.asked(forum.member, title=f"Question {number} about felt") for number in range(2)]
    for post in posts:
        await forum.other.send(post, "Masking tape on both sides.")
    await pass_hours(forum, 4 * DAY, 12)
    asked = [sum(SOLVED in one for one in said(forum.world, post.id)) for post in posts]
    assert sorted(asked) == [0, 1]
    await pass_hours(forum, 3 * DAY, 12)
    assert sum(SOLVED in one for post in posts for one in said(forum.world, post.id)) == 1
    await pass_hours(forum, 5 * DAY, 12)
    assert [sum(SOLVED in one for one in said(forum.world, post.id)) for post in posts] == [1, 1]
    assert any("about felt" in note for note in on_desk(forum)), "the organizers need not wait for it"


async def test_nobody_is_asked_at_night_whether_it_is_solved(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await pass_hours(forum, 4)  # eleven in the evening in New York
    await forum.other.send(post, "Masking tape.")
    await pass_hours(forum, 3 * DAY + 1)
    assert not any(SOLVED in one for one in said(forum.world, post.id))
    await pass_hours(forum, 9)
    assert any(SOLVED in one for one in said(forum.world, post.id))


async def test_who_has_left_is_not_asked_but_the_organizers_hear_of_it(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.other.send(post, "Masking tape.")
    await pass_hours(forum, 12, 12)
    forum.world.guild.remove_member(forum.member)
    await pass_hours(forum, 12 * DAY, 12)
    assert not any(SOLVED in one for one in said(forum.world, post.id))
    assert len(on_desk(forum)) == 1
