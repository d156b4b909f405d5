from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.delivery import SENT, WAITING
from tests.bot.delivery.steps import go_on, promise, row, said, teach

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_what_is_due_is_sent_once_and_marked(world: World) -> None:
    teach(world)
    number = await promise(world, "the meeting begins")
    await world.bot.delivery.run_due()
    sent = await row(world, number)
    assert sent.state == SENT
    assert said(world) == ["the meeting begins"]
    assert sent.message_id == world.general.last_message.id
    await world.bot.delivery.run_due()
    assert said(world) == ["the meeting begins"]


async def test_what_is_not_due_yet_waits(world: World) -> None:
    teach(world)
    number = await promise(world, after=timedelta(hours=1))
    await world.bot.delivery.run_due()
    assert (await row(world, number)).state == WAITING
    await go_on(world, 3600)
    await world.bot.delivery.run_due()
    assert (await row(world, number)).state == SENT
