from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import Turns
from bot.kit.cards import card, note, text
from bot.kit.delivery import Kind, Letter
from db import delivery as deliveries
from db.delivery import DROPPED, LAPSED, PARKED, SENT, WAITING, Delivery, Promise, Way
from tests.bot.delivery.steps import WORD, moment, promise, row, said, teach, tick
from tests.kit.world import components

if TYPE_CHECKING:
    from tests.kit.world import World

PATIENCE_S = 20


async def test_what_is_due_is_sent_once_and_marked(world: World) -> None:
    teach(world)
    number = await promise(world, "the meeting begins")
    await tick(world)
    sent = await row(world, number)
    assert sent.state == SENT
    assert said(world) == ["the meeting begins"]
    assert world.general.last_message is not None
    assert (sent.message_id, sent.channel_id) == (world.general.last_message.id, world.general.id)
    await tick(world, 3600)
    assert said(world) == ["the meeting begins"]


async def test_what_is_not_due_yet_waits(world: World) -> None:
    teach(world)
    number = await promise(world, after=timedelta(hours=1))
    assert await tick(world, 3599) == 0
    assert (await row(world, number)).state == WAITING
    assert await tick(world, 1) == 1
    assert (await row(world, number)).state == SENT


async def test_a_message_carries_its_number_and_its_nonce_and_pings_nobody(world: World) -> None:
    teach(world)
    numbers = [await promise(world, "@everyone one"), await promise(world, "two")]
    await tick(world)
    bodies = [body for body in world.wire.bodies if isinstance(body, dict) and body.get("enforce_nonce")]
    marks = [1_000 + number for number in numbers]  # beyond what Discord gives to the other components by itself
    assert [body["components"][0]["id"] for body in bodies] == marks
    assert len({body["nonce"] for body in bodies}) == 2
    assert all(len(body["nonce"]) <= 25 for body in bodies)
    assert all(not any(body["allowed_mentions"].get(key) for key in ("parse", "users", "roles")) for body in bodies)
    shown = [part["id"] for part in components(world.general.last_message) if part["type"] == 17]
    assert shown == marks[-1:]


async def test_only_those_are_notified_whom_the_letter_names(world: World) -> None:
    async def render(_delivery: Delivery) -> Letter:
        return Letter(note(f"<@{world.member.id}>"), members=(world.member.id,), roles=(7,))

    teach(world, render=render)
    await promise(world)
    await tick(world)
    allowed = world.wire.bodies[-1]["allowed_mentions"]
    assert [int(user) for user in allowed["users"]] == [world.member.id]
    assert [int(role) for role in allowed["roles"]] == [7]
    assert "everyone" not in allowed.get("parse", [])


async def test_a_card_shows_what_is_true_when_it_is_sent(world: World) -> None:
    truth = ["at three"]

    async def render(_delivery: Delivery) -> Letter:
        return Letter(note(truth[-1]))

    teach(world, render=render)
    await promise(world, after=timedelta(hours=1))
    truth.append("at four")
    await tick(world, 3600)
    assert said(world) == ["at four"]


async def test_what_nobody_needs_any_more_is_dropped(world: World) -> None:
    async def render(_delivery: Delivery) -> Letter | None:
        return None

    teach(world, render=render)
    number = await promise(world)
    assert await tick(world) == 0
    gone = await row(world, number)
    assert (gone.state, gone.reason) == (DROPPED, "not-needed")
    assert said(world) == []


async def test_a_promise_that_is_taken_back_is_not_kept(world: World) -> None:
    teach(world)
    number = await promise(world, after=timedelta(minutes=5))
    async with world.database.write() as connection:
        assert await deliveries.cancel(connection, world.guild.id, WORD, "hello", world.bot.clock()) == 1
    await tick(world, 600)
    assert (await row(world, number)).state == DROPPED
    assert said(world) == []


async def test_a_change_that_fails_takes_its_promise_with_it(world: World) -> None:
    teach(world)
    now = world.bot.clock()
    lost = Promise(WORD, world.guild.id, "lost", now, Way.CHANNEL, world.general.id)

    async def change() -> None:
        async with world.database.write() as connection:
            await deliveries.put(connection, lost, now)
            raise LookupError

    with pytest.raises(LookupError):
        await change()
    assert await tick(world) == 0
    assert said(world) == []


async def test_what_comes_late_says_so_and_since_when(world: World) -> None:
    teach(world)
    number = await promise(world, "soon", after=timedelta(minutes=1))
    due = (await row(world, number)).due_at
    await tick(world, 3600)
    assert said(world)[0].startswith("soon\n")
    assert f"This comes late: it was due <t:{int(due.timestamp())}:f>" in said(world)[0]


async def test_what_came_too_late_lapses_visibly(world: World) -> None:
    teach(world, patience=timedelta(minutes=30))
    number = await promise(world, after=timedelta(minutes=1))
    own = await promise(world, "shorter", after=timedelta(minutes=1), lapses_at=moment(world, minutes=2))
    kept = await promise(world, "longer", after=timedelta(minutes=1), lapses_at=moment(world, hours=2))
    await tick(world, 3600)
    for lapsed in (await row(world, number), await row(world, own)):
        assert (lapsed.state, lapsed.reason) == (LAPSED, "too-late")
    assert (await row(world, kept)).state == SENT
    assert len(said(world)) == 1


async def test_a_full_card_is_sent_without_the_line_about_its_lateness(world: World) -> None:
    async def render(_delivery: Delivery) -> Letter:
        return Letter(card(text("x" * 4_000)))

    teach(world, render=render)
    await promise(world)
    await tick(world, 3600)
    assert said(world) == ["x" * 4_000]


async def test_a_forum_post_has_its_title_and_tags(world: World) -> None:
    forum = world.guild.create_forum_channel("questions")
    await world.env.settle()
    channel = world.bot.get_channel(forum.id)
    assert isinstance(channel, discord.ForumChannel)
    edited = await channel.edit(available_tags=[discord.ForumTag(name="Laser"), discord.ForumTag(name="Sewing")])
    assert edited is not None
    laser = edited.available_tags[0]

    async def render(_delivery: Delivery) -> Letter:
        return Letter(note("which lens?"), title="Which lens fits?", tags=(laser.id,))

    teach(world, render=render)
    number = await promise(world, way=Way.FORUM, target=forum.id)
    await tick(world)
    post = forum.threads[0]
    assert post.name == "Which lens fits?"
    assert (await row(world, number)).channel_id == post.id
    assert said(world, post.id) == ["which lens?"]
    assert [tag.id for tag in world.bot.get_channel(post.id).applied_tags] == [laser.id]  # type: ignore[union-attr]


async def test_a_chore_is_done_and_marked_and_a_failed_one_is_done_again(world: World) -> None:
    done: list[str] = []

    async def work(delivery: Delivery) -> None:
        done.append(delivery.subject)
        if len(done) == 1:
            raise LookupError

    world.bot.kinds["upkeep"] = Kind("upkeep", "chore", "chores", work=work)
    now = world.bot.clock()
    async with world.database.write() as connection:
        number = await deliveries.put(connection, Promise("upkeep", 0, "shelf", now), now)
    await tick(world)
    assert "LookupError" not in " ".join(world.faults.take())  # told with a reference, its traceback apart
    assert (await row(world, number)).state == WAITING
    await tick(world, 10)
    assert done == ["shelf", "shelf"]
    assert (await row(world, number)).state == SENT


async def test_a_chore_is_never_given_up_and_says_nothing_about_discord(world: World) -> None:
    async def work(_delivery: Delivery) -> None:
        raise TimeoutError

    world.bot.kinds["upkeep"] = Kind("upkeep", "chore", "chores", work=work)
    now = world.bot.clock()
    async with world.database.write() as connection:
        number = await deliveries.put(connection, Promise("upkeep", 0, "shelf", now), now)
    for _ in range(12):
        await tick(world, 1200)
    world.faults.take()
    waits = await row(world, number)
    assert (waits.state, waits.reason, waits.attempts) == (WAITING, "fault", 12)
    assert said(world, world.desk.id) == []


async def test_a_full_lane_of_chores_costs_no_writes_and_what_is_due_meanwhile_is_sent(world: World) -> None:
    commits = [0]
    gone_out = asyncio.Event()

    async def work(_delivery: Delivery) -> None:
        await gone_out.wait()

    async def render(delivery: Delivery) -> Letter:
        if delivery.subject == "last":
            gone_out.set()
        return Letter(note(delivery.subject))

    def count() -> None:
        commits[0] += 1
        world.bot.delivery.wake()  # as the started engine does

    teach(world, render=render)
    world.bot.kinds["upkeep"] = Kind("upkeep", "chore", "chores", work=work)
    now = world.bot.clock()
    async with world.database.write() as connection:
        for guild in range(5):
            await deliveries.put(connection, Promise("upkeep", guild, "shelf", now), now)
    await promise(world, "last")
    world.database.after_commit(count)
    async with asyncio.timeout(PATIENCE_S):
        await world.bot.delivery.run_due()
    assert said(world) == ["last"]
    assert commits[0] < 40


async def test_slow_chores_hold_up_no_message(world: World) -> None:
    gone_out = asyncio.Event()

    async def work(_delivery: Delivery) -> None:
        await gone_out.wait()

    async def render(_delivery: Delivery) -> Letter:
        gone_out.set()
        return Letter(note("meanwhile"))

    teach(world, render=render)
    world.bot.kinds["upkeep"] = Kind("upkeep", "chore", "chores", work=work)
    now = world.bot.clock()
    async with world.database.write() as connection:
        for guild in range(80):
            await deliveries.put(connection, Promise("upkeep", guild, "shelf", now), now)
    await promise(world)
    async with asyncio.timeout(PATIENCE_S):
        await world.bot.delivery.run_due()
    assert said(world) == ["meanwhile"]
    async with world.database.read() as connection:
        counted = await deliveries.counts(connection, now)
    assert (counted.due, counted.by_state[SENT]) == (0, 82)


async def test_a_card_that_cannot_be_drawn_is_told_with_a_reference_tried_again_and_at_last_parked(
    world: World,
) -> None:
    async def render(_delivery: Delivery) -> Letter:
        raise LookupError("no such book")

    teach(world, render=render)
    number = await promise(world)
    for _ in range(8):
        await tick(world, 1200)
    faults = world.faults.take()
    assert len(faults) == 8
    assert all("Reference" in fault for fault in faults)
    parked = await row(world, number)
    assert (parked.state, parked.reason) == (PARKED, "cannot-draw")


async def test_a_kind_from_a_newer_version_waits_for_it(world: World) -> None:
    number = await promise(world, "from the future")
    await tick(world)
    assert "Reference" in world.faults.take()[0]
    assert (await row(world, number)).state == WAITING
    teach(world)
    await tick(world, 10)
    assert said(world) == ["from the future"]


async def test_a_small_server_does_not_wait_behind_a_large_one(world: World) -> None:
    now = world.bot.clock()
    async with world.database.write() as connection:
        for number in range(30):
            many = Promise(WORD, 1, f"many {number}", now, Way.CHANNEL, 100 + number)
            await deliveries.put(connection, many, now)
        few = await deliveries.put(connection, Promise(WORD, 2, "few", now, Way.CHANNEL, 999), now)
        claimed = await deliveries.claim(
            connection, now=now, until=now + timedelta(minutes=2), tried_at=now, lease="test", limit=4
        )
    assert few in [delivery.delivery_id for delivery in claimed[:3]]  # the house's own chore has its turn too
    assert [delivery.attempts for delivery in claimed] == [1, 1, 1, 1]


async def test_a_busy_channel_is_taken_a_little_at_a_time(world: World) -> None:
    teach(world)
    for number in range(5):
        await promise(world, f"word {number}")
    now = world.bot.clock()
    async with world.database.write() as connection:
        claimed = await deliveries.claim(
            connection, now=now, until=now + timedelta(minutes=2), tried_at=now, lease="test", limit=10
        )
    assert [delivery.kind for delivery in claimed].count(WORD) == 3
    async with world.database.write() as connection:
        assert await deliveries.release(connection, "test", now) == len(claimed)
    assert await tick(world) == 5
    assert sorted(text.split("\n")[0] for text in said(world)) == [f"word {number}" for number in range(5)]


async def test_what_is_promised_while_a_pass_runs_is_delivered_in_it(world: World) -> None:
    async def render(delivery: Delivery) -> Letter:
        if delivery.subject == "first":
            await promise(world, "second")
            assert await world.bot.delivery.run_due() == 0  # the running pass looks again instead
        return Letter(note(delivery.subject))

    teach(world, render=render)
    await promise(world, "first")
    assert await tick(world) == 2
    assert said(world) == ["first", "second"]


async def test_a_started_engine_delivers_by_itself_and_wakes_at_a_commit(world: World) -> None:
    teach(world)
    committed = asyncio.Event()
    world.database.after_commit(committed.set)
    world.bot.delivery.start()
    try:
        await promise(world, "woken")
        async with asyncio.timeout(PATIENCE_S):
            while not said(world):
                committed.clear()
                await committed.wait()
    finally:
        await world.bot.delivery.stop()
    assert said(world) == ["woken"]


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=200))
def test_in_no_second_more_turns_are_given_than_discord_allows(pauses: list[float]) -> None:
    turns = Turns(48.5, 1.5)
    now, given_at = 100.0, []
    for pause in pauses:
        given_at.append(now + turns.take(now))
        now += pause
    for turn in given_at:
        assert sum(turn <= other < turn + 1 for other in given_at) <= 50
