from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from cogs.events.service import Answering
from cogs.events.views.answering import RemindMe
from db import events
from db.events import GOING, OFFERED, WAITING, Rsvp
from tests.bot.delivery.steps import said, tick
from tests.cogs.events.steps import announced_in, answers, card, natives, newest, plan, post, press, settle, until
from tests.cogs.resources.files import content as content_of
from tests.kit.settling import at_once
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from db.events import Event
    from tests.kit.world import World


def more_members(world: World, many: int) -> list[MemberActor]:
    return [world.guild.add_member(world.env.create_user(f"maker{number}")) for number in range(many)]


def answered(world: World) -> int:
    return sum(times for path, times in world.wire.requests.items() if "/interactions/" in path)


async def all_answered(world: World, many: int) -> None:
    """Go on until so many presses were answered; the simulated Discord looks at all that wait again and again."""
    while answered(world) < many:  # noqa: ASYNC110 - nothing tells when the last was answered
        await asyncio.sleep(0)


async def answer(world: World, event: Event, who: MemberActor, label: str = "Going") -> Any:
    return await press(who, card(world, event), label)


async def test_who_presses_going_stands_on_the_card_a_few_seconds_later(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    answered = await answer(world, event, world.member)
    assert "You are going" in words(answered)
    assert "https://zoom.example.org/j/123" in words(answered)
    assert answered.flags.ephemeral
    await answer(world, event, world.other, "Maybe")
    before = dict(world.wire.requests)
    await settle(world)
    edits = {path: many - before.get(path, 0) for path, many in world.wire.requests.items() if path.startswith("PATCH")}
    assert sum(edits.values()) == 1, "two answers, one edit"
    assert f"Going (1) {world.member.mention}" in words(card(world, event)).replace("*", "")
    assert f"Maybe (1) {world.other.mention}" in words(card(world, event)).replace("*", "")


async def test_an_answer_can_be_changed_and_given_twice(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    await answer(world, event, world.member)
    assert "You are going already" in words(await answer(world, event, world.member))
    assert "You can't come" in words(await answer(world, event, world.member, "Can't"))
    await settle(world)
    assert "Going" not in words(card(world, event)).replace("**Going**", "")


async def test_a_hidden_link_is_shown_only_to_those_who_go_and_stands_nowhere_else(world: World) -> None:
    await announced_in(world)
    preview = await plan(world)
    hidden = await press(world.organizer, preview, "Hide the link")
    await press(world.organizer, hidden, "Post")
    await settle(world)
    event = await newest(world)
    assert "zoom" not in words(card(world, event))
    jump = f"/{event.posted.channel_id}/{event.posted.message_id}"
    assert natives(world)[0].entity_metadata["location"].endswith(jump)
    assert "zoom" in words(await answer(world, event, world.member))
    assert "zoom" not in words(await answer(world, event, world.other, "Maybe"))
    mail = words(await answer(world, event, world.other, "Copy for e-mail"))
    assert "zoom" not in mail
    assert jump in mail
    calendar = await answer(world, event, world.other, "Add to calendar")
    assert "zoom" not in str(list(components(calendar)))


async def test_a_hidden_link_is_not_in_the_calendar_of_who_was_only_offered_a_place(world: World) -> None:
    await announced_in(world)
    await press(world.organizer, await press(world.organizer, await plan(world), "Hide the link"), "Post")
    await settle(world)
    event, now = await newest(world), world.bot.clock()
    for state, shown in ((OFFERED, False), (GOING, True)):
        async with world.database.write() as connection:
            await events.put_answer(connection, Rsvp(event.event_id, world.member.id, state, "kim", now))
        given = await answer(world, event, world.member, "Add to calendar")
        _, content = await content_of(world, given)
        assert ("zoom" in content.decode(), "zoom" in str(list(components(given)))) == (shown, shown)


async def test_two_hundred_press_at_once_and_no_more_go_than_there_are_places(world: World) -> None:
    world.env.settle_timeout = 60.0
    await announced_in(world)
    event = await post(world, places="30")
    shown = card(world, event)
    people = more_members(world, 200)
    so_far = answered(world)
    async with at_once(world.env):
        for who in people:
            await who.click(shown, custom_id=custom_id(shown, "Going"))
        await all_answered(world, so_far + 200)
    given = list((await answers(world, event)).values())
    assert (given.count(GOING), given.count(WAITING)) == (30, 170)
    before = await answers(world, event)
    async with at_once(world.env):  # some give their place back while those who wait press again
        for who in people[:60]:
            label = "Can't" if before[who.id] == GOING else "Going"
            await who.click(shown, custom_id=custom_id(shown, label))
        await all_answered(world, so_far + 260)
    assert list((await answers(world, event)).values()).count(GOING) == 30
    await settle(world)
    assert "All 30 places are taken" in words(card(world, event))
    assert "Going puts you in line" in words(card(world, event)).replace("*", "")


async def test_early_a_freed_place_goes_to_the_next_who_is_told_and_can_give_it_back(world: World) -> None:
    await announced_in(world)
    event = await post(world, places="1")
    await answer(world, event, world.organizer)
    waiting = await answer(world, event, world.member)
    assert "You are in line" in words(waiting)
    assert buttons(waiting) == ["Direct message", "Private thread"]
    await press(world.member, waiting, "Direct message")
    last = await answer(world, event, world.other)
    assert "1 person is before you" in words(last)
    await answer(world, event, world.organizer, "Can't")
    await settle(world)
    assert (await answers(world, event))[world.member.id] == GOING
    told: Any = world.member.user.dm_channel.last_message
    assert "You have a place" in words(told)
    assert "zoom.example.org" in words(told)
    given_back = await world.member.user.click(told, custom_id=custom_id(told, "Give it back"))
    assert "You can't come" in words(given_back.response)
    assert (await answers(world, event))[world.other.id] == GOING


async def test_on_the_day_a_freed_place_is_offered_and_goes_on_after_two_hours(world: World) -> None:
    await announced_in(world)
    event = await post(world, places="1", when="January 13, 2026 at 8pm")
    await answer(world, event, world.organizer)
    for who in (world.member, world.other):
        await press(who, await answer(world, event, who), "Direct message")
    await until(world, event, timedelta(hours=9))
    await answer(world, event, world.organizer, "Can't")
    await settle(world)
    offer: Any = world.member.user.dm_channel.last_message
    assert "A place is free for you" in words(offer)
    assert world.other.user.dm_channel.last_message is None
    stranger = more_members(world, 1)[0]
    assert "You are in line" in words(await answer(world, event, stranger))
    await tick(world, 2 * 3600)
    await tick(world)
    assert "A place is free for you" in words(world.other.user.dm_channel.last_message)
    late = await world.member.user.click(offer, custom_id=custom_id(offer, "Take the place"))
    assert "You are in line already" in words(late.response)
    taken: Any = world.other.user.dm_channel.last_message
    done = await world.other.user.click(taken, custom_id=custom_id(taken, "Take the place"))
    assert "You are going" in words(done.response)
    assert list((await answers(world, event)).values()).count(GOING) == 1


async def test_in_the_last_two_hours_the_first_tap_has_the_place(world: World) -> None:
    await announced_in(world)
    event = await post(world, places="1")
    await answer(world, event, world.organizer)
    await press(world.member, await answer(world, event, world.member), "Direct message")
    await until(world, event, timedelta(hours=1))
    await tick(world)
    assert said(world, world.member.user.dm_channel.id) == []
    await answer(world, event, world.organizer, "Can't")
    await settle(world)
    told: Any = world.member.user.dm_channel.last_message
    assert "Whoever presses first has the place" in words(told)
    assert "You are going" in words(await answer(world, event, world.other))
    slow = await world.member.user.click(told, custom_id=custom_id(told, "Take the place"))
    assert "You are in line already" in words(slow.response)


async def test_each_place_that_becomes_free_in_the_last_two_hours_is_told_once(world: World) -> None:
    await announced_in(world)
    event = await post(world, places="1")
    await answer(world, event, world.organizer)
    await press(world.member, await answer(world, event, world.member), "Direct message")
    await until(world, event, timedelta(hours=1))
    await answer(world, event, world.organizer, "Can't")
    await settle(world)
    await answer(world, event, world.other)
    await world.env.advance_time(60)
    await answer(world, event, world.other, "Can't")
    await settle(world)
    told = said(world, world.member.user.dm_channel.id)
    assert [one.split("\n")[0] for one in told] == ["### A place is free"] * 2
    await world.env.advance_time(600)
    await world.bot.service(Answering).move_up(world.guild.id, event.event_id)
    await settle(world)
    assert len(said(world, world.member.user.dm_channel.id)) == 2


async def test_remind_me_says_how_it_comes_and_can_be_taken_back(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    reminded = await answer(world, event, world.member, "Remind me")
    assert "a day and an hour before it starts, in a private thread" in words(reminded)
    changed = await press(world.member, reminded, "Direct message")
    assert "by direct message" in words(changed)
    assert "I will not remind you" in words(await press(world.member, changed, "Don't remind me"))


async def test_the_text_for_mail_has_the_us_zones_and_no_markdown(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    mail = words(await answer(world, event, world.member, "Copy for e-mail"))
    assert "Tuesday, January 13, 2026" in mail
    assert "3:00 PM Eastern / 2:00 PM Central / 1:00 PM Mountain / 12:00 PM Pacific" in mail
    assert "Where: https://zoom.example.org/j/123" in mail
    assert "Hosted by rosa" in mail


async def test_who_deletes_their_data_leaves_the_card_and_their_place_goes_on(world: World) -> None:
    await announced_in(world)
    event = await post(world, places="1")
    await answer(world, event, world.member)
    await answer(world, event, world.other)
    asked = seen(await world.member.slash(world.general, "privacy delete"))
    await press(world.member, asked, "Delete it")
    await settle(world)
    shown = words(card(world, event))
    assert world.member.mention not in shown
    assert world.other.mention in shown
    assert await answers(world, event) == {world.other.id: GOING}


async def test_who_asks_in_an_events_thread_to_be_reminded_gets_a_thread_beside_it(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    thread = channel.threads[0]
    view = ui.LayoutView()
    view.add_item(ui.ActionRow(RemindMe(str(event.event_id))))
    there = await world.bot.fetch_channel(thread.id)
    assert isinstance(there, discord.Thread)
    await press(world.member, await there.send(view=view), "Remind me")
    async with world.database.read() as connection:
        mine = await events.answer_of(connection, event.event_id, world.member.id)
    assert mine is not None
    assert mine.place_id == channel.id
