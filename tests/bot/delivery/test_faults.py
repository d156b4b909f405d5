from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import pytest

from bot.client import Benchmate
from bot.delivery import Timing
from bot.kit.cards import note
from bot.kit.delivery import Letter
from db.delivery import PARKED, SENT, WAITING, Delivery, Way
from tests.bot.delivery.steps import deny, promise, row, said, teach, tick

if TYPE_CHECKING:
    from tests.kit.world import World

POSTS = "/channels/*/messages"


async def test_a_lost_request_is_sent_again(world: World) -> None:
    teach(world)
    number = await promise(world)
    world.wire.lose_request = 1
    assert await tick(world) == 0
    waits = await row(world, number)
    assert (waits.state, waits.reason, waits.attempts) == (WAITING, "unreachable", 1)
    assert await tick(world, 10) == 1
    assert said(world) == ["hello"]


async def test_a_lost_answer_does_not_double_the_message(world: World) -> None:
    teach(world)
    number = await promise(world)
    world.wire.lose_answer = 1
    assert await tick(world) == 0
    assert await tick(world, 10) == 1
    assert said(world) == ["hello"]
    assert (await row(world, number)).state == SENT


async def test_after_a_restart_the_message_is_looked_for_before_it_is_sent_again(world: World) -> None:
    teach(world)
    number = await promise(world)
    world.wire.lose_answer = 1
    await tick(world)
    world.wire.forget_nonces()
    await world.restart()
    teach(world)
    assert await tick(world, 10) == 1
    assert said(world) == ["hello"]
    assert (await row(world, number)).message_id is not None


async def test_a_message_that_never_arrived_is_sent_after_a_restart(world: World) -> None:
    teach(world)
    await promise(world)
    world.wire.lose_request = 1
    await tick(world)
    world.wire.forget_nonces()
    await world.restart()
    teach(world)
    assert await tick(world, 10) == 1
    assert said(world) == ["hello"]


async def test_another_message_of_the_bot_is_not_taken_for_it(world: World) -> None:
    teach(world)
    await promise(world, "first")
    await tick(world)
    number = await promise(world, "second")
    world.wire.lose_request = 1
    await tick(world)
    await world.restart()
    teach(world)
    await tick(world, 10)
    assert said(world) == ["first", "second"]
    assert (await row(world, number)).state == SENT


async def test_a_direct_message_is_looked_for_as_well(world: World) -> None:
    teach(world)
    await promise(world, way=Way.DM, target=world.member.id)
    world.wire.lose_answer = 1
    await tick(world)
    world.wire.forget_nonces()
    await world.restart()
    teach(world)
    await tick(world, 10)
    assert said(world, world.member.user.dm_channel.id) == ["hello"]


async def test_a_forum_post_is_looked_for_in_the_list_of_threads(world: World) -> None:
    forum = world.guild.create_forum_channel("questions")
    await world.env.settle()

    async def render(delivery: Delivery) -> Letter:
        return Letter(note(delivery.subject), title="Which lens fits?")

    teach(world, render=render)
    await promise(world, "one", way=Way.FORUM, target=forum.id)
    number = await promise(world, "two", way=Way.FORUM, target=forum.id)
    world.wire.lose_thread_answer = 2
    assert await tick(world) == 0
    await tick(world, 10)
    assert len(forum.threads) == 2
    assert sorted(said(world, thread.id)[0] for thread in forum.threads) == ["one", "two"]
    assert (await row(world, number)).state == SENT


async def test_without_the_right_to_read_it_is_not_sent_twice_but_parked(world: World) -> None:
    teach(world)
    number = await promise(world)
    world.wire.lose_answer = 1
    await tick(world)
    world.wire.forget_nonces()
    await world.restart()
    teach(world)
    deny(world, world.general.id, read_message_history=True)
    await tick(world, 10)
    parked = await row(world, number)
    assert (parked.state, parked.reason) == (PARKED, "no-history")
    assert said(world) == ["hello"]


async def test_a_message_that_a_moderator_took_away_counts_as_sent(world: World) -> None:
    teach(world)
    number = await promise(world)
    world.wire.lose_answer = 1
    await tick(world)
    world.wire.forget_nonces()  # so that Discord itself answers, and not the wire
    world.env.inject_error("POST", POSTS, status=404, code=10008, message="Unknown Message")
    assert await tick(world, 10) == 1
    assert (await row(world, number)).state == SENT


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_an_outage_is_waited_out_with_growing_pauses(world: World, status: int) -> None:
    teach(world)
    number = await promise(world)
    world.env.inject_error("POST", POSTS, status=status, times=4)
    pauses = []
    for _ in range(4):
        await tick(world, 400)
        tried = await row(world, number)
        pauses.append((tried.wake_at - world.bot.clock()).total_seconds())
    assert pauses == sorted(pauses)
    assert pauses[0] >= 4
    await tick(world, 400)
    assert "hello" in said(world)[0]


async def test_when_discord_is_back_nothing_waits_any_longer(world: World) -> None:
    teach(world)
    for number in range(3):
        await promise(world, f"word {number}")
    world.env.inject_error("POST", POSTS, status=500, times=12)
    for _ in range(4):
        await tick(world, 1000)
    assert said(world) == []
    later = await promise(world, "the first that gets through")
    await tick(world)
    assert (await row(world, later)).state == SENT
    assert len(said(world)) == 4


async def test_a_short_429_is_waited_for_and_a_long_one_keeps_its_time(world: World) -> None:
    teach(world)
    number = await promise(world)

    async def busy(*_anything: object, **_more: object) -> None:
        raise discord.RateLimited(90.0)

    world.wire.before_message = busy
    await tick(world)
    world.wire.before_message = None
    waits = await row(world, number)
    assert (waits.state, waits.reason) == (WAITING, "busy")
    assert waits.wake_at - world.bot.clock() == timedelta(seconds=90)
    await tick(world, 89)
    assert said(world) == []
    await tick(world, 1)
    assert said(world) == ["hello"]


async def test_what_was_held_back_because_all_must_wait_does_not_count_as_tried(world: World) -> None:
    line = world.bot.delivery._worker._line

    async def render(delivery: Delivery) -> Letter:
        if not said(world):
            line.close_for(40)
        return Letter(note(delivery.subject))

    teach(world, render=render)
    number = await promise(world)
    await tick(world)
    waits = await row(world, number)
    assert (waits.state, waits.reason, waits.attempts) == (WAITING, "busy", 0)
    assert 30 < (waits.wake_at - world.bot.clock()).total_seconds() <= 40
    line._closed_until = 0
    teach(world)
    assert await tick(world, 60) == 1
    looked = [
        request for request in world.wire.requests if request.startswith(f"GET /channels/{world.general.id}/mess")
    ]
    assert looked == []


async def test_the_token_is_not_used_on_and_on_when_discord_refuses_it(world: World) -> None:
    teach(world)
    await promise(world)
    world.env.inject_error("POST", POSTS, status=401, times=1)
    await tick(world)
    assert world.wire.requests[f"POST /channels/{world.general.id}/messages"] == 1
    await promise(world, "another", target=world.desk.id)
    await tick(world, 30)
    assert said(world, world.desk.id) == []


async def test_what_discord_refuses_for_good_is_parked_and_logged(world: World) -> None:
    teach(world)
    number = await promise(world)
    world.env.inject_error("POST", POSTS, status=400, code=50035, message="Invalid Form Body")
    await tick(world)
    parked = await row(world, number)
    assert (parked.state, parked.reason) == (PARKED, "refused")
    assert "Reference" in world.faults.take()[0]


async def test_a_clock_put_back_does_not_hold_up_what_was_tried(world: World) -> None:
    teach(world)
    ahead = [timedelta(hours=5)]
    real = world.bot.clock
    bot = Benchmate(world.database, clock=lambda: real() + ahead[-1], vocabulary=world.bot.vocabulary, timing=Timing())
    await world.env.restart_bot(bot)
    teach(world)
    number = await promise(world, after=-ahead[0])
    world.wire.lose_request = 1
    await tick(world)
    assert (await row(world, number)).state == WAITING
    ahead.append(timedelta())
    await tick(world, 10)
    assert (await row(world, number)).state == SENT
    assert len(said(world)) == 1
