from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord

from db.setup import Part
from tests.cogs.people.steps import introduce, people, pick, press, view
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import InteractionResult

    from tests.kit.world import World

QUESTION = "Our Glowforge leaves brown edges.\nWhich settings do you use on 3 mm plywood?"


async def ask(world: World, card: Any, question: str = QUESTION) -> InteractionResult:
    form = await world.other.click(card, custom_id=custom_id(card, "Ask in public"))
    return await world.other.submit_modal(form, {"question": question})


def mentioned(world: World) -> list[int]:
    """Who is notified by the newest message in the channel."""
    sent = [
        body for body in world.wire.bodies if isinstance(body, dict) and "allowed_mentions" in body and "nonce" in body
    ]
    allowed = sent[-1]["allowed_mentions"]
    assert allowed["parse"] == []
    return [int(user) for user in allowed.get("users", [])]


async def test_a_question_goes_to_the_channel_and_notifies_who_said_ask_me(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    answer = seen(await ask(world, await people(world, world.other, tool="laser-cutter")))
    assert "Your question is out" in words(answer)
    assert answer.ephemeral
    posted = world.general.last_message
    assert f"A question for <@{world.member.id}>" in words(posted)
    assert f"<@{world.other.id}> asks" in words(posted)
    assert QUESTION in words(posted)
    assert mentioned(world) == [world.member.id]


async def test_who_did_not_say_ask_me_is_not_notified_and_not_mentioned(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach", asks=False)
    answer = seen(await ask(world, await people(world, world.other, tool="laser-cutter")))
    assert "notified nobody in particular" in words(answer)
    posted = words(world.general.last_message)
    assert f"<@{world.member.id}>" not in posted
    assert "thought of Kim Tran" in posted
    assert mentioned(world) == []


async def test_a_question_by_an_organizer_tells_the_channel_nothing_that_only_organizers_see(world: World) -> None:
    step = await introduce(world, world.member, laser_cutter="teach", asks=False)
    await pick(world.member, step, "About me", "organizers")
    shown = await people(world, world.organizer, tool="laser-cutter")
    assert "Kim Tran" in words(shown)
    form = await world.organizer.click(shown, custom_id=custom_id(shown, "Ask in public"))
    await world.organizer.submit_modal(form, {"question": QUESTION})
    assert "Kim Tran" not in words(world.general.last_message)


async def test_nobody_is_notified_twice_in_a_week(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    card = await people(world, world.other, tool="laser-cutter")
    await ask(world, card)
    again = words(seen(await ask(world, card)))
    assert "asked this week already" in again
    assert mentioned(world) == []
    assert f"<@{world.member.id}>" not in words(world.general.last_message)
    await world.env.advance_time(7 * 24 * 3600)
    await ask(world, card)
    assert mentioned(world) == [world.member.id]


async def test_what_was_typed_cannot_notify_anybody_nor_act_as_markdown(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    text = f"@everyone <@{world.owner.id}> <@&1> **now** \u202e"
    await ask(world, await people(world, world.other, tool="laser-cutter"), text)
    assert mentioned(world) == [world.member.id]
    posted = world.general.last_message
    assert posted is not None
    raw = str(posted.components[0].to_dict())
    assert f"\\\\<\\\\@{world.owner.id}\\\\>" in raw
    assert "\\\\@everyone" in raw
    assert "\u202e" not in raw


async def test_a_question_without_words_is_refused_and_kept(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    refused = seen(await ask(world, await people(world, world.other, tool="laser-cutter"), "???"))
    assert "Please write a sentence" in words(refused)
    assert "Open the form again" in buttons(refused)


async def test_where_a_member_may_not_write_the_bot_does_not_write_for_them(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    closed: dict[Any, discord.PermissionOverwrite] = {
        world.guild.default_role: discord.PermissionOverwrite(send_messages=False)
    }
    news = world.guild.create_text_channel("news", overwrites=closed)
    await world.env.settle()
    card = seen(await world.other.slash(news, "people", tool="laser-cutter"))
    assert "cannot write in this channel" in words(await press(world.other, card, "Ask in public"))
    assert news.history() == []


async def test_from_a_channel_for_reading_only_a_question_goes_to_one_where_members_write(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    closed: dict[Any, discord.PermissionOverwrite] = {
        world.guild.default_role: discord.PermissionOverwrite(send_messages=False)
    }
    start = world.guild.create_text_channel("start-here", overwrites=closed)
    settings = replace(world.bot.servers.of(world.guild.id), channels={Part.SHOW: world.general.id})
    world.bot.servers.keep(settings)
    card = seen(await world.other.slash(start, "people", tool="laser-cutter"))
    assert "Your question is out" in words(seen(await ask(world, card)))
    assert QUESTION in words(world.general.last_message)
    assert start.history() == []


async def test_a_channel_that_refuses_loses_nothing_and_asks_nobody(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    card = await people(world, world.other, tool="laser-cutter")
    world.env.inject_error("POST", f"/channels/{world.general.id}/messages", status=403, code=50013)
    refused = seen(await ask(world, card))
    assert "Discord did not take your question" in words(refused)
    form = await world.other.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert "brown edges" in str(form.modal)
    await world.other.submit_modal(form, {"question": QUESTION})
    assert mentioned(world) == [world.member.id]


async def test_who_has_left_is_not_addressed_and_no_longer_listed_until_they_come_back(world: World) -> None:
    user = world.env.create_user("lee")
    lee = world.guild.add_member(user)
    await introduce(world, lee, name="Lee", laser_cutter="teach")
    card = await people(world, world.other, tool="laser-cutter")
    world.guild.remove_member(lee)
    await world.env.settle()
    await ask(world, card)
    assert mentioned(world) == []
    assert "Lee" not in words(world.general.last_message)
    assert "Lee" not in words(await people(world, world.other, tool="laser-cutter"))
    again = world.guild.add_member(user)
    step = await view(world, again)
    await press(again, await press(again, step, "Who sees it"), "Everyone sees all")
    assert "Lee" in words(await people(world, world.other, tool="laser-cutter"))


async def test_a_question_for_a_profile_that_is_gone_goes_out_to_everyone(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    card = await people(world, world.other, tool="laser-cutter")
    form = await world.other.click(card, custom_id=custom_id(card, "Ask in public"))
    question = await world.member.slash(world.general, "privacy delete")
    await press(world.member, seen(question), "Delete it")
    await world.other.submit_modal(form, {"question": QUESTION})
    posted = words(world.general.last_message)
    assert "brown edges" in posted
    assert "Kim" not in posted


async def test_the_form_can_be_sent_after_a_restart(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    card = await people(world, world.other, tool="laser-cutter")
    form = await world.other.click(card, custom_id=custom_id(card, "Ask in public"))
    await world.restart()
    await world.other.submit_modal(form, {"question": QUESTION})
    assert "brown edges" in words(world.general.last_message)


async def test_who_has_hidden_since_the_list_was_made_is_not_addressed(world: World) -> None:
    step = await introduce(world, world.member, laser_cutter="teach")
    card = await people(world, world.other, tool="laser-cutter")
    for group in ("About me", "My library", "My tools"):
        step = await pick(world.member, step, group, "nobody")
    assert "nobody finds you" in words(step)
    await ask(world, card)
    assert mentioned(world) == []
    assert f"<@{world.member.id}>" not in words(world.general.last_message)


async def test_who_no_longer_wants_to_be_asked_is_not_notified(world: World) -> None:
    step = await introduce(world, world.member, laser_cutter="teach")
    card = await people(world, world.other, tool="laser-cutter")
    await press(world.member, step, "Don't ask me")
    await ask(world, card)
    assert mentioned(world) == []
    assert "thought of Kim Tran" in words(world.general.last_message)
