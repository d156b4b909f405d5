from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.kit.cards import note
from bot.kit.delivery import Kind, Letter
from db import delivery as deliveries
from db.delivery import SENT, WAITING, Delivery, Promise
from tests.bot.delivery.steps import promise, row, said, teach, tick

if TYPE_CHECKING:
    from tests.kit.world import World

PATIENCE_S = 20


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
