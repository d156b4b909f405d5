from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.delivery.steps import tick
from tests.cogs.questions.steps import ASKED, choose, press
from tests.cogs.resources.steps import publish
from tests.kit.settling import at_once
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from tests.cogs.questions.steps import Forum


async def test_a_question_is_shown_before_it_is_posted_with_the_tools_it_names(forum: Forum) -> None:
    preview = await forum.ask(forum.member)
    assert "before it is posted" in words(preview)
    assert ASKED["details"] in words(preview)
    chosen = [
        option["label"] for part in components(preview) for option in part.get("options", []) if option.get("default")
    ]
    assert chosen == ["Laser cutter"]
    await tick(forum.world)
    assert forum.posts == 0


async def test_a_question_stands_in_the_forum_with_its_tags_and_mentions_who_asked(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    card = forum.card(post)
    assert post.name == ASKED["title"]
    assert forum.tags_on(post) == ["Laser cutter"]
    assert f"Asked by <@{forum.member.id}>" in words(card)
    (body,) = [body for body in forum.world.wire.bodies if isinstance(body, dict) and "applied_tags" in body]
    assert body["message"]["allowed_mentions"] == {"parse": [], "users": [forum.member.id]}
    assert buttons(card)[:2] == ["Mark as answer", "Change tools"]
    assert (await forum.question(post)).state == "open"


async def test_the_asker_corrects_the_tools_before_posting(forum: Forum) -> None:
    preview = await forum.ask(forum.member)
    preview = await choose(forum.member, preview, "Tools, 3D", "3d-printer", "laser-cutter")
    await press(forum.member, preview, "Post my question")
    await tick(forum.world)
    assert forum.tags_on(forum.post()) == ["3D printer", "Laser cutter"]


async def test_what_helps_already_is_shown_and_counted_and_nothing_is_posted(forum: Forum) -> None:
    await publish(forum.world)
    preview = await forum.ask(forum.member, title="Which laser rules hang on your wall?", details="")
    assert "Does one of these help?" in words(preview)
    thanks = await press(forum.member, preview, "Yes, thanks")
    assert "Nothing was posted" in words(thanks)
    await tick(forum.world)
    assert forum.posts == 0
    async with forum.world.database.read() as connection:
        counted = await connection.exec_driver_sql("SELECT count(*) FROM question_spared")
    assert counted.scalar_one() == 1


async def test_pressed_twice_at_once_a_question_is_posted_once(forum: Forum) -> None:
    preview = await forum.ask(forum.member)
    button = custom_id(preview, "Post my question")
    async with at_once(forum.env):
        results = [await forum.member.click(preview, custom_id=button) for _ in range(2)]
    await tick(forum.world)
    assert forum.posts == 1
    assert sum("posted or thrown away" in words(one) for result in results for one in result.followups) <= 1


async def test_a_question_of_emoji_only_is_kept_until_it_says_something(forum: Forum) -> None:
    preview = await forum.ask(forum.member, title="🤔🤔", details="", tried="")
    refused = await press(forum.member, preview, "Post my question")
    assert "Say in a few words" in words(refused)
    form = await forum.member.click(preview, custom_id=custom_id(preview, "Change it"))
    preview = seen(await forum.member.submit_modal(form, {**ASKED, "title": "🤔 Which felt?"}))
    await press(forum.member, preview, "Post my question")
    await tick(forum.world)
    assert forum.post().name == "🤔 Which felt?"


async def test_four_thousand_characters_and_an_everyone_arrive_whole_and_shout_at_nobody(forum: Forum) -> None:
    details = ("@everyone **bold** [x](https://y.org) " + "word " * 1_000)[:3_990] + " theend."
    post = await forum.asked(forum.member, details=details)
    await forum.later(seconds=5)
    said = "\n".join(words(message) for message in post.history() if message.author.bot)
    assert said.count("word") >= details.count("word")
    assert "theend." in said
    assert all(not message.mention_everyone for message in post.history())
    assert "\\@everyone" in str([part for message in post.history() for part in components(message)])


async def test_a_picture_comes_along_with_its_description(forum: Forum) -> None:
    preview = await forum.ask(forum.member, picture=("felt.png", b"\x89PNG not a real one"))
    assert "A picture comes along" in words(preview)
    form = await forum.member.click(preview, custom_id=custom_id(preview, "Describe the picture"))
    preview = seen(await forum.member.submit_modal(form, {"picture_about": "Brown edges"}))
    await press(forum.member, preview, "Post my question")
    await tick(forum.world)
    card = forum.card(forum.post())
    assert [one.filename for one in card.attachments] == ["felt.png"]
    assert "Brown edges" in str(list(components(card)))


async def test_an_answer_of_discord_that_is_lost_makes_no_second_post(forum: Forum) -> None:
    forum.world.wire.lose_thread_answer = 1
    preview = await forum.ask(forum.member)
    await press(forum.member, preview, "Post my question")
    await tick(forum.world)
    await forum.later(minutes=5)
    assert forum.posts == 1
    assert (await forum.question(forum.post())).state == "open"


async def test_without_a_forum_nothing_typed_is_lost(forum: Forum) -> None:
    preview = await forum.ask(forum.member)
    forum.env.backend.delete_channel(forum.channel.id)
    await forum.env.settle()
    refused = await press(forum.member, preview, "Post my question")
    assert "no forum for questions yet" in words(refused)
    assert "kept for two weeks" in words(refused)
    assert "/setup start" in words(seen(await forum.member.slash(forum.world.general, "ask")))
    assert "Throw this question away?" in words(await press(forum.member, preview, "Throw away"))
