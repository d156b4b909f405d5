"""Where a delivery looks and goes when a place is not what it was: long histories, threads, forums, no place at all."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import discord
import pytest
from aiohttp import web
from discord import ui

from bot.delivery import history, private
from bot.delivery.line import ClosedError, Line
from bot.delivery.pace import Pace
from bot.delivery.post import marked
from bot.delivery.telling import TROUBLE
from bot.delivery.timing import Timing, uptime
from bot.delivery.verdict import Action, verdict_on
from bot.kit.cards import note
from bot.kit.delivery import Letter
from db import delivery as deliveries
from db.delivery import PARKED, SENT, Delivery, Promise, Way
from db.delivery.threads import keep_thread, thread_of
from tests.bot.delivery.steps import promise, row, said, teach, tick
from tests.bot.delivery.test_line import EDGE_WAIT_S, discord_says

if TYPE_CHECKING:
    from db.engine import Database
    from tests.kit.world import World


async def lost(world: World) -> int:
    """A word whose answer was lost before a restart, so that it has to be looked for."""
    teach(world)
    number = await promise(world)
    world.wire.lose_request = 1
    await tick(world)
    world.wire.forget_nonces()
    await world.restart()
    teach(world)
    return number


async def test_one_looks_no_further_back_than_ten_minutes_before_the_first_try(world: World) -> None:
    await world.member.send(world.general, "long ago")
    await world.env.advance_time(3600)
    number = await lost(world)
    assert await tick(world, 10) == 1
    assert (await row(world, number)).state == SENT


async def test_where_too_much_was_said_meanwhile_a_person_has_to_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await lost(world)
    for _ in range(2):
        await world.member.send(world.general, "chatter")
    monkeypatch.setattr(history, "MOST_READ", 2)
    await tick(world, 10)
    found = await row(world, number)
    assert (found.state, found.reason) == (PARKED, "history-long")


def put_away(world: World, forum: Any, who: int) -> None:
    """A post in a forum that was archived a moment ago."""
    backend = world.env.backend
    thread = backend.create_thread(forum.id, "Another one", who)
    backend.create_message(thread.id, who, "It just stops.")
    assert thread.thread_metadata is not None
    thread.thread_metadata.archived = True


@pytest.mark.parametrize("minutes", [0, 60])
async def test_a_forum_is_looked_through_with_what_was_put_away_in_it_lately(world: World, minutes: int) -> None:
    forum = world.guild.create_forum_channel("questions")
    await world.env.settle()

    async def render(delivery: Delivery) -> Letter:
        return Letter(note(delivery.subject), title="Which lens fits?")

    teach(world, render=render)
    for who in (world.member.id, world.env.backend.bot_user.id):
        put_away(world, forum, who)
    await world.env.advance_time(minutes * 60 + 1)
    number = await promise(world, way=Way.FORUM, target=forum.id)
    world.env.inject_error("POST", f"/channels/{forum.id}/threads", status=500, code=0, message="Oh")
    await tick(world)
    await tick(world, 10)
    assert (await row(world, number)).state == SENT
    assert [thread.name for thread in forum.threads].count("Which lens fits?") == 1


async def test_what_is_no_forum_any_more_waits_for_a_person(world: World) -> None:
    teach(world)
    number = await promise(world, way=Way.FORUM, target=world.general.id)
    await tick(world)
    found = await row(world, number)
    assert (found.state, found.reason) == (PARKED, "not-a-forum")


@pytest.mark.parametrize("way", [Way.NOTE, Way.CHORE, Way.FORUM])
async def test_what_is_no_message_in_a_channel_has_no_channel(world: World, way: Way) -> None:
    teach(world)
    one = replace(await row(world, await promise(world)), way=way)
    with pytest.raises(ValueError, match="not sent to a channel"):
        await world.bot.delivery._worker._attempts._post._channel(one)


def test_a_card_carries_its_number_in_its_first_container_and_must_have_one() -> None:
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay("before"))
    view.add_item(ui.Container())
    marked(view, 1_005)
    assert [item.id for item in view.children if isinstance(item, ui.Container)] == [1_005]
    with pytest.raises(ValueError, match="needs a container"):
        marked(ui.LayoutView(), 1)


async def test_a_private_thread_is_made_under_the_channel_of_the_thread_that_was_named(world: World) -> None:
    teach(world)
    thread = world.env.backend.create_thread(world.general.id, "Tool talk", world.member.id)
    await promise(world, way=Way.PRIVATE, target=world.member.id, place_id=thread.id)
    assert await tick(world) == 1
    made = [one for one in world.general.threads if one.name == private.NAME]
    assert said(world, made[0].id) == [f"hello\n-# For you, <@{world.member.id}>."]


async def test_where_there_is_no_channel_for_a_thread_the_member_is_told_at_their_next_step(world: World) -> None:
    teach(world)
    number = await promise(world, way=Way.PRIVATE, target=world.member.id)
    for _ in range(3):
        await tick(world, 90)
    assert (await row(world, number)).way is Way.NOTE


async def test_a_thread_that_was_made_and_forgotten_is_used_and_no_second_one_made(world: World) -> None:
    teach(world)
    await promise(world, "one", way=Way.PRIVATE, target=world.member.id, place_id=world.general.id)
    await tick(world)
    (made,) = [one for one in world.general.threads if one.name == private.NAME]
    world.env.backend.messages[made.id].clear()
    world.env.backend.get_channel(made.id).message_count = 0
    for who in (world.other, world.member):  # somebody else's is passed by
        async with world.database.write() as connection:
            await connection.exec_driver_sql("DELETE FROM private_thread")
        await world.env.advance_time(3600)
        await promise(world, f"for {who.name}", way=Way.PRIVATE, target=who.id, place_id=world.general.id)
        await tick(world)
    assert said(world, made.id) == [f"for kim\n-# For you, <@{world.member.id}>."]


async def test_of_two_threads_made_at_once_the_one_that_was_remembered_first_is_used(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(world)
    backend = world.env.backend
    first = backend.create_thread(world.general.id, "Notes for you, too", backend.bot_user.id)

    async def another(connection: Any, guild_id: int, user_id: int, _made: int, **_named: Any) -> int:
        return await keep_thread(connection, guild_id, user_id, first.id)

    monkeypatch.setattr(private, "keep_thread", another)
    await promise(world, way=Way.PRIVATE, target=world.member.id, place_id=world.general.id)
    await tick(world)
    assert said(world, first.id) == [f"hello\n-# For you, <@{world.member.id}>."]


async def test_a_members_thread_is_remembered_once(database: Database) -> None:
    async with database.write() as connection:
        assert await keep_thread(connection, 1, 2, 30) == 30
        assert await keep_thread(connection, 1, 2, 31) == 30
        assert await keep_thread(connection, 1, 2, 32, instead_of=30) == 32
        assert await thread_of(connection, 1, 2) == 32


async def test_what_the_desk_itself_does_not_take_is_told_to_nobody(world: World) -> None:
    teach(world)
    number = await promise(world, target=world.desk.id)
    posts = f"/channels/{world.desk.id}/messages"
    world.env.inject_error("POST", posts, status=403, code=50001, message="Missing Access", times=None)
    for _ in range(4):
        await tick(world, 60)
    assert (await row(world, number)).state == PARKED
    async with world.database.read() as connection:
        assert await deliveries.of_subject(connection, world.guild.id, TROUBLE, f"channel:{world.desk.id}") == []


async def test_what_was_meant_for_one_member_is_not_told_to_the_organizers(world: World) -> None:
    teach(world)
    number = await promise(world, way=Way.DM, target=world.member.id)
    dm = world.member.user.dm_channel
    world.env.inject_error("POST", f"/channels/{dm.id}/messages", status=400, code=50035, message="No", times=None)
    await tick(world)
    assert "failed" in world.faults.take()[0]
    assert (await row(world, number)).state == PARKED
    assert said(world, world.desk.id) == []


async def test_an_absence_is_told_to_no_server_that_is_gone(world: World) -> None:
    teach(world)
    await promise(world)
    await tick(world)
    now = world.bot.clock()
    world.bot.delivery.telling._desk = lambda _guild: None
    async with world.database.write() as connection:
        late = Promise("word", world.guild.id, "late", now - timedelta(hours=1), Way.CHANNEL, world.general.id)
        number = await deliveries.put(connection, late, now)
        await connection.exec_driver_sql(
            "UPDATE delivery SET state = 'sent', settled_at = ? WHERE delivery_id = ?",
            (f"{now:%Y-%m-%d %H:%M:%S.%f}", number),
        )
        before = await deliveries.settled_between(connection, now - timedelta(hours=2), now + timedelta(seconds=1))
        await world.bot.delivery.telling.absent(connection, now - timedelta(hours=2), now + timedelta(seconds=1))
        after = (await connection.exec_driver_sql("SELECT count(*) FROM delivery WHERE kind = 'away'")).scalar_one()
    assert before
    assert after == 0


async def test_places_without_a_turn_to_come_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = count(0, 3600)
    monkeypatch.setattr("bot.delivery.pace._PLACES_KEPT", 1)
    monkeypatch.setattr("bot.delivery.pace.uptime", lambda: float(next(hours)))
    pace = Pace(Timing(per_channel=500, direct_messages=500))
    for place in range(1, 6):
        await pace.place(place)
    assert sorted(pace._places) == [5]


async def test_a_silence_for_everyone_within_an_attempt_is_not_waited_out_inside_of_it() -> None:
    line = Line(EDGE_WAIT_S)
    asked = {"Via": "1.1 google", "X-RateLimit-Global": "true", "Retry-After": "12.5"}
    async with discord_says(line, web.Response(status=429, headers=asked)) as (session, link, _):
        with line.attempt(60), pytest.raises(ClosedError):
            await session.get(link)
    assert line.closed_for > 12


def test_uptime_goes_on_where_the_system_counts_no_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    assert uptime() <= uptime()


async def test_what_is_parked_is_tried_again_at_the_caretakers_word_but_for_notes(world: World) -> None:
    teach(world)
    number = await promise(world)
    noted = await promise(world, "read this", way=Way.NOTE, target=world.member.id)
    await tick(world)
    async with world.database.write() as connection:
        await deliveries.leave_checkpoints(connection)
        await connection.exec_driver_sql("UPDATE delivery SET state = 'parked' WHERE delivery_id = ?", (number,))
        now = world.bot.clock()
        assert await deliveries.revive_parked(connection, now, lapses_at=now + timedelta(days=1)) == 1
    await tick(world)
    assert (await row(world, number)).state == SENT
    assert (await row(world, noted)).state == PARKED


async def test_a_message_of_too_many_first_tries_is_looked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(world)
    monkeypatch.setattr("bot.delivery.attempt._REMEMBERED", 1)
    for subject in ("one", "two"):
        await promise(world, subject)
    world.wire.lose_answer = 2
    await tick(world)
    world.wire.forget_nonces()
    await tick(world, 10)
    assert sorted(said(world)) in (["one", "two"], ["one", "one", "two"], ["one", "two", "two"])
    assert len(world.bot.delivery._worker._attempts._tried) == 1


async def test_what_is_still_under_way_when_its_lease_ends_is_not_begun_twice(world: World) -> None:
    teach(world)
    number = await promise(world)
    worker = world.bot.delivery._worker
    (lane,) = [one for one in worker._lanes if Way.CHANNEL in one.ways]
    under_way = asyncio.create_task(asyncio.sleep(0, result=True))
    lane.under_way[number] = under_way
    await worker._fill(lane)
    assert lane.under_way == {number: under_way}
    assert await under_way
    lane.under_way.clear()


async def test_what_says_wait_is_waited_for_by_all() -> None:
    verdict = verdict_on(discord.HTTPException(TooMany(), "You are being rate limited."))
    assert (verdict.action, verdict.everyone, verdict.reason) == (Action.WAIT, True, "busy")


class TooMany:
    """What discord.py reads of an answer."""

    status = 429
    reason = "Too Many Requests"
