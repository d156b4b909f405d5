from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cogs.resources import links, starter
from cogs.resources.service import Starting
from db import resources
from tests.cogs.resources.steps import fill, find, lose_role, press, publish, queue, suggest
from tests.kit.settling import at_once
from tests.kit.world import TOOLS, seen, words

if TYPE_CHECKING:
    from db.resources import Description
    from tests.kit.world import World

LIGHTBURN = "https://github.com/LightBurnSoftware/Documentation"
ADDED = "https://nom-libraries.org/new-in-two"


def second() -> list[Description]:
    """A second edition: the first entry is gone, LightBurn says something else, and one is new."""
    first, *rest = starter.read()
    changed = [
        replace(entry, description="Renewed words for zebras") if entry.link == LIGHTBURN else entry for entry in rest
    ]
    assert first.link != LIGHTBURN
    new = replace(first, link=ADDED, link_key=links.key(ADDED), title="New in edition two", description="quokkas")
    return [*changed, new]


async def upgrade(world: World, edition: int = 2) -> int:
    """A newer Benchmate starts, with the second edition."""
    world.bot.serve(Starting(world.database, world.bot.clock, TOOLS, edition, second))
    return await world.bot.service(Starting).stock_up(world.guild.id)


async def edited(world: World, **changed: str) -> None:
    """An organizer edits the LightBurn entry."""
    preview = seen(await world.organizer.slash(world.general, "catalogue edit", resource=LIGHTBURN))
    about = {"link": LIGHTBURN, "title": "LightBurn Documentation", "text": "What we think of it", **changed}
    preview = await fill(world.organizer, preview, "Change the text", **about)
    assert "This is how" in words(await press(world.organizer, preview, "Save changes"))


async def starter_card(world: World) -> Any:
    return await press(world.organizer, await queue(world, world.organizer), "Starter catalogue")


async def test_a_newer_edition_adds_changes_and_takes_out_what_nobody_touched(world: World) -> None:
    gone = starter.read()[0]
    assert await upgrade(world) == 1
    assert "[New in edition two]" in words(await find(world, world.member, "quokkas"))
    assert "LightBurn Documentation" in words(await find(world, world.member, "zebras"))
    async with world.database.read() as connection:
        assert await resources.with_link(connection, world.guild.id, gone.link_key) is None
    assert await upgrade(world) == 0


async def test_what_a_person_changed_stays_changed(world: World) -> None:
    await edited(world, title="LightBurn, as we use it")
    await upgrade(world)
    found = words(await find(world, world.member, "LightBurn as we use it"))
    assert "[LightBurn, as we use it]" in found
    assert "What we think of it" in found
    assert "LightBurn" not in words(await find(world, world.member, "zebras"))


async def test_an_entry_whose_link_a_person_changed_does_not_come_a_second_time(world: World) -> None:
    await edited(world, link="https://docs.lightburnsoftware.com/")
    await upgrade(world)
    found = words(await find(world, world.member, "LightBurn documentation"))
    assert found.count("[LightBurn Documentation]") == 1
    assert "docs.lightburnsoftware.com" in found


async def test_what_a_person_removed_does_not_come_back(world: World) -> None:
    await world.organizer.slash(world.general, "catalogue remove", resource=LIGHTBURN)
    await upgrade(world)
    assert "[LightBurn Documentation]" not in words(await find(world, world.member, "LightBurn documentation"))


async def test_what_an_edition_took_out_an_edition_brings_back(world: World) -> None:
    gone = starter.read()[0]
    await upgrade(world)
    world.bot.serve(Starting(world.database, world.bot.clock, TOOLS, 3, starter.read))
    await world.bot.service(Starting).stock_up(world.guild.id)
    async with world.database.read() as connection:
        back = await resources.with_link(connection, world.guild.id, gone.link_key)
    assert back is not None
    assert back.about == gone


async def test_a_new_entry_that_a_member_had_suggested_is_not_doubled(world: World) -> None:
    await publish(world, link=ADDED, title="Found it first")
    assert await upgrade(world) == 0
    assert "New in edition two" not in words(await find(world, world.member, "edition two"))


async def test_an_older_benchmate_takes_nothing_back(world: World) -> None:
    await upgrade(world)
    world.bot.serve(Starting(world.database, world.bot.clock, TOOLS))
    assert await world.bot.service(Starting).stock_up(world.guild.id) == 0
    assert "[New in edition two]" in words(await find(world, world.member, "quokkas"))


async def test_the_whole_can_be_taken_out_and_what_people_added_stays(world: World) -> None:
    await publish(world)
    card = await starter_card(world)
    assert "100 resources" in words(card)
    away = await press(world.organizer, card, "Take it all out")
    assert "does without the starter catalogue" in words(away)
    assert "[LightBurn Documentation]" not in words(await find(world, world.member, "LightBurn documentation"))
    assert "1 resource in all" in words(seen(await world.member.slash(world.general, "resource recent")))
    assert "[Our laser rules]" in words(await find(world, world.member, "our laser rules"))


async def test_it_stays_away_through_restarts_and_newer_editions(world: World) -> None:
    await press(world.organizer, await starter_card(world), "Take it all out")
    await world.restart()
    assert await upgrade(world) == 0
    assert "quokkas" not in words(await find(world, world.member, "laser"))
    assert "Nothing yet" in words(await find(world, world.member, "LightBurn documentation"))


async def test_brought_back_it_has_what_people_changed_and_the_newest_edition(world: World) -> None:
    await edited(world, title="LightBurn, as we use it")
    await press(world.member, await find(world, world.member, "LightBurn as we use it"), "Save")
    await press(world.organizer, await starter_card(world), "Take it all out")
    await upgrade(world)
    back = await press(world.organizer, await starter_card(world), "Bring it back")
    assert "100 resources" in words(back)
    assert "[LightBurn, as we use it]" in words(await find(world, world.member, "LightBurn as we use it"))
    assert "[New in edition two]" in words(await find(world, world.member, "quokkas"))
    assert "LightBurn, as we use it" in words(seen(await world.member.slash(world.general, "resource saved")))


async def test_what_was_removed_by_hand_before_does_not_come_back_with_the_whole(world: World) -> None:
    await world.organizer.slash(world.general, "catalogue remove", resource=LIGHTBURN)
    await press(world.organizer, await starter_card(world), "Take it all out")
    await press(world.organizer, await starter_card(world), "Bring it back")
    assert "[LightBurn Documentation]" not in words(await find(world, world.member, "LightBurn documentation"))


async def test_a_link_that_was_suggested_while_it_was_away_is_there_once(world: World) -> None:
    await press(world.organizer, await starter_card(world), "Take it all out")
    await suggest(world, world.member, link=LIGHTBURN, title="LightBurn manual")
    await press(world.organizer, world.desk.last_message, "Publish")
    await press(world.organizer, await starter_card(world), "Bring it back")
    found = words(await find(world, world.member, "LightBurn manual documentation"))
    assert found.count(LIGHTBURN) == 1


async def test_the_command_that_removes_offers_the_whole(world: World) -> None:
    choices = await world.organizer.autocomplete(world.general, "catalogue remove", "resource", "")
    assert choices[0]["name"] == "The starter catalogue as a whole 📦"
    assert len(choices) == 25
    card = seen(await world.organizer.slash(world.general, "catalogue remove", resource=choices[0]["value"]))
    assert "The starter catalogue 📦" in words(card)


@pytest.mark.parametrize("label", ["Take it all out", "Starter catalogue"])
async def test_who_is_no_organizer_takes_nothing_out(world: World, label: str) -> None:
    empty = await queue(world, world.organizer)
    card = await press(world.organizer, empty, "Starter catalogue") if label != "Starter catalogue" else empty
    lose_role(world)
    assert "Only organizers" in words(await press(world.organizer, card, label))
    assert "[LightBurn Documentation]" in words(await find(world, world.member, "LightBurn documentation"))


async def test_taking_it_out_twice_at_once_is_as_once(world: World) -> None:
    card = await starter_card(world)
    async with at_once(world.env):
        for who in (world.organizer, world.organizer):
            await who.click(card, label="Take it all out")
    back = await press(world.organizer, await starter_card(world), "Bring it back")
    assert "100 resources" in words(back)
