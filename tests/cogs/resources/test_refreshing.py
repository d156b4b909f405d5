from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources.service import Refreshing
from db import delivery
from tests.cogs.resources.steps import press, publish, queue
from tests.kit.world import custom_id, words

if TYPE_CHECKING:
    from db.delivery import Delivery
    from tests.kit.world import World

DAY = 24 * 60 * 60


async def promised(world: World) -> list[Delivery]:
    async with world.database.read() as connection:
        return await delivery.of_subject(connection, world.guild.id, "review-dates", "review-dates")


async def week(world: World) -> None:
    """Do this week's chore, as the delivery worker does when its time has come."""
    chore = (await promised(world))[-1]
    work = world.bot.kinds[chore.kind].work
    assert work is not None
    await work(chore)


async def flagged(world: World) -> int:
    async with world.database.read() as connection:
        query = "SELECT count(*) FROM resource_flag WHERE reason = 'review-date'"
        return int((await connection.exec_driver_sql(query)).scalar_one())


async def test_a_server_is_promised_the_weekly_look_once(world: World) -> None:
    (chore,) = await promised(world)
    assert chore.due_at.isoformat() == "2026-01-08T00:00:00+00:00"
    assert await world.bot.service(Refreshing).begin(world.guild.id) is False
    await world.restart()
    assert len(await promised(world)) == 1


async def test_nothing_comes_before_its_year_is_over(world: World) -> None:
    await world.env.advance_time(300 * DAY)
    await week(world)
    assert await flagged(world) == 0
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_after_a_year_five_policies_come_and_more_only_when_these_are_looked_at(world: World) -> None:
    await world.env.advance_time(366 * DAY)
    await week(world)
    await week(world)
    assert await flagged(world) == 5, "the chore may run twice"
    card = await queue(world, world.organizer)
    assert "Time to look at it again" in words(card)
    assert "4 more wait" in words(card)
    assert "Policy 📜" in words(card) or "safety" in words(card).lower()
    looked_at = custom_id(card, "Still fine").split(":")[1]
    for _ in range(2):
        await press(world.organizer, await queue(world, world.organizer), "Still fine")
    assert await flagged(world) == 3
    await world.env.advance_time(7 * DAY)
    await week(world)
    assert await flagged(world) == 5
    async with world.database.read() as connection:
        query = f"SELECT review_due_on FROM resource WHERE resource_id = {int(looked_at)}"  # noqa: S608
        assert str((await connection.exec_driver_sql(query)).scalar_one()).startswith("2028-01-0")


async def test_the_chore_promises_the_next_week_even_after_a_long_pause(world: World) -> None:
    await week(world)
    assert [chore.due_at.day for chore in await promised(world)] == [8, 15]
    await world.env.advance_time(100 * DAY)
    await week(world)
    latest = (await promised(world))[-1].due_at
    assert 0 < (latest - world.env.now()).days <= 7


async def test_what_is_published_by_hand_is_dated_at_once_and_comes_when_it_is_due(world: World) -> None:
    number = await publish(world, title="Waiver for the laser")
    await world.env.advance_time(364 * DAY)
    await week(world)
    assert await flagged(world) == 0
    await world.env.advance_time(2 * DAY)
    await week(world)
    async with world.database.read() as connection:
        query = f"SELECT count(*) FROM resource WHERE resource_id = {number} AND review_due_on = '2027-01-01'"  # noqa: S608
        assert (await connection.exec_driver_sql(query)).scalar_one() == 1
