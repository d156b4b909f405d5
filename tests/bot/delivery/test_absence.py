from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.bot.delivery.steps import promise, said, teach, tick

if TYPE_CHECKING:
    from tests.kit.world import World


def _minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


async def test_after_an_absence_organizers_hear_once_what_was_late_and_what_lapsed(world: World) -> None:
    teach(world)
    await tick(world)
    since = world.bot.clock()
    await promise(world, "late", after=_minutes(5))
    await promise(world, "too late", after=_minutes(5), lapses_at=since + _minutes(10))
    await tick(world, 3 * 3600 + 0.4)  # a moment with a fraction, as they have
    await tick(world)
    (told,) = said(world, world.desk.id)
    assert f"From <t:{int(since.timestamp())}:f> to <t:{int(world.bot.clock().timestamp())}:f>" in told
    assert "Sent late: 1 word." in told
    assert "Not sent, because it came too late: 1 word." in told
    await tick(world, 3600)
    assert len(said(world, world.desk.id)) == 1


async def test_an_absence_that_nobody_missed_is_not_told(world: World) -> None:
    teach(world)
    await tick(world)
    await promise(world, after=_minutes(600))
    await tick(world, 3 * 3600)
    await tick(world, 7 * 3600)
    assert said(world, world.desk.id) == []


async def test_an_outage_of_discord_counts_as_an_absence(world: World) -> None:
    teach(world)
    await tick(world)
    await promise(world, after=_minutes(1))
    world.env.inject_error("POST", "/channels/*/messages", status=503, times=4)
    for _ in range(5):
        await tick(world, 1000)
    await tick(world)
    assert "Sent late: 1 word." in said(world, world.desk.id)[-1]
