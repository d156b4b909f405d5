"""Who counts as what, where a press says little about who presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kit.arguments import read_number, read_numbers
from bot.kit.errors import GoneError
from bot.kit.permissions import counts_as_organizer, has_left, organizers_channel
from tests.bot.delivery.steps import deny

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_who_is_no_member_here_is_no_organizer(world: World) -> None:
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    rosa = await world.bot.fetch_user(world.organizer.id)
    assert not counts_as_organizer(rosa, guild, world.bot)
    assert counts_as_organizer(await guild.fetch_member(rosa.id), guild, world.bot)


async def test_a_desk_where_the_bot_may_not_write_is_none(world: World) -> None:
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    assert organizers_channel(guild, world.bot) is not None
    deny(world, world.desk.id, send_messages=True)
    await world.env.settle()
    assert organizers_channel(guild, world.bot) is None


async def test_who_discord_says_nothing_about_is_taken_to_be_there(world: World) -> None:
    guild, kim = world.guild.id, world.member.id
    assert not await has_left(world.bot, guild, kim)
    world.env.inject_error("GET", f"/guilds/{guild}/members/{kim}", status=403, code=50001)
    assert not await has_left(world.bot, guild, kim)
    assert not await has_left(world.bot, guild + 1, kim), "a server that the bot is not in"
    world.guild.remove_member(world.member)
    assert await has_left(world.bot, guild, kim)


@pytest.mark.parametrize("argument", ["", "x", "1.5", "-1", " 1", "1\n", "9" * 19, "٣"])
def test_what_is_no_number_is_refused_in_words(argument: str) -> None:
    with pytest.raises(GoneError, match="older version"):
        read_number(argument)


def test_a_number_and_its_version_are_read() -> None:
    assert read_number("8999999999999999999") == 8999999999999999999
    assert [read_numbers(one) for one in ("7.3", "7", "")] == [(7, 3), (7, 0), (0, 0)]
    with pytest.raises(GoneError):
        read_numbers("7.x")
