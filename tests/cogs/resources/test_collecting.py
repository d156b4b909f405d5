from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from cogs.resources.views.collecting import Keep, NewCollection, Open
from cogs.resources.views.keeping import AddTo, MoveUp, RemoveCollection, Rename, TakeOut
from tests.cogs.resources.steps import fill, find, lose_role, press, publish, shown_to_all
from tests.kit.settling import at_once
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from tests.kit.world import World

LIGHTBURN = "https://github.com/LightBurnSoftware/Documentation"


async def collection(world: World, who: MemberActor, **options: str) -> Any:
    return seen(await who.slash(world.general, "catalogue collection", **options))


async def looked_at(world: World, who: MemberActor) -> Any:
    """The first collection, as a member comes to it."""
    page = seen(await who.slash(world.general, "resource recent"))
    return await press(who, await press(who, page, "Collections"), "Open")


def titles(message: Any) -> list[str]:
    return re.findall(r"^\*\*\[(.*?)\]\(", words(message), re.MULTILINE)


async def started(world: World, *found: str) -> Any:
    """A collection with the first results of these searches, in their order; the organizer's card."""
    card = await collection(world, world.organizer, name="Start here")
    for query in found:
        page = await find(world, world.organizer, query)
        number = custom_id(page, "Save").removeprefix("save:")
        card = await collection(world, world.organizer, name="start HERE", add=number, sentence=f"For {query}")
    return card


async def test_an_organizer_makes_a_list_and_members_look_at_it(world: World) -> None:
    await publish(world)
    empty = await collection(world, world.organizer)
    assert "No collections yet" in words(empty)
    made = await fill(world.organizer, empty, "New collection", name="Starting a makerspace", about="Read these first")
    assert "Empty so far" in words(made)
    made = await fill(
        world.organizer, made, "Add a resource", resource="our laser rules", sentence="For the wall *first*"
    )
    await fill(world.organizer, made, "Add a resource", resource=LIGHTBURN)
    shown = await looked_at(world, world.member)
    assert "Starting a makerspace 📚" in words(shown)
    assert f"Kept by <@{world.organizer.id}>" in words(shown)
    assert "For the wall *first* 💬" in words(shown)
    assert titles(shown) == ["Our laser rules", "LightBurn Documentation"]
    assert buttons(shown) == ["Save", "Report broken link"] * 2, "members change nothing"


async def test_the_command_puts_a_chosen_resource_into_a_list_and_makes_the_list_if_need_be(world: World) -> None:
    number = await publish(world)
    card = await collection(world, world.organizer, name="Lasers", add=str(number), sentence="Start with this")
    assert "Lasers 📚" in words(card)
    assert "Start with this 💬" in words(card)
    names = await world.organizer.autocomplete(world.general, "catalogue collection", "name", "las")
    assert [choice["value"] for choice in names] == ["Lasers"]
    offered = await world.organizer.autocomplete(world.general, "catalogue collection", "add", "our laser")
    assert [choice["value"] for choice in offered] == [str(number)]


async def test_a_resource_that_nobody_knows_makes_no_list(world: World) -> None:
    answer = await collection(world, world.organizer, name="Lasers", add="no such thing")
    assert "which resource you mean" in words(answer)
    assert "No collections yet" in words(await collection(world, world.organizer))


async def test_moving_up_changes_the_order_for_everyone(world: World) -> None:
    card = await started(world, "LightBurn documentation", "sewing", "3D printer policy")
    first, second, third = titles(card)
    card = await press(world.organizer, card, "Move up", 1)
    assert titles(card) == [first, third, second]
    card = await press(world.organizer, card, "Move up", 0)
    assert titles(await looked_at(world, world.member)) == [third, first, second]
    assert buttons(card)[:2] == ["Sentence", "Take out"], "the first cannot move up"


async def test_adding_one_twice_only_changes_what_is_said(world: World) -> None:
    card = await started(world, "LightBurn documentation")
    card = await fill(world.organizer, card, "Add a resource", resource=LIGHTBURN, sentence="Said anew")
    assert titles(card) == ["LightBurn Documentation"]
    assert "Said anew 💬" in words(card)
    card = await fill(world.organizer, card, "Sentence", sentence="And once more")
    assert "And once more 💬" in words(card)


async def test_taking_out_can_be_undone_with_place_and_sentence(world: World) -> None:
    card = await started(world, "LightBurn documentation", "sewing", "3D printer policy")
    before = titles(card)
    told = seen(await world.organizer.click(card, custom_id=custom_id(card, "Take out", 1)))
    assert titles(await looked_at(world, world.member)) == [before[0], before[2]]
    await press(world.organizer, told, "Undo")
    again = await looked_at(world, world.member)
    assert titles(again) == before
    assert "For sewing 💬" in words(again)


async def test_renaming_keeps_what_is_in_it(world: World) -> None:
    card = await started(world, "LightBurn documentation")
    card = await fill(world.organizer, card, "Rename", name="First steps", about="Shorter")
    assert "First steps 📚\nShorter" in words(card)
    assert titles(card) == ["LightBurn Documentation"]


@pytest.mark.parametrize("name", ["start here", "START HERE", " Start   here "])
async def test_two_lists_cannot_have_one_name(world: World, name: str) -> None:
    await started(world)
    page = await collection(world, world.organizer)
    refused = await fill(world.organizer, page, "New collection", name=name)
    assert "already" in words(refused)
    assert "Open the form again" in buttons(refused)


async def test_a_name_without_words_is_refused(world: World) -> None:
    page = await collection(world, world.organizer)
    assert "at least one word" in words(await fill(world.organizer, page, "New collection", name="🎉"))


async def test_removing_a_list_asks_first_and_leaves_its_resources(world: World) -> None:
    card = await started(world, "LightBurn documentation")
    asked = await press(world.organizer, card, "Remove this list")
    assert "cannot be brought back" in words(asked)
    kept = await press(world.organizer, asked, "Keep it")
    assert titles(kept) == ["LightBurn Documentation"]
    asked = await press(world.organizer, kept, "Remove this list")
    assert "is gone" in words(await press(world.organizer, asked, "Remove it"))
    assert "No collections yet" in words(await collection(world, world.organizer))
    assert "LightBurn Documentation" in words(await find(world, world.member, "LightBurn documentation"))


async def test_what_is_removed_from_the_catalogue_leaves_the_list_and_comes_back_to_its_place(world: World) -> None:
    number = await publish(world)
    card = await collection(world, world.organizer, name="Start here", add=str(number))
    await fill(world.organizer, card, "Add a resource", resource=LIGHTBURN)
    removed = seen(await world.organizer.slash(world.general, "catalogue remove", resource=str(number)))
    shown = await looked_at(world, world.member)
    assert titles(shown) == ["LightBurn Documentation"]
    await press(world.organizer, removed, "Undo")
    assert titles(await looked_at(world, world.member)) == ["Our laser rules", "LightBurn Documentation"]


async def test_a_long_list_has_pages_and_every_card_fits(world: World) -> None:
    card = await started(
        world, "LightBurn documentation", "sewing", "3D printer policy", "button maker", "vinyl cutter", "laser"
    )
    assert 1 <= len(titles(card)) <= 2, "the page of what was added last is shown"
    first = await press(world.organizer, card, "← Back")
    assert len(titles(first)) == 4
    assert sum(1 for _ in components(first)) <= 40
    shown = await looked_at(world, world.organizer)
    assert "Change this list" in buttons(shown)
    assert titles(await press(world.organizer, shown, "Change this list")) == titles(first)


async def test_members_change_nothing_whatever_they_press(world: World) -> None:
    card = await started(world, "LightBurn documentation", "sewing")
    number = custom_id(card, "Rename").split(":")[1]
    resource = custom_id(card, "Take out").split(":")[2]
    state = (number, resource, "0")
    assert "Only organizers" in words(await collection(world, world.member))
    one = await shown_to_all(world, NewCollection(), Keep(number), AddTo(number), Rename(number))
    other = await shown_to_all(world, RemoveCollection(number), MoveUp(*state), TakeOut(*state))
    for message in (one, other):
        for label in buttons(message):
            assert "Only organizers" in words(await press(world.member, message, label))


async def test_an_organizer_who_no_longer_is_one_adds_nothing_with_an_open_form(world: World) -> None:
    card = await started(world, "LightBurn documentation")
    form = await world.organizer.click(card, custom_id=custom_id(card, "Add a resource"))
    lose_role(world)
    assert "Only organizers" in words(seen(await world.organizer.submit_modal(form, {"resource": "x"})))


async def test_a_list_of_another_server_is_not_opened_here(world: World) -> None:
    card = await started(world, "LightBurn documentation")
    number = custom_id(card, "Rename").split(":")[1]
    elsewhere = world.env.create_guild("Elsewhere", owner=(owner := world.env.create_user("eve")))
    world.general = elsewhere.create_text_channel("general")
    eve = elsewhere.add_member(owner)
    await world.env.settle()
    message = await shown_to_all(world, Open(number), Keep(number), RemoveCollection(number))
    for label in buttons(message):
        assert "no longer there" in words(await press(eve, message, label))


async def test_two_organizers_who_add_at_once_both_add(world: World) -> None:
    number = await publish(world)
    await started(world)
    async with at_once(world.env):
        await world.organizer.slash(world.general, "catalogue collection", name="Start here", add=str(number))
        await world.owner.slash(world.general, "catalogue collection", name="Start here", add=LIGHTBURN)
    assert sorted(titles(await looked_at(world, world.member))) == ["LightBurn Documentation", "Our laser rules"]


async def test_collections_live_through_a_restart(world: World) -> None:
    card = await started(world, "LightBurn documentation", "sewing")
    before = titles(card)
    await world.restart()
    assert titles(await press(world.organizer, card, "Move up")) == before[::-1]
