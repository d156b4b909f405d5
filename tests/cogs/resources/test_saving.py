from __future__ import annotations

from typing import TYPE_CHECKING

from db import resources, search
from tests.cogs.resources.steps import find, press
from tests.kit.settling import at_once
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from typing import Any

    from simcord import MemberActor

    from tests.kit.world import World


async def saved(world: World, who: MemberActor) -> Any:
    return seen(await who.slash(world.general, "resource saved"))


async def test_what_is_saved_is_on_my_list_and_on_nobody_elses(world: World) -> None:
    await press(world.member, await find(world, world.member, "LightBurn documentation"), "Save")
    mine = await saved(world, world.member)
    assert "You saved 1 resource" in words(mine)
    assert "LightBurn Documentation" in words(mine)
    assert mine.ephemeral
    assert "Nothing saved yet" in words(await saved(world, world.other))


async def test_an_empty_list_says_how_it_fills(world: World) -> None:
    answer = words(await saved(world, world.member))
    assert "press **Save**" in answer
    assert "</find:" in answer
    assert "0" not in answer.replace("</find:", "").split(">")[-1]


async def test_saving_twice_keeps_it_once_and_says_so(world: World) -> None:
    page = await find(world, world.member, "LightBurn documentation")
    await press(world.member, page, "Save")
    again = await press(world.member, page, "Save")
    assert "on your list already" in words(again)
    assert "Undo" not in buttons(again)
    assert "1 resource" in words(await saved(world, world.member))


async def test_saving_can_be_undone(world: World) -> None:
    told = await press(world.member, await find(world, world.member, "LightBurn documentation"), "Save")
    await press(world.member, told, "Undo")
    assert "Nothing saved yet" in words(await saved(world, world.member))


async def test_an_undo_works_for_half_an_hour(world: World) -> None:
    told = await press(world.member, await find(world, world.member, "LightBurn documentation"), "Save")
    await world.env.advance_time(31 * 60)
    assert "too long ago" in words(await press(world.member, told, "Undo"))
    assert "1 resource" in words(await saved(world, world.member))


async def test_taking_off_can_be_undone(world: World) -> None:
    await press(world.member, await find(world, world.member, "LightBurn documentation"), "Save")
    result = await world.member.click(
        (shown := await saved(world, world.member)), custom_id=custom_id(shown, "Take off my list")
    )
    assert "Nothing saved yet" in words(result.response)
    await press(world.member, seen(result), "Undo")
    assert "1 resource" in words(await saved(world, world.member))


async def test_a_long_list_has_pages_newest_first(world: World) -> None:
    page = await find(world, world.member, "policy")
    for nth in range(4):
        await world.env.advance_time(1)
        await press(world.member, page, "Save", nth)
    await world.env.advance_time(1)
    await press(world.member, await find(world, world.member, "LightBurn documentation"), "Save")
    first = await saved(world, world.member)
    assert "LightBurn" in words(first).splitlines()[2]
    assert buttons(first).count("Take off my list") == 4
    assert buttons(await press(world.member, first, "Next →")).count("Take off my list") == 1


async def test_a_resource_that_is_gone_cannot_be_saved_and_the_member_hears_why(world: World) -> None:
    page = await find(world, world.member, "LightBurn documentation")
    await take_out(world, int(custom_id(page, "Save").removeprefix("save:")))
    assert "no longer in the catalogue" in words(await press(world.member, page, "Save"))


async def test_more_like_a_resource_that_is_gone_says_so(world: World) -> None:
    page = await find(world, world.member, "LightBurn documentation")
    await take_out(world, int(custom_id(page, "Save").removeprefix("save:")))
    assert "no longer in the catalogue" in words(await press(world.member, page, "More like this"))


async def test_pressing_save_many_times_at_once_saves_once(world: World) -> None:
    page = await find(world, world.member, "LightBurn documentation")
    async with at_once(world.env):
        for _ in range(20):
            await world.member.click(page, custom_id=custom_id(page, "Save"))
    assert "1 resource" in words(await saved(world, world.member))


async def take_out(world: World, resource_id: int) -> None:
    """Take a resource out of the catalogue behind the members' backs."""
    async with world.database.write() as connection:
        resource = await resources.get(connection, world.guild.id, resource_id)
        assert resource is not None
        await resources.decide(connection, resource, status=resources.DECLINED, by=world.owner.id, now=world.env.now())
        await search.remove(connection, world.guild.id, "resources", str(resource_id))
