"""The desk is not flooded with suggestions, and who has left hears nothing of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources.service import Reviewing
from tests.bot.delivery.steps import said, tick
from tests.cogs.resources.steps import press, suggest

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_of_many_suggestions_on_a_day_three_are_shown_and_all_wait_in_the_queue(world: World) -> None:
    for number in range(5):
        await suggest(world, world.member, link=f"https://makers.org/{number}", title=f"Guide {number}")
    assert sum("A resource waits for you" in one for one in said(world, world.desk.id)) == 3
    assert await world.bot.service(Reviewing).count(world.guild.id) == 5
    await press(world.organizer, world.desk.last_message, "Publish")
    await suggest(world, world.member, link="https://makers.org/6", title="Guide 6")
    assert sum("A resource waits for you" in one for one in said(world, world.desk.id)) == 3, (
        "for the one that is dealt with"
    )


async def test_who_has_left_hears_nothing_of_their_suggestion(world: World) -> None:
    thanks = await suggest(world, world.member)
    await press(world.member, await press(world.member, thanks, "Tell me"), "Direct message")
    world.guild.remove_member(world.member)
    await press(world.organizer, world.desk.last_message, "Publish")
    await tick(world)
    assert said(world, world.member.user.dm_channel.id) == []
