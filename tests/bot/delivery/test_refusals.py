from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.kit.cards import note
from bot.kit.delivery import Letter
from cogs.resources import starter
from db import delivery as deliveries
from db.delivery import DROPPED, PARKED, SENT, WAITING, Delivery, Way
from tests.bot.delivery.steps import deny, promise, row, said, teach, tick
from tests.kit.world import buttons, custom_id, select_id, words

if TYPE_CHECKING:
    from tests.kit.world import World


def _minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


class Blocked:
    """What discord.py reads of an answer."""

    status = 403
    reason = "Forbidden"


CLOSED = "I do not accept direct messages"


def close_dms(world: World) -> None:
    dm = world.member.user.dm_channel
    world.env.inject_error("POST", f"/channels/{dm.id}/messages", status=403, code=50007, message=CLOSED, times=None)


def private_threads(world: World) -> list[Any]:
    return [thread for thread in world.general.threads if thread.name == "Notes for you"]


async def test_who_takes_no_direct_message_gets_a_private_thread_that_says_why(world: World) -> None:
    teach(world)
    close_dms(world)
    number = await promise(world, way=Way.DM, target=world.member.id, place_id=world.general.id)
    assert await tick(world) == 1
    (thread,) = private_threads(world)
    assert "hello" in said(world, thread.id)[0]
    assert "Your direct messages are closed to me" in said(world, thread.id)[0]
    members = world.env.backend.get_thread(thread.id).thread_members
    assert world.member.id in members
    assert world.other.id not in members
    assert (await row(world, number)).state == SENT


async def test_a_member_has_one_private_thread_and_not_many(world: World) -> None:
    teach(world)
    for subject in ("one", "two"):
        await promise(world, subject, way=Way.PRIVATE, target=world.member.id, place_id=world.general.id)
        await tick(world)
    (thread,) = private_threads(world)
    for_kim = f"-# For you, <@{world.member.id}>."
    assert said(world, thread.id) == [f"one\n{for_kim}", f"two\n{for_kim}"]
    await promise(world, "three", way=Way.PRIVATE, target=world.other.id, place_id=world.general.id)
    await tick(world)
    assert len(private_threads(world)) == 2


async def test_a_private_thread_that_was_deleted_is_made_anew(world: World) -> None:
    teach(world)
    await promise(world, "one", way=Way.PRIVATE, target=world.member.id, place_id=world.general.id)
    await tick(world)
    world.env.backend.delete_channel(private_threads(world)[0].id)
    await promise(world, "two", way=Way.PRIVATE, target=world.member.id, place_id=world.general.id)
    await tick(world)
    assert said(world, private_threads(world)[0].id) == [f"two\n-# For you, <@{world.member.id}>."]


async def test_where_no_thread_may_be_made_it_waits_for_what_the_member_does_next(world: World) -> None:
    teach(world)
    close_dms(world)
    deny(world, world.general.id, create_private_threads=True)
    number = await promise(world, way=Way.DM, target=world.member.id, place_id=world.general.id)
    await tick(world)
    waits = await row(world, number)
    assert (waits.state, waits.way, waits.reason) == (PARKED, Way.NOTE, "next-time")

    other = await world.other.slash(world.general, "find", query="laser")
    assert not [message for message in other.followups if "hello" in words(message)]
    used = await world.member.slash(world.general, "find", query="laser")
    assert "hello" in words(used.followups[-1])
    assert used.followups[-1].flags.ephemeral
    assert (await row(world, number)).state == SENT
    again = await world.member.slash(world.general, "find", query="laser")
    assert again.followups == []


@pytest.mark.parametrize("shelves", [starter.read])
async def test_a_private_note_comes_below_a_pressed_button_as_well(world: World) -> None:
    teach(world)
    found = await world.member.slash(world.general, "find", query="laser")
    await promise(world, "read this", way=Way.NOTE, target=world.member.id)
    await tick(world)
    assert found.response is not None
    used = await world.member.click(found.response, custom_id=custom_id(found.response, "Save"))
    assert "read this" in words(used.followups[-1])


async def test_a_private_note_that_nobody_needs_any_more_is_not_shown(world: World) -> None:
    async def render(_delivery: Delivery) -> Letter | None:
        return None if gone else Letter(note("read this"))

    gone: list[str] = []
    teach(world, render=render)
    number = await promise(world, way=Way.NOTE, target=world.member.id)
    await tick(world)
    gone.append("now")
    used = await world.member.slash(world.general, "find", query="laser")
    assert used.followups == []
    assert (await row(world, number)).state == DROPPED


async def test_a_deleted_channel_is_believed_only_the_second_time(world: World) -> None:
    teach(world)
    number = await promise(world)
    path = f"/channels/{world.general.id}/messages"
    world.env.inject_error("POST", path, status=404, code=10003, message="Unknown Channel")
    await tick(world)
    assert (await row(world, number)).state == WAITING
    await tick(world, 60)
    assert said(world) == ["hello"]


async def test_organizers_are_told_once_and_choose_another_channel(world: World) -> None:
    teach(world)
    room = world.guild.create_text_channel("workshop")
    first = await promise(world, "one", target=room.id)
    second = await promise(world, "two", target=room.id)
    world.env.backend.delete_channel(room.id)
    for _ in range(4):
        await tick(world, 60)
    for number in (first, second):
        parked = await row(world, number)
        assert (parked.state, parked.reason) == (PARKED, "channel-gone")
    (told,) = said(world, world.desk.id)
    assert "Waiting to be posted: 2 words" in told
    card: Any = world.desk.last_message
    assert buttons(card) == ["Try again", "Let it go"]
    chooser = select_id(card, "Choose another channel")

    refused = await world.member.select(card, custom_id=chooser, values=[world.general])
    assert "Only organizers" in words(refused.response)
    done = await world.organizer.select(card, custom_id=chooser, values=[world.general])
    assert "2 messages will be posted in" in words(done.response)
    await tick(world)
    assert sorted(said(world)) == ["one", "two"]


async def test_what_waits_for_a_forum_moves_to_another_forum(world: World) -> None:
    async def render(delivery: Delivery) -> Letter:
        return Letter(note(delivery.subject), title="Which lens fits?")

    teach(world, render=render)
    old, new = world.guild.create_forum_channel("questions"), world.guild.create_forum_channel("answers")
    await world.env.settle()
    await promise(world, way=Way.FORUM, target=old.id)
    world.env.backend.delete_channel(old.id)
    for _ in range(4):
        await tick(world, 60)
    card: Any = world.desk.last_message
    await world.organizer.select(card, custom_id=select_id(card, "Choose another forum"), values=[new])
    await tick(world)
    assert [thread.name for thread in new.threads] == ["Which lens fits?"]


async def test_where_one_may_not_look_into_a_private_thread_its_member_is_told_at_their_next_step(world: World) -> None:
    teach(world)
    number = await promise(world, way=Way.PRIVATE, target=world.member.id, place_id=world.general.id)
    world.wire.lose_answer = 1
    await tick(world)
    world.wire.forget_nonces()
    await world.restart()
    teach(world)
    deny(world, world.general.id, read_message_history=True)
    await tick(world, 10)
    await tick(world)
    waits = await row(world, number)
    assert (waits.state, waits.way) == (PARKED, Way.NOTE)
    used = await world.member.slash(world.general, "find", query="laser")
    assert "hello" in words(used.followups[-1])


async def test_a_channel_where_the_bot_may_not_write_cannot_be_chosen(world: World) -> None:
    teach(world)
    room = world.guild.create_text_channel("workshop")
    number = await promise(world, target=room.id)
    world.env.backend.delete_channel(room.id)
    for _ in range(4):
        await tick(world, 60)
    deny(world, world.general.id, send_messages=True)
    card: Any = world.desk.last_message
    refused = await world.organizer.select(
        card, custom_id=select_id(card, "Choose another channel"), values=[world.general]
    )
    assert "I may not write in" in words(refused.response)
    assert (await row(world, number)).state == PARKED


async def test_a_closed_channel_is_tried_again_when_an_organizer_has_opened_it(world: World) -> None:
    teach(world, patience=_minutes(3))
    number = await promise(world)
    deny(world, world.general.id, send_messages=True)
    for _ in range(4):
        await tick(world, 60)
    assert (await row(world, number)).reason == "channel-closed"
    card: Any = world.desk.last_message
    assert "Allow me View Channel and Send Messages there" in words(card).replace("**", "")
    deny(world, world.general.id)
    await world.organizer.click(card, custom_id=custom_id(card, "Try again"))
    await tick(world)
    assert "hello" in said(world)[0]


async def test_a_try_again_that_fails_is_told_again(world: World) -> None:
    teach(world)
    await promise(world)
    deny(world, world.general.id, send_messages=True)
    for _ in range(4):
        await tick(world, 60)
    card: Any = world.desk.last_message
    await world.organizer.click(card, custom_id=custom_id(card, "Try again"))
    for _ in range(4):
        await tick(world, 60)
    assert len([text for text in said(world, world.desk.id) if "Waiting to be posted" in text]) == 1
    assert len([text for text in said(world, world.desk.id) if "trying 1 message again" in text]) == 1
    await promise(world, "another")
    for _ in range(4):
        await tick(world, 60)
    assert len([text for text in said(world, world.desk.id) if "Waiting to be posted" in text]) == 1, "told once"


async def test_a_page_from_a_firewall_is_not_taken_for_discords_word(world: World) -> None:
    async def blocked(*_anything: object) -> None:
        raise discord.Forbidden(Blocked(), "<html>City of Springfield: blocked</html>")

    teach(world)
    number = await promise(world)
    world.wire.before_message = blocked
    await tick(world)
    waits = await row(world, number)
    assert (waits.state, waits.reason) == (WAITING, "unreachable")
    world.wire.before_message = None
    await tick(world, 30)
    assert said(world) == ["hello"]


async def test_an_organizer_can_let_it_go(world: World) -> None:
    teach(world)
    number = await promise(world)
    deny(world, world.general.id, send_messages=True)
    for _ in range(4):
        await tick(world, 60)
    card: Any = world.desk.last_message
    done = await world.organizer.click(card, custom_id=custom_id(card, "Let it go"))
    assert "1 message will not be posted" in words(done.response)
    assert (await row(world, number)).state == DROPPED


async def test_what_to_do_is_said_where_the_right_to_read_is_missing(world: World) -> None:
    teach(world)
    await promise(world)
    world.wire.lose_answer = 1
    await tick(world)
    await world.restart()
    teach(world)
    deny(world, world.general.id, read_message_history=True)
    await tick(world, 10)
    await tick(world, 60)
    assert "Read Message History" in said(world, world.desk.id)[0]
    deny(world, world.general.id)
    card: Any = world.desk.last_message
    await world.organizer.click(card, custom_id=custom_id(card, "Try again"))
    await tick(world)
    assert said(world) == ["hello"]


async def test_without_a_desk_the_owner_is_told_at_their_next_step(empty_world: World) -> None:
    world = await empty_world.build(desk=False)
    teach(world)
    await promise(world)
    deny(world, world.general.id, send_messages=True)
    for _ in range(4):
        await tick(world, 60)
    used = await world.owner.slash(world.general, "find", query="laser")
    assert "Waiting to be posted" in words(used.followups[-1])


async def test_a_member_who_has_left_discord_is_let_go(world: World) -> None:
    teach(world)
    number = await promise(world, way=Way.DM, target=world.member.id)
    world.env.inject_error("POST", "/users/@me/channels", status=404, code=10013, message="Unknown User", times=None)
    for _ in range(4):
        await tick(world, 60)
    gone = await row(world, number)
    assert (gone.state, gone.reason) == (DROPPED, "member-gone")


async def test_two_workers_on_one_database_send_each_thing_once(world: World) -> None:
    teach(world)
    numbers = [await promise(world, f"word {number}", target=None) for number in range(6)]
    now = world.bot.clock()
    async with world.database.write() as connection:  # another process has just claimed some of it, and was stopped
        held = await deliveries.claim(
            connection, now=now, until=now + _minutes(2), tried_at=now, lease="another", limit=2
        )
    await tick(world)
    assert len(said(world)) == 6 - len([one for one in held if one.delivery_id in numbers])
    await tick(world, 121)
    assert sorted(text.split("\n")[0] for text in said(world)) == [f"word {number}" for number in range(6)]
