from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.kit.cards import note
from bot.kit.pages import OpenList
from cogs.resources import starter
from cogs.welcome import doors
from db import setup
from db.setup import Part
from tests.cogs.setup.steps import press
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from db.setup import Settings
    from tests.kit.world import World


async def helped(world: World, who: MemberActor) -> Any:
    """What a member sees after /help."""
    return seen(await who.slash(world.general, "help"))


async def with_everything(world: World) -> Settings:
    """Let the server have every part and an agreement, so that every door is there."""
    parts = {f"{part}_id": world.general.id for part in Part}
    now = world.bot.clock()
    async with world.database.write() as connection:
        settings = await setup.change(
            connection, world.guild.id, now, **parts, agreement="Be kind.", agreement_version=1
        )
    world.bot.servers.keep(settings)
    return settings


def labels(world: World, shown: tuple[doors.Door, ...]) -> list[str]:
    return [door.label for door in doors.open_in(shown, world.bot.servers.of(world.guild.id))]


async def test_a_newcomer_sees_what_members_can_do_and_nothing_more(world: World) -> None:
    card = await helped(world, world.member)
    assert "I want to…" in words(card)
    assert buttons(card) == labels(world, doors.FOR_ALL)
    assert "Our agreement" not in buttons(card), "there is none"
    assert "/catalogue" not in words(card)
    assert "/setup" not in words(card)


async def test_an_organizer_sees_the_catalogue_too(world: World) -> None:
    card = await helped(world, world.organizer)
    assert buttons(card) == [*labels(world, doors.FOR_ALL), "As an organizer"]
    card = await press(world.organizer, card, "As an organizer")
    assert buttons(card) == [*labels(world, doors.FOR_ORGANIZERS), "As a member"]
    assert "</catalogue review:" in words(card)
    assert "/setup" not in words(card)


async def test_who_may_manage_the_server_sees_the_setup_too(world: World) -> None:
    card = await press(world.owner, await helped(world, world.owner), "As a manager")
    assert buttons(card) == [*labels(world, doors.FOR_MANAGERS), "As a member", "As an organizer"]
    assert "</setup check:" in words(card)


async def test_who_is_no_organizer_any_more_sees_what_members_can_do(world: World) -> None:
    card = await helped(world, world.organizer)
    role = world.guild.roles["Organizer"]
    world.env.backend.remove_member_role(world.guild.id, world.organizer.id, role.id)
    await world.env.settle()
    assert "I want to…" in words(await press(world.organizer, card, "As an organizer"))


async def test_help_fits_into_a_message_for_whoever_may_do_most(world: World) -> None:
    settings = await with_everything(world)
    for section in doors.SECTIONS.values():
        assert len(section.doors) <= 24, "three to a row, with what else is on the card, are 40 components"
        assert doors.open_in(section.doors, settings) == list(section.doors)
    for door in doors.ALL:
        assert len(door.label) <= 20


async def test_every_command_that_help_names_is_there(world: World) -> None:
    known = {command.qualified_name for command in world.bot.tree.walk_commands()}
    named = [
        command
        for wish in (*doors.WISHES, *doors.ORGANIZERS_WISHES, *doors.MANAGERS_WISHES)
        for command in wish.commands
    ]
    assert set(named) <= known
    await with_everything(world)
    card = await helped(world, world.owner)
    shown = words(card)
    for label in ("As an organizer", "As a manager"):
        shown += words(await press(world.owner, card, label))
    assert shown.count("</") == len(named)


@pytest.mark.parametrize("door", doors.ALL, ids=lambda door: door.custom_id)
async def test_every_button_opens_what_it_says(world: World, door: doors.Door) -> None:
    await with_everything(world)
    card = await helped(world, world.owner)
    for label in ("As an organizer", "As a manager"):
        if door.custom_id not in [part.get("custom_id") for part in components(card)]:
            card = await press(world.owner, await helped(world, world.owner), label)
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
