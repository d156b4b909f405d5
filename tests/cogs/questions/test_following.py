from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kit.pages import OpenList
from tests.bot.delivery.steps import tick
from tests.cogs.questions.steps import TAGS, Forum, choose, press
from tests.cogs.resources.steps import find, publish, shown_to_all
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World

HINT = "Clean the nozzle, then level the bed."


async def test_a_post_written_by_hand_gets_a_quiet_card_and_counts_the_same(forum: Forum) -> None:
    await publish(forum.world, title="When a Prusa skips layers", text="Causes in the order in which to look.")
    post = await forum.by_hand(forum.member, "Our Prusa skips layers", tags=("3D printer",))
    assert len(post.history()) == 1
    await forum.later(seconds=20)
    card = words(forum.card(post))
    assert "filed this under 3D printer 🧊" in card
    assert "Mark as answer" in card
    assert "This may help already" in card
    hint = await forum.other.send(post, HINT)
    await forum.mark(forum.member, post, hint)
    assert words(forum.card(post)).startswith("### Answer ✅")
    assert forum.tags_on(post) == ["Answered", "3D printer"]
    assert "Our Prusa skips layers" in words(await find(forum.world, forum.other, "prusa skips layers"))


async def test_tools_are_suggested_from_the_title_and_the_author_corrects_them(forum: Forum) -> None:
    post = await forum.by_hand(forum.member, "Which Glowforge settings for leather?")
    await forum.later(seconds=20)
    assert forum.tags_on(post) == ["Laser cutter"]
    assert "Only the person who asked" in words(await press(forum.other, forum.card(post), "Change tools"))
    picking = await press(forum.member, forum.card(post), "Change tools")
    await choose(forum.member, picking, "to W", "safety")
    await tick(forum.world)
    assert set(forum.tags_on(post)) == {"Safety and policy", "Laser cutter"}


async def test_ten_posts_written_while_the_bot_was_down_get_their_card_once(forum: Forum) -> None:
    await forum.meet()
    listeners = forum.world.bot.extra_events.pop("on_thread_create")
    posts = [await forum.by_hand(forum.member, f"Sewing question {number}") for number in range(10)]
    forum.world.bot.extra_events["on_thread_create"] = listeners
    await forum.env.advance_time(60)
    await forum.other.send(posts[0], HINT)
    await forum.world.restart()
    for _ in range(2):
        await forum.meet()
        await forum.later(seconds=20)
    assert [words(forum.card(post)).count("Mark as answer") for post in posts] == [2] * 10
    assert (await forum.question(posts[0])).first_reply_at is not None
    assert (await forum.question(posts[1])).first_reply_at is None


async def test_posts_from_before_the_bot_came_are_left_alone_until_someone_marks_one(world: World) -> None:
    forum = Forum(world)
    forum.channel = world.guild.create_forum_channel("questions")
    forum.tag(TAGS)
    old = await forum.by_hand(world.member, "An old question")
    await forum.build_on()
    await forum.later(seconds=20)
    assert len(old.history()) == 1
    hint = await world.other.send(old, HINT)
    assert "Marked as" in words(seen(await forum.mark(world.member, old, hint)))
    await forum.later(seconds=20)
    assert "Answer ✅" in words(forum.card(old))


async def test_an_answered_post_is_put_away_after_seven_quiet_days_and_never_locked(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    hint = await forum.other.send(post, HINT)
    await forum.mark(forum.member, post, hint)
    await forum.later(days=6)
    await forum.other.send(post, "Did it work out?")
    await forum.later(days=6)
    assert not forum.archived(post)
    await forum.later(days=1.1)
    assert forum.archived(post)
    assert not forum.locked(post)


async def test_a_word_of_thanks_opens_nothing_but_a_word_after_it_was_put_away_does(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    await forum.member.send(post, "Thanks!")
    assert (await forum.question(post)).state == "answered"
    await forum.later(days=8)
    assert forum.archived(post)
    await forum.member.send(post, "It came back.")
    await tick(forum.world)
    assert (await forum.question(post)).state == "open"
    card = forum.card(post)
    assert "Open again. The answer so far" in words(card)
    assert forum.tags_on(post) == ["Laser cutter"]
    assert buttons(card)[:3] == ["Mark as answer", "Still answered", "Change tools"]
    await press(forum.member, card, "Still answered")
    await tick(forum.world)
    assert forum.tags_on(post) == ["Answered", "Laser cutter"]
    await forum.later(days=8)
    assert forum.archived(post)


async def test_a_post_that_was_put_away_and_locked_stays_so_while_its_answer_is_known(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    hint = await forum.other.send(post, HINT)
    forum.env.backend.edit_channel(post.id, {}, thread_metadata={"archived": True, "locked": True})
    assert "Marked as" in words(seen(await forum.mark(forum.organizer, post, hint)))
    await forum.later(days=8)
    assert (forum.archived(post), forum.locked(post)) == (True, True)
    assert "How do I cut felt" in words(await find(forum.world, forum.other, "clean the nozzle"))


async def test_an_archived_posts_card_is_changed_and_the_post_put_back(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    hint = await forum.other.send(post, HINT)
    forum.env.backend.edit_channel(post.id, {}, thread_metadata={"archived": True})
    await forum.mark(forum.organizer, post, hint)
    assert HINT in words(forum.card(post))
    assert forum.archived(post)


@pytest.mark.parametrize("new", ["Solved!", "Erledigt"])
async def test_the_tag_for_answered_posts_is_known_under_a_new_name(forum: Forum, new: str) -> None:
    post = await forum.asked(forum.member)
    forum.rename_tag("Answered", new)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert forum.tags_on(post) == [new, "Laser cutter"]


async def test_without_the_tag_or_with_twenty_others_the_answer_still_stands_on_top(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    forum.tag(("Laser cutter", *(f"Tag {number}" for number in range(19))))
    await forum.env.settle()
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert forum.tags_on(post) == ["Laser cutter"]
    assert HINT in words(forum.card(post))


async def test_where_the_bot_may_not_tag_the_answer_still_stands_on_top(forum: Forum) -> None:
    post = await forum.by_hand(forum.member, "Our Prusa skips layers")
    forum.env.inject_error("PATCH", f"/channels/{post.id}", status=403, code=50013, times=None)
    await forum.later(seconds=20)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert forum.tags_on(post) == []
    assert HINT in words(forum.card(post))
    await forum.later(days=8)
    assert not forum.archived(post)


async def test_a_deleted_post_is_found_no_more(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    card = forum.card(post)
    forum.env.backend.delete_channel(post.id)
    await forum.env.settle()
    assert "How do I cut felt" not in words(await find(forum.world, forum.other, "clean the nozzle"))
    await forum.later(days=8)
    assert card is not None
    assert "Every question has an answer" in words(
        seen(await forum.member.slash(forum.world.general, "question unanswered"))
    )


async def test_a_post_in_another_forum_now_is_still_known(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    second = forum.world.guild.create_forum_channel("second-floor")
    await forum.env.settle()
    forum.env.backend.edit_channel(post.id, {"parent_id": second.id, "applied_tags": []})
    await forum.env.settle()
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert HINT in words(forum.card(post))
    assert "How do I cut felt" in words(await find(forum.world, forum.other, "clean the nozzle"))


async def test_who_speaks_to_the_bot_in_a_post_is_heard_and_no_command_is_looked_for(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    bot = forum.world.bot.user
    assert bot is not None
    await forum.other.send(post, f"<@{bot.id}> help")
    assert (await forum.question(post)).first_reply_at is not None
    assert forum.world.faults.take() == []


async def test_a_tool_without_a_tag_of_its_own_stays_what_the_question_is_about(forum: Forum) -> None:
    forum.tag((*TAGS, "Digital fabrication"))
    post = await forum.asked(forum.member, title="Which blade does our Cricut need?", details="", tried="")
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert forum.tags_on(post) == ["Answered", "Digital fabrication"]
    assert (await forum.question(post)).tools == ("vinyl-cutter",)


async def test_opened_again_by_its_button_a_post_comes_back_from_where_it_was_put_away(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    await forum.later(days=8)
    assert forum.archived(post)
    await press(forum.member, forum.card(post), "Open it again")
    await tick(forum.world)
    assert not forum.archived(post)
    assert forum.tags_on(post) == ["Laser cutter"]


async def test_a_new_title_and_new_tags_by_hand_are_taken_over(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    numbers = {tag["name"]: int(tag["id"]) for tag in forum.env.backend.get_channel(forum.channel.id).available_tags}
    forum.env.backend.edit_channel(post.id, {"name": "Felt and heat", "applied_tags": [numbers["Sewing"]]})
    await forum.env.settle()
    await tick(forum.world)
    found = words(await find(forum.world, forum.other, "felt heat", tool="sewing"))
    assert "Felt and heat" in found
    assert set(forum.tags_on(post)) == {"Answered", "Sewing"}


async def test_what_waits_is_listed_oldest_first_and_by_tool(forum: Forum) -> None:
    await forum.asked(forum.member)
    await forum.env.advance_time(60)
    await forum.asked(forum.other, title="Which thread for canvas bags on our sewing machine?", details="")
    everything = seen(await forum.member.slash(forum.world.general, "question unanswered"))
    said = words(everything)
    assert said.index("cut felt") < said.index("canvas bags")
    assert "2 questions without an answer" in said
    only = words(await choose(forum.member, everything, "About which tool", "sewing"))
    assert "cut felt" not in only
    assert "1 question about Sewing" in only


async def test_an_answer_about_safety_grows_old_and_is_looked_at_again(forum: Forum) -> None:
    post = await forum.asked(forum.member, title="Do we need a liability waiver for the laser?", details="", tried="")
    await forum.mark(forum.member, post, await forum.other.send(post, "Yes, your city has a form."))
    assert "Checked on January 1, 2026" in words(forum.card(post))
    await forum.later(days=366)
    assert "This is 12 months old" in words(forum.card(post))
    assert await forum.world.bot.waiting["answers-to-check"].count(forum.world.guild.id) == 1
    panel = await shown_to_all(forum.world, OpenList("to-check", "Look again"))
    assert "Only organizers" in words(await press(forum.member, panel, "Look again"))
    listed = await press(forum.organizer, panel, "Look again")
    assert "1 answer about safety or policy" in words(listed)
    assert "looked at within a year" in words(await press(forum.organizer, listed, "It still holds"))
    await tick(forum.world)
    assert "Checked on January 2, 2027" in words(forum.card(post))
    assert "months old" not in words(forum.card(post))
