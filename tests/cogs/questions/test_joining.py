"""Questions that are the same: joined, both lead to the answer, and nothing is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.questions.service import Following
from db import questions
from tests.bot.delivery.steps import said, tick
from tests.cogs.questions.steps import choose, press
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from typing import Any

    from simcord.builders import ChannelHandle

    from tests.cogs.questions.steps import Forum

FELT, TWIN = "How do I cut felt with our Glowforge?", "Cutting wool felt with the Glowforge"


async def two(forum: Forum) -> tuple[ChannelHandle, ChannelHandle]:
    """Two posts that ask the same, the second by somebody else."""
    first = await forum.asked(forum.member, title=FELT)
    return first, await forum.asked(forum.other, title=TWIN)


async def join(forum: Forum, post: ChannelHandle, target: ChannelHandle) -> Any:
    chooser = await press(forum.organizer, forum.card(post), "Same question as…")
    number = (await forum.question(target)).question_id
    done = await choose(forum.organizer, chooser, "The same question", str(number))
    await tick(forum.world)
    return done


async def by_link(forum: Forum, post: ChannelHandle, target: ChannelHandle) -> Any:
    """Join them by the link of the other post."""
    chooser = await press(forum.organizer, forum.card(post), "Same question as…")
    form = await forum.organizer.click(chooser, custom_id=custom_id(chooser, "By its link"))
    link = f"https://discord.com/channels/{forum.world.guild.id}/{target.id}"
    done = seen(await forum.organizer.submit_modal(form, {"link": link}))
    await tick(forum.world)
    return done


async def test_the_other_question_is_offered_by_its_words(forum: Forum) -> None:
    _, twin = await two(forum)
    chooser = await press(forum.other, forum.card(twin), "Same question as…")
    assert "nothing is deleted" in words(chooser)
    assert FELT in str(chooser.components)


async def test_both_posts_stay_and_lead_to_the_answer(forum: Forum) -> None:
    first, twin = await two(forum)
    assert "Joined" in words(await join(forum, twin, first))
    assert (await forum.question(twin)).state == questions.MERGED
    assert "is the same question as" in said(forum.world, twin.id)[-1]
    assert "Both lead to the answer here" in said(forum.world, first.id)[-1]
    answer = await forum.organizer.send(first, "Masking tape on both sides.")
    await forum.mark(forum.member, first, answer)
    await tick(forum.world)
    assert f"<@{forum.other.id}>" in said(forum.world, twin.id)[-1]
    assert "which has an answer" in said(forum.world, twin.id)[-1]
    assert "Answer ✅" in words(forum.card(twin))
    assert forum.posts == 2


async def test_a_question_that_was_answered_is_the_one_that_is_led_to(forum: Forum) -> None:
    first, twin = await two(forum)
    answer = await forum.organizer.send(twin, "Masking tape.")
    await forum.mark(forum.other, twin, answer)
    chooser = await press(forum.organizer, forum.card(first), "Same question as…")
    number = (await forum.question(twin)).question_id
    await choose(forum.organizer, chooser, "The same question", str(number))
    await tick(forum.world)
    assert (await forum.question(first)).state == questions.MERGED
    assert (await forum.question(twin)).state == questions.ANSWERED


async def test_a_chain_of_twins_leads_to_its_end_and_no_circle_is_made(forum: Forum) -> None:
    first, twin = await two(forum)
    third = await forum.asked(forum.other, title="Felt and a Glowforge once more")
    await join(forum, twin, first)
    await by_link(forum, third, twin)
    assert (await forum.question(third)).same_as_id == (await forum.question(first)).question_id
    refused = await by_link(forum, first, third)
    assert "this very question" in words(refused)


async def test_they_are_taken_apart_with_one_button(forum: Forum) -> None:
    first, twin = await two(forum)
    done = await join(forum, twin, first)
    assert buttons(done) == ["Take them apart"]
    assert "of its own again" in words(await press(forum.organizer, done, "Take them apart"))
    assert (await forum.question(twin)).state == questions.OPEN


async def test_the_link_of_a_post_will_do(forum: Forum) -> None:
    first = await forum.asked(forum.member, title=FELT)
    other = await forum.asked(forum.other, title="Brown edges", details="Why?", tried="")
    assert "Joined" in words(await by_link(forum, other, first))
    third = await forum.asked(forum.other, title="Once more")
    chooser = await press(forum.organizer, forum.card(third), "Same question as…")
    form = await forum.organizer.click(chooser, custom_id=custom_id(chooser, "By its link"))
    refused = seen(await forum.organizer.submit_modal(form, {"link": "https://example.org"}))
    assert "link of a post" in words(refused)


async def test_who_only_reads_along_joins_nothing(forum: Forum) -> None:
    first, _ = await two(forum)
    refused = await press(forum.other, forum.card(first), "Same question as…")
    assert "helpers and organizers" in words(refused)


async def answered_twins(forum: Forum) -> tuple[ChannelHandle, ChannelHandle, Any]:
    """Two that are the same, the one that leads there with the other's answer; and the message that answers."""
    first, twin = await two(forum)
    await join(forum, twin, first)
    answer = await forum.organizer.send(first, "Masking tape on both sides.")
    await forum.mark(forum.member, first, answer)
    await tick(forum.world)
    assert "Masking tape" in words(forum.card(twin))
    return first, twin, answer


async def test_a_deleted_answer_is_read_in_the_other_post_no_more_either(forum: Forum) -> None:
    _, twin, answer = await answered_twins(forum)
    await answer.delete()
    await forum.later(minutes=2)
    assert "Masking tape" not in words(forum.card(twin))
    assert not any("Masking tape" in one for one in said(forum.world, twin.id))


async def test_an_answer_that_is_put_in_other_words_reads_so_in_the_other_post(forum: Forum) -> None:
    first, twin, answer = await answered_twins(forum)
    service = forum.world.bot.service(Following)
    await service.reworded(forum.world.guild.id, answer.id, "Paper, and a low speed.")
    await forum.later(minutes=2)
    assert "low speed" in words(forum.card(first))
    assert "low speed" in words(forum.card(twin))
    assert not any("Masking tape" in one for one in said(forum.world, twin.id))


async def test_what_led_to_a_deleted_post_is_a_question_of_its_own_again(forum: Forum) -> None:
    first, twin = await two(forum)
    await join(forum, twin, first)
    await forum.world.bot.service(Following).gone(forum.world.guild.id, first.id)
    await tick(forum.world)
    alone = await forum.question(twin)
    assert (alone.state, alone.same_as_id) == (questions.OPEN, None)
    assert "Mark as answer" in buttons(forum.card(twin))
