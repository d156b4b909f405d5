"""What goes wrong around an event, each test named after its fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cogs.events.service import Standing
from db import events
from tests.bot.delivery.steps import deny, said, tick
from tests.cogs.events.steps import (
    TALK,
    announced_in,
    answers,
    card,
    event_of,
    natives,
    newest,
    plan,
    post,
    press,
    settle,
    until,
)
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from simcord import ChannelHandle

    from db.events import Event
    from tests.kit.world import World


def cards(world: World, channel: ChannelHandle) -> list[str]:
    """What stands in a channel, without Discord's own notes that a thread was opened."""
    return [words for words in said(world, channel.id) if words]


async def test_the_post_is_refused_until_somebody_lets_me_in(world: World) -> None:
    channel = await announced_in(world)
    deny(world, channel.id, send_messages=True)
    await press(world.organizer, await plan(world), "Post")
    await settle(world)
    assert said(world, channel.id) == [], "and the one who posted was told where it goes instead"
    assert "Vinyl cutters" in said(world, world.general.id)[0]


async def test_discord_is_down_while_it_is_posted(world: World) -> None:
    channel = await announced_in(world)
    preview = await plan(world)
    world.wire.lose_request = 3
    await press(world.organizer, preview, "Post")
    for _ in range(6):
        await tick(world, 60)
    assert len(cards(world, channel)) == 1
    assert len(natives(world)) == 1
    assert len(channel.threads) == 1


async def test_a_restart_between_the_commit_and_the_post(world: World) -> None:
    channel = await announced_in(world)
    await press(world.organizer, await plan(world), "Post")
    assert said(world, channel.id) == []
    await world.restart()
    await settle(world)
    event = await newest(world)
    assert event.posted.thread_id == channel.threads[0].id
    assert len(cards(world, channel)) == 1
    assert len(natives(world)) == 1
    assert "You are going" in words(await press(world.member, card(world, event), "Going"))


async def test_the_answer_to_a_new_thread_is_lost(world: World) -> None:
    channel = await announced_in(world)
    world.wire.lose_thread_answer = 1
    event = await post(world)
    await settle(world)
    for _ in range(4):
        await tick(world, 120)
    event = await event_of(world, event.event_id)
    assert [thread.id for thread in channel.threads] == [event.posted.thread_id]
    assert len(natives(world)) == 1
    world.faults.take()


async def test_a_thread_is_refused(world: World) -> None:
    channel = await announced_in(world)
    deny(world, channel.id, create_public_threads=True)
    event = await post(world)
    assert event.posted.thread_id is None
    assert len(natives(world)) == 1
    assert "I may not open a thread" in said(world, world.desk.id)[0]
    await post(world, title="Another one", when="January 14, 2026 at 3pm")
    assert len(said(world, world.desk.id)) == 1, "once a day is enough"


async def test_the_list_of_events_is_full(world: World) -> None:
    channel = await announced_in(world)
    path = f"/guilds/{world.guild.id}/scheduled-events"
    world.env.inject_error("POST", path, status=400, code=30038, message="Maximum number of events", times=1)
    event = await post(world)
    assert "Vinyl cutters" in words(card(world, event))
    assert len(channel.threads) == 1
    assert natives(world) == []
    assert "Discord keeps 100 events" in said(world, world.desk.id)[0]
    await tick(world, 86_400 + 60)
    assert len(natives(world)) == 1, "tried again the next day"


async def test_manage_events_is_missing(world: World) -> None:
    await announced_in(world)
    path = f"/guilds/{world.guild.id}/scheduled-events"
    world.env.inject_error("POST", path, status=403, code=50013, message="Missing Permissions", times=None)
    event = await post(world)
    assert "Vinyl cutters" in words(card(world, event))
    assert "**Create Events** and **Manage Events**" in said(world, world.desk.id)[0]


async def test_the_card_is_deleted_by_hand(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    world.env.backend.delete_message(channel.id, card(world, event).id)
    async with world.database.write() as connection:
        await events.change(connection, await event_of(world, event.event_id), world.bot.clock())
    await world.bot.service(Standing).bring_in_step(world.guild.id, event.event_id)
    await settle(world)
    ask: Any = world.desk.last_message
    assert "Shall I post it again?" in words(ask)
    assert buttons(ask) == ["Post it again", "Call it off"]
    assert cards(world, channel) == [], "nobody is overruled"
    await press(world.organizer, ask, "Post it again")
    await settle(world)
    again = await event_of(world, event.event_id)
    assert again.posted.message_id != event.posted.message_id
    assert world.member.mention in words(card(world, again))
    assert len(natives(world)) == 1


async def deleted(world: World, channel: ChannelHandle, event: Event) -> Any:
    """What the organizers are asked after somebody deleted the card."""
    event = await event_of(world, event.event_id)
    world.env.backend.delete_message(channel.id, card(world, event).id)
    async with world.database.write() as connection:
        await events.change(
            connection, event, world.bot.clock(), plan=replace(event.plan, about=f"{world.bot.clock()}")
        )
    await world.bot.service(Standing).bring_in_step(world.guild.id, event.event_id)
    await settle(world)
    return world.desk.last_message


async def test_the_card_is_deleted_and_then_the_event_is_moved(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await deleted(world, channel, event)
    later = event.starts_at + timedelta(days=1)
    async with world.database.write() as connection:
        gone = await event_of(world, event.event_id)
        await events.change(connection, gone, world.bot.clock(), starts_at=later, ends_at=later + timedelta(hours=1))
    await world.bot.service(Standing).bring_in_step(world.guild.id, event.event_id)
    await settle(world)
    assert natives(world)[0].scheduled_start_time.startswith(f"{later:%Y-%m-%dT%H:%M}")
    moved = await event_of(world, event.event_id)
    assert (moved.posted.message_id, moved.posted.thread_id) == (None, event.posted.thread_id)


async def test_a_card_that_is_deleted_twice_is_posted_again_twice(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    for _ in range(2):
        await press(world.organizer, await deleted(world, channel, event), "Post it again")
        await settle(world)
        assert [words for words in cards(world, channel) if "Vinyl cutters" in words]
    assert len(channel.threads) == 1


async def test_the_channel_is_gone(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    world.env.backend.delete_channel(channel.id)
    await world.env.settle()
    opened = await press(world.member, seen(await world.member.slash(world.general, "events")), "Open")
    assert "You are going" in words(await press(world.member, opened, "Going"))
    await settle(world)
    ask: Any = world.desk.last_message
    assert "Shall I post it again?" in words(ask)
    await announced_in(world)
    await press(world.organizer, ask, "Post it again")
    await settle(world)
    again = await event_of(world, event.event_id)
    assert world.member.mention in words(card(world, again))


async def test_a_member_with_a_place_has_left(world: World) -> None:
    await announced_in(world)
    event = await post(world, places="1")
    await press(world.member, card(world, event), "Going")
    await press(world.other, card(world, event), "Going")
    world.env.backend.remove_member(world.guild.id, world.member.id)
    await world.env.settle()
    await until(world, event, timedelta(hours=25))
    await settle(world)
    assert await answers(world, event) == {world.other.id: "going"}


async def test_the_host_has_left(world: World) -> None:
    await announced_in(world)
    event = await post(world, options={"host": world.other.user})
    world.env.backend.remove_member(world.guild.id, world.other.id)
    await world.env.settle()
    mail = words(await press(world.member, card(world, event), "Copy for e-mail"))
    assert "Hosted by" not in mail
    preview = seen(await world.organizer.slash(world.general, "event edit", event=str(event.event_id)))
    assert "Save changes" in buttons(preview)


async def test_a_press_on_an_event_that_is_over_or_gone(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    shown = card(world, event)
    await world.env.advance_time((event.ends_at - world.bot.clock()).total_seconds() + 1)
    assert "This event is over" in words(await press(world.member, shown, "Going"))
    refused = seen(await world.organizer.slash(world.general, "event edit", event="987654"))
    assert "This event is no longer there" in words(refused)
    refused = seen(await world.organizer.slash(world.general, "event edit", event="vinyl"))
    assert "choose it from the list" in words(refused)


async def test_there_is_no_channel_to_post_it_in(world: World) -> None:
    form = await world.organizer.slash(world.desk, "event create", template="talk")
    preview = seen(await world.organizer.submit_modal(form, TALK))
    assert "It will be posted" not in words(preview)
    refused = await press(world.organizer, preview, "Post")
    assert "I have no channel to post it in" in words(refused)
    await announced_in(world)
    await press(world.organizer, preview, "Post")
    await settle(world)
    assert "Vinyl cutters" in words(card(world, await newest(world)))


async def test_it_is_called_off_before_it_was_posted_and_then_on_again(world: World) -> None:
    channel = await announced_in(world)
    await press(world.organizer, await plan(world), "Post")
    event = await newest(world)
    form = await world.organizer.slash(world.general, "event cancel", event=str(event.event_id))
    answer = seen(await world.organizer.submit_modal(form, {"note": ""}))
    await settle(world)
    assert cards(world, channel) == []
    await press(world.organizer, answer, "Undo")
    await settle(world)
    assert len(cards(world, channel)) == 1


async def test_the_card_was_edited_too_often(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    path = f"/channels/{channel.id}/messages/{event.posted.message_id}"
    world.env.inject_error("PATCH", path, status=429, code=30046, message="Maximum number of edits", times=1)
    await press(world.member, card(world, event), "Going")
    await settle(world)
    assert world.member.mention not in words(card(world, event))
    await tick(world, 60)
    assert world.member.mention in words(card(world, event))
