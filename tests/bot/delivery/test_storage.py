"""What becomes of deliveries while the storage refuses, and in the engine's life by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.delivery import engine as engines
from bot.delivery.timing import uptime
from db import delivery as deliveries
from db.delivery import DROPPED, PARKED, SENDING, SENT, WAITING, Delivery, Way
from db.faults import StorageFault
from tests.bot.delivery.steps import promise, row, said, teach, tick
from tests.kit.world import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kit.delivery import Letter
    from tests.kit.world import World

FULL = StorageFault("The disk is full.", "I cannot store anything now.")


class Refusing:
    """Lets a step of the storage refuse so many times; then it does what it always does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, times: int = 1, fault: Exception = FULL) -> None:
        self.left, self._fault = times, fault
        self._step: Callable[..., Any] = getattr(deliveries, name)
        monkeypatch.setattr(deliveries, name, self.do)

    async def do(self, *given: Any, **named: Any) -> Any:
        if self.left:
            self.left -= 1
            raise self._fault
        return await self._step(*given, **named)


async def test_what_was_sent_but_could_not_be_marked_is_marked_later_and_not_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(world)
    number = await promise(world)
    Refusing(monkeypatch, "mark_sent")
    await tick(world)
    assert "could not be marked: The disk is full." in world.faults.take()[0]
    assert (await row(world, number)).state == SENDING
    await tick(world)
    assert (await row(world, number)).state == SENT
    assert said(world) == ["hello"]


async def test_one_that_is_claimed_again_before_it_was_marked_is_only_marked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(world)
    number = await promise(world)
    Refusing(monkeypatch, "mark_sent")
    await tick(world)
    world.faults.take()
    attempts = world.bot.delivery._worker._attempts
    assert await attempts.made(await row(world, number), uptime())
    assert (await row(world, number)).state == SENT
    assert said(world) == ["hello"]


async def test_a_card_that_cannot_be_read_from_the_storage_waits_for_its_lease_to_end(world: World) -> None:
    async def render(_delivery: Delivery) -> Letter:
        raise FULL

    teach(world, render=render)
    number = await promise(world)
    await tick(world)
    assert "The disk is full." in world.faults.take()[0]
    assert (await row(world, number)).state == SENDING
    teach(world)
    await tick(world, 200)
    assert said(world)[0].startswith("hello")


async def test_what_was_given_up_meanwhile_is_not_parked_and_told_to_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(world)
    room = world.guild.create_text_channel("workshop")
    number = await promise(world, target=room.id)
    world.env.backend.delete_channel(room.id)
    await tick(world)
    park = deliveries.park

    async def dropped_first(connection: Any, delivery: Delivery, *given: Any) -> bool:
        await deliveries.call_off(connection, [delivery.delivery_id], world.bot.clock())
        await connection.exec_driver_sql("UPDATE delivery SET state = 'dropped' WHERE delivery_id = ?", (number,))
        return await park(connection, delivery, *given)

    monkeypatch.setattr(deliveries, "park", dropped_first)
    await tick(world, 90)
    assert (await row(world, number)).state == DROPPED
    assert said(world, world.desk.id) == []


@pytest.mark.parametrize("fault", [FULL, RuntimeError("never seen")])
async def test_an_engine_that_meets_a_fault_goes_on_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(engines, "AFTER_A_FAULT_S", 0.01)
    teach(world)
    Refusing(monkeypatch, "next_wake", fault=fault)
    waits, worker = asyncio.Event(), world.bot.delivery._worker
    soonest = worker.next_wake

    async def next_wake() -> float | None:
        due = await soonest()
        if said(world):
            waits.set()
        return due

    monkeypatch.setattr(worker, "next_wake", next_wake)
    await promise(world)
    world.bot.delivery.start()
    world.bot.delivery.start()
    try:
        async with asyncio.timeout(20):
            await waits.wait()
    finally:
        await world.bot.delivery.stop()
    assert said(world) == ["hello"]
    logged = world.faults.take()
    assert len(logged) == 1
    assert "Deliveries wait: The disk is full." in logged[0] or "never seen" in logged[0]


async def test_private_notes_wait_where_the_storage_refuses_or_something_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(world)
    number = await promise(world, "read this", way=Way.NOTE, target=world.member.id)
    await tick(world)
    for fault in (FULL, RuntimeError("never seen")):
        Refusing(monkeypatch, "parked_for", fault=fault)
        used = await world.member.slash(world.general, "find", query="laser")
        assert used.followups == []
    assert "a private note failed" in world.faults.take()[0]
    assert (await row(world, number)).state == PARKED
    used = await world.member.slash(world.general, "find", query="laser")
    assert "read this" in words(used.followups[-1])


async def test_a_note_that_another_press_shows_in_this_moment_comes_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(world)
    await promise(world, "read this", way=Way.NOTE, target=world.member.id)
    await tick(world)

    async def taken(*_given: Any, **_named: Any) -> None:
        return None

    monkeypatch.setattr(deliveries, "claim_one", taken)
    used = await world.member.slash(world.general, "find", query="laser")
    assert used.followups == []


async def test_a_note_of_a_kind_from_a_newer_version_waits_for_it(world: World) -> None:
    teach(world)
    number = await promise(world, "read this", way=Way.NOTE, target=world.member.id)
    await tick(world)
    del world.bot.kinds["word"]
    used = await world.member.slash(world.general, "find", query="laser")
    assert used.followups == []
    assert (await row(world, number)).state == PARKED


async def test_a_note_that_discord_does_not_take_waits_for_the_next_time(world: World) -> None:
    teach(world)
    number = await promise(world, "read this", way=Way.NOTE, target=world.member.id)
    await tick(world)
    world.env.inject_error("POST", "/webhooks/*", status=503, code=0, message="unavailable")
    await world.member.slash(world.general, "find", query="laser")
    assert (await row(world, number)).state == PARKED
    used = await world.member.slash(world.general, "find", query="laser")
    assert "read this" in words(used.followups[-1])


async def test_a_note_that_comes_too_late_lapses_before_it_waits(world: World) -> None:
    teach(world)
    now = world.bot.clock()
    number = await promise(world, way=Way.NOTE, target=world.member.id, lapses_at=now)
    await tick(world, 60)
    assert (await row(world, number)).state == "lapsed"


async def test_no_beat_is_noted_while_something_waits_for_an_outage_to_end(world: World) -> None:
    teach(world)
    number = await promise(world)
    posts = f"/channels/{world.general.id}/messages"
    world.env.inject_error("POST", posts, status=503, code=0, message="unavailable")
    await tick(world, 400)
    assert (await row(world, number)).state == WAITING
    async with world.database.read() as connection:
        before = await deliveries.last_beat(connection)
    await world.env.advance_time(2)
    await world.bot.delivery._worker._outcomes.all_delivered()
    async with world.database.read() as connection:
        assert await deliveries.last_beat(connection) == before
