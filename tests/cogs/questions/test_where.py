"""Where questions can be asked and answered, and what is said where they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcord import ChannelHandle

from tests.bot.delivery.steps import deny
from tests.kit.world import seen, words

if TYPE_CHECKING:
    from tests.cogs.questions.steps import Forum


async def test_a_forum_in_which_the_bot_may_not_post_is_named_with_the_way_out(forum: Forum) -> None:
    deny(forum.world, forum.channel.id, send_messages=True)
    refused = seen(await forum.member.slash(forum.world.general, "ask"))
    assert f"I may not post in <#{forum.channel.id}> yet" in words(refused)
    assert "/setup check" in words(refused)


async def test_a_thread_that_is_no_question_is_told_apart_from_a_post(forum: Forum) -> None:
    backend = forum.env.backend
    made = backend.create_thread(forum.world.general.id, "Tool talk", forum.member.id)
    thread = ChannelHandle(forum.env, forum.world.guild, made)
    refused = seen(await forum.member.slash(thread, "question answered"))
    assert "This works inside a question's post" in words(refused)
