from __future__ import annotations

from typing import TYPE_CHECKING

from simcord.builders import ChannelHandle
from simcord.enums import ChannelType

from cogs.questions.views.turning import Turn
from db import questions as kept
from tests.bot.delivery.steps import tick
from tests.cogs.questions.steps import ASKED, as_filled, choose, press
from tests.cogs.resources.steps import find, publish, shown_to_all
from tests.kit.settling import at_once
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from tests.cogs.questions.steps import Forum

HINT = "Turn the air assist up and mask the felt with paper tape."


async def test_who_asked_marks_the_answer_and_everyone_sees_it_on_top(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    hint = await forum.other.send(post, HINT)
    done = await forum.mark(forum.member, post, hint)
    assert "Marked as the answer" in words(seen(done))
    card = words(forum.card(post))
    assert card.startswith("### Answer ✅\n" + HINT)
    assert f"From <@{forum.other.id}>, thank you!" in card
    assert ASKED["details"] in card
    assert forum.tags_on(post) == ["Answered", "Laser cutter"]
    assert buttons(forum.card(post)) == ["Change the answer", "Open it again", "Change tools", "Save as resource"]


async def test_the_helper_is_thanked_once_without_being_called(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    hint = await forum.other.send(post, HINT)
    await forum.mark(forum.member, post, hint)
    await forum.later(minutes=1)
    await forum.mark(forum.member, post, hint)
    await forum.later(minutes=1)
    thanks = [one for one in post.history() if f"Thank you, <@{forum.other.id}>!" in words(one)]
    assert len(thanks) == 1
    (body,) = [body for body in forum.world.wire.bodies if "Thank you, <@" in str(body)]
    assert body["allowed_mentions"].get("users", []) == []
    assert body["allowed_mentions"]["parse"] == []


async def test_who_answers_may_mark_their_own_message_but_nobody_elses(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    first = await forum.world.owner.send(post, "Have you tried turning it off and on again?")
    hint = await forum.other.send(post, HINT)
    refused = await forum.mark(forum.other, post, first)
    assert "helpers and organizers" in words(seen(refused))
    done = await forum.mark(forum.other, post, hint)
    assert f"<@{forum.member.id}> asked, and has the last word" in words(seen(done))


async def test_the_asker_overrules_who_marked_the_answer_and_nobody_overrules_the_asker(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    first = await forum.other.send(post, HINT)
    better = await forum.world.owner.send(post, "Better: ask for laser-safe felt.")
    await forum.mark(forum.organizer, post, first)
    await forum.mark(forum.member, post, better)
    assert "laser-safe felt" in words(forum.card(post))
    refused = await forum.mark(forum.organizer, post, first)
    assert "chose the answer themselves" in words(seen(refused))
    assert "laser-safe felt" in words(forum.card(post))
    async with forum.world.database.read() as connection:
        history = await kept.marks(connection, (await forum.question(post)).question_id)
    assert [(mark.deed, mark.by) for mark in history] == [
        ("marked", forum.organizer.id),
        ("changed", forum.member.id),
    ]


async def test_of_two_who_mark_different_answers_at_once_the_first_counts_and_the_other_is_told(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    bea = forum.world.guild.add_member(forum.env.create_user("bea"))
    mine, theirs = await forum.other.send(post, HINT), await bea.send(post, "Use a lower air pressure.")
    async with at_once(forum.env):
        pressed = [
            await forum.other.context_menu(post, "Mark as answer", mine),
            await bea.context_menu(post, "Mark as answer", theirs),
        ]
    await tick(forum.world)
    told = [words(seen(one)) for one in pressed]
    assert sum("Marked as the answer" in one for one in told) == 1
    assert sum("has marked an answer already" in one for one in told) == 1
    question = await forum.question(post)
    assert question.answer is not None
    first = next(who for who, one in zip((forum.other, bea), told, strict=True) if "Marked as" in one)
    assert question.answer.author_id == first.id
    assert words(forum.card(post)).count("### Answer ✅") == 1
    async with forum.world.database.read() as connection:
        assert len(await kept.marks(connection, question.question_id)) == 1


async def test_a_member_who_comes_second_is_told_that_the_asker_decides(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    mine = await forum.other.send(post, HINT)
    await forum.mark(forum.organizer, post, mine)
    theirs = await forum.world.owner.send(post, "Use a lower air pressure.")
    bea = forum.world.guild.add_member(forum.env.create_user("bea"))
    also = await bea.send(post, "A lens wipe helped us.")
    assert "has marked an answer already" in words(seen(await forum.mark(bea, post, also)))
    assert "Marked as" in words(seen(await forum.mark(forum.world.owner, post, theirs)))


async def test_a_question_is_found_by_its_answer_beside_resources(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    assert "How do I cut felt" not in words(await find(forum.world, forum.other, "felt glowforge brown edges"))
    hint = await forum.other.send(post, HINT)
    await forum.mark(forum.member, post, hint)
    found = await find(forum.world, forum.other, "felt masking tape air assist")
    assert f"https://discord.com/channels/{forum.world.guild.id}/{post.id}/{hint.id}" in words(found)
    assert f"Answered by {forum.world.other.user.name}" in words(found)
    only = await find(forum.world, forum.other, "laser felt", kind="answer")
    assert "How do I cut felt" in words(only)
    preview = await forum.ask(forum.other, title="Felt burns in our laser, what helps?", details="")
    assert "[How do I cut felt with our Glowforge?](" in words(preview)


async def test_taken_back_an_answer_is_found_no_more_and_the_tag_goes(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert "Only the person who asked" in words(await press(forum.other, forum.card(post), "Open it again"))
    await press(forum.member, forum.card(post), "Open it again")
    await tick(forum.world)
    assert forum.tags_on(post) == ["Laser cutter"]
    assert HINT not in words(forum.card(post))
    assert "How do I cut felt" not in words(await find(forum.world, forum.other, "felt masking tape air assist"))


async def test_a_deleted_answer_loses_its_text_and_the_question_is_open_again(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    hint = await forum.other.send(post, HINT)
    await forum.mark(forum.member, post, hint)
    await forum.other.delete(hint)
    await tick(forum.world)
    assert HINT not in words(forum.card(post))
    assert (await forum.question(post)).state == "open"
    assert "How do I cut felt" not in words(await find(forum.world, forum.other, "felt masking tape air assist"))
    async with forum.world.database.read() as connection:
        texts = (await connection.exec_driver_sql("SELECT answer_text FROM question")).scalars().all()
    assert texts == [""]


async def test_a_resource_answers_as_well_alone_or_beside_a_message(forum: Forum) -> None:
    await publish(forum.world)
    post = await forum.asked(forum.member, title="Which laser rules hang on your wall?", details="")
    chooser = await press(forum.member, forum.card(post), "Mark as answer")
    (select,) = [part for part in components(chooser) if "resource answer" in str(part.get("placeholder"))]
    option = select["options"][0]
    await choose(forum.member, chooser, "resource answer", option["value"])
    await tick(forum.world)
    assert f"**[{option['label'][:20]}" in words(forum.card(post))
    hint = await forum.other.send(post, "We use that one, too.")
    chooser = await press(forum.member, forum.card(post), "Change the answer")
    await choose(forum.member, chooser, "Which message", str(hint.id))
    await tick(forum.world)
    assert "We use that one, too." in words(forum.card(post))


async def test_the_asker_says_in_words_how_they_solved_it_themselves(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    chooser = await press(forum.member, forum.card(post), "Mark as answer")
    form = await forum.member.click(chooser, custom_id=custom_id(chooser, "In my own words"))
    await forum.member.submit_modal(form, {"words": "It was the lens: cleaning it solved it."})
    await forum.later(minutes=1)
    assert "cleaning it solved it" in words(forum.card(post))
    assert not [one for one in post.history() if "Thank you, <@" in words(one)]
    assert "How do I cut felt" in words(await find(forum.world, forum.other, "cleaning the lens"))


async def test_the_question_itself_and_a_bots_message_are_no_answers(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    assert "the question itself" in words(seen(await forum.mark(forum.member, post, forum.card(post))))
    said = await forum.world.member.send(forum.world.general, "Not in the forum")
    refused = await forum.member.context_menu(forum.world.general, "Mark as answer", said)
    assert "inside a question" in words(seen(refused))


async def test_an_answer_whose_author_left_stays_and_loses_its_name_with_their_data(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    hint = await forum.other.send(post, HINT)
    await forum.mark(forum.member, post, hint)
    gone = seen(await forum.other.slash(forum.world.general, "privacy delete"))
    await press(forum.other, gone, "Delete it")
    forum.env.backend.remove_member(forum.world.guild.id, forum.other.id)
    await tick(forum.world)
    card = words(forum.card(post))
    assert HINT in card
    assert f"<@{forum.other.id}>" not in card
    found = words(await find(forum.world, forum.member, "felt masking tape air assist"))
    assert "How do I cut felt" in found
    assert "Answered by" not in found


async def test_whose_question_it_was_is_forgotten_and_what_nobody_answered_loses_its_text(forum: Forum) -> None:
    post = await forum.asked(forum.member, details=f"{ASKED['details']} {'Brown. ' * 400}")
    await forum.later(seconds=5)
    assert len(post.history()) == 2
    gone = seen(await forum.member.slash(forum.world.general, "privacy delete"))
    await press(forum.member, gone, "Delete it")
    await tick(forum.world)
    card = words(forum.card(post))
    assert "Brown." not in "".join(words(message) for message in post.history())
    assert ASKED["details"] not in card
    assert "Asked by somebody who has left" in card
    assert (await forum.question(post)).title == kept.FORGOTTEN
    assert forum.post().name == kept.FORGOTTEN


async def test_save_as_resource_needs_only_one_more_press(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    card = forum.card(post)
    form = await forum.organizer.click(card, custom_id=custom_id(card, "Save as resource"))
    preview = seen(await forum.organizer.submit_modal(form, as_filled(form)))
    assert HINT in words(preview)
    assert ASKED["title"] in words(preview)


async def test_what_is_said_in_a_chat_becomes_a_question_with_links_both_ways(forum: Forum) -> None:
    said = await forum.member.send(forum.world.general, "Does anyone know how to level an Ender 3? Ours scratches.")
    refused = await forum.other.context_menu(forum.world.general, "Turn into a question", said)
    assert "Only the person who wrote this" in words(seen(refused))
    form = await forum.organizer.context_menu(forum.world.general, "Turn into a question", said)
    preview = seen(await forum.organizer.submit_modal(form, as_filled(form)))
    assert f"Asked by {forum.member.user.name}" in words(preview)
    await press(forum.organizer, preview, "Post my question")
    await tick(forum.world)
    await tick(forum.world)
    post = forum.post()
    assert post.name == "Does anyone know how to level an Ender 3?"
    assert (await forum.question(post)).asker_id == forum.member.id
    assert f"/{forum.world.general.id}/{said.id}" in words(forum.card(post))
    assert f"<#{post.id}>" in words(forum.world.general.last_message)
    link = f"https://discord.com/channels/{forum.world.guild.id}/{forum.world.general.id}/{said.id}"
    door = await shown_to_all(forum.world, Turn())
    form = await forum.member.click(door, custom_id="question-turn")
    assert "Does anyone know" in words(seen(await forum.member.submit_modal(form, {"link": link})))
    form = await forum.member.click(door, custom_id="question-turn")
    assert "no link to a message" in words(seen(await forum.member.submit_modal(form, {"link": "https://x.org"})))
    again = await forum.member.context_menu(post, "Turn into a question", await forum.member.send(post, "More?"))
    assert "in a question’s post already" in words(seen(again)) or "post already" in words(seen(again))


async def test_what_is_said_in_a_private_thread_is_turned_into_no_question_by_its_link_or_menu(forum: Forum) -> None:
    world, backend = forum.world, forum.env.backend
    assert world.bot.user is not None
    made = backend.create_thread(world.general.id, "Between two", forum.member.id, type=ChannelType.PRIVATE_THREAD)
    for one in (forum.member.id, world.bot.user.id):
        backend.add_thread_member(made.id, one)
    await forum.env.settle()
    thread = ChannelHandle(forum.env, world.guild, made)
    said = await forum.member.send(thread, "Nobody else may know that our laser is broken.")
    door = await shown_to_all(world, Turn())
    form = await forum.organizer.click(door, custom_id="question-turn")
    link = f"https://discord.com/channels/{world.guild.id}/{thread.id}/{said.id}"
    refused = words(seen(await forum.organizer.submit_modal(form, {"link": link})))
    assert "private thread" in refused
    assert "broken" not in refused
    assert "private thread" in words(seen(await forum.member.context_menu(thread, "Turn into a question", said)))
