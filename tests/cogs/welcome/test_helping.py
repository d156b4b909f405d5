from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.kit.cards import note
from bot.kit.pages import OpenList
from cogs.resources import starter
from cogs.welcome import doors
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from tests.kit.world import World


async def helped(world: World, who: MemberActor) -> Any:
    """What a member sees after /help."""
    return seen(await who.slash(world.general, "help"))


def labels(shown: tuple[doors.Door, ...]) -> list[str]:
    return [door.label for door in shown]


async def test_a_newcomer_sees_what_members_can_do_and_nothing_more(world: World) -> None:
    card = await helped(world, world.member)
    assert "I want to…" in words(card)
    assert buttons(card) == labels(doors.FOR_ALL)
    assert "organizer" not in words(card)
    assert "/setup" not in words(card)


async def test_an_organizer_sees_the_catalogue_too(world: World) -> None:
    card = await helped(world, world.organizer)
    assert buttons(card) == labels((*doors.FOR_ALL, *doors.FOR_ORGANIZERS))
    assert "</catalogue review:" in words(card)
    assert "/setup" not in words(card)


async def test_who_may_manage_the_server_sees_the_setup_too(world: World) -> None:
    card = await helped(world, world.owner)
    assert buttons(card) == labels((*doors.FOR_ALL, *doors.FOR_ORGANIZERS, *doors.FOR_MANAGERS))
    assert "</setup check:" in words(card)


async def test_every_command_that_help_names_is_there(world: World) -> None:
    known = {command.qualified_name for command in world.bot.tree.walk_commands()}
    named = [
        command
        for wish in (*doors.WISHES, *doors.ORGANIZERS_WISHES, *doors.MANAGERS_WISHES)
        for command in wish.commands
    ]
    assert set(named) <= known
    assert words(await helped(world, world.owner)).count("</") == len(named)


@pytest.mark.parametrize("door", doors.ALL, ids=lambda door: door.custom_id)
async def test_every_button_opens_what_it_says(world: World, door: doors.Door) -> None:
    card = await helped(world, world.owner)
    opened = await world.owner.click(card, custom_id=door.custom_id)
    shown = str(opened.modal) if opened.modal is not None else words(seen(opened))
    assert shown
    assert "Something went wrong" not in shown


@pytest.mark.parametrize("shelves", [starter.read])
async def test_a_word_typed_into_the_form_finds_resources(world: World) -> None:
    card = await helped(world, world.member)
    form = await world.member.click(card, custom_id=custom_id(card, "Find a resource"))
    found = seen(await world.member.submit_modal(form, {"query": "laser cutter safety"}))
    assert "laser" in words(found).casefold()
    assert "Save" in buttons(found)


async def test_a_button_of_a_list_that_is_no_more_says_so(world: World) -> None:
    channel = world.bot.get_channel(world.general.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send(view=note("An old card", OpenList("oldlist")))
    (card,) = world.general.history()
    assert "older version" in words(seen(await world.member.click(card, custom_id="open:oldlist")))
