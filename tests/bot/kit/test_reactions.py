from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
from discord import ui

from bot.kit.buttons import NUMBER
from bot.kit.forms import OpenAgain
from bot.kit.pages import Turn
from bot.kit.permissions import is_organizer
from bot.kit.reactions import Confirm, Undo, question
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from typing import Any

    from tests.kit.world import World


async def show(world: World, *items: ui.Item[Any]) -> discord.Message:
    """Put a card with these items into the channel, as one from an earlier version might stand there."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.ActionRow(*items))
    channel = world.bot.get_channel(world.general.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.send(view=view)


@pytest.mark.parametrize(
    "item",
    [
        Confirm("no-such-deed", "1"),
        Undo("no-such-deed", "1", "99999999999"),
        Turn("nowhere", "", "1", "0", "next"),
    ],
    ids=lambda item: type(item).__name__,
)
async def test_a_button_of_an_older_version_says_so(world: World, item: Any) -> None:
    card = await show(world, item)
    assert "older version" in words(seen(await world.member.click(card, custom_id=item.custom_id)))


async def test_a_question_names_the_deed_on_its_button(world: World) -> None:
    channel = world.bot.get_channel(world.general.id)
    assert isinstance(channel, discord.TextChannel)
    card = await channel.send(view=question("Really?", "suggest-away", "1", "Throw it away"))
    assert buttons(card) == ["Throw it away", "Keep it"]


async def test_a_form_of_someone_else_cannot_be_opened_again(world: World) -> None:
    number = await world.bot.drafts.keep(
        guild_id=world.guild.id, user_id=world.member.id, form="suggest", answers={"title": "mine"}
    )
    card = await show(world, OpenAgain(str(number)))
    refused = await world.other.click(card, custom_id=custom_id(card, "Open the form again"))
    assert "Someone else" in words(seen(refused))
    mine = await world.member.click(card, custom_id=custom_id(card, "Open the form again"))
    assert "mine" in str(mine.modal)


async def test_a_draft_of_a_form_that_is_no_more_says_so(world: World) -> None:
    number = await world.bot.drafts.keep(
        guild_id=world.guild.id, user_id=world.member.id, form="form-of-last-year", answers={"title": "mine"}
    )
    card = await show(world, OpenAgain(str(number)))
    gone = await world.member.click(card, custom_id=custom_id(card, "Open the form again"))
    assert "older version" in words(seen(gone))


async def test_a_draft_is_forgotten_after_two_weeks(world: World) -> None:
    number = await world.bot.drafts.keep(
        guild_id=world.guild.id, user_id=world.member.id, form="suggest", answers={"title": "mine"}
    )
    card = await show(world, OpenAgain(str(number)))
    await world.env.advance_time(15 * 24 * 3600)
    await world.bot.drafts.keep(guild_id=1, user_id=1, form="suggest", answers={})
    gone = await world.member.click(card, custom_id=custom_id(card, "Open the form again"))
    assert "start again" in words(seen(gone))


@pytest.mark.parametrize("number", ["0", "999999999999999999", "1456074443980800010", "8999999999999999999"])
def test_a_number_in_a_custom_id_always_fits_the_database(number: str) -> None:
    import re

    assert re.fullmatch(NUMBER, number)
    assert int(number) < 2**63
    assert not re.fullmatch(NUMBER, "9999999999999999999")


async def test_a_person_outside_the_server_is_no_organizer(world: World) -> None:
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    assert guild.me is not None
    assert not is_organizer(guild.me, guild, world.bot)
