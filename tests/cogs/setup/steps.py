"""Steps that several tests of the setup take, and the servers they begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from db import setup
from tests.kit.world import custom_id, seen, select_id

if TYPE_CHECKING:
    from simcord import ChannelHandle, GuildHandle, MemberActor

    from tests.kit.world import World

BASICS = ["start-here", "announcements", "questions", "introductions", "show-and-tell", "organizers-desk"]
MANAGE_SERVER = discord.Permissions(manage_guild=True)


class Empty:
    """A new server: one channel, an owner, a manager who holds only Manage Server, and a member."""

    guild: GuildHandle
    general: ChannelHandle
    owner: MemberActor
    manager: MemberActor
    member: MemberActor

    def __init__(self, world: World) -> None:
        self.world = world
        self.env = world.env

    async def build(self) -> Empty:
        owner = self.env.create_user("nora")
        self.guild = self.env.create_guild("Oak County Makers", owner=owner)
        self.owner = self.guild.add_member(owner)
        managers = self.guild.create_role("Managers", permissions=MANAGE_SERVER)
        self.manager = self.guild.add_member(self.env.create_user("max"), roles=[managers])
        self.member = self.guild.add_member(self.env.create_user("kim"))
        self.general = self.guild.create_text_channel("general")
        await self.env.settle()
        return self

    @property
    def names(self) -> list[str]:
        """The names of all channels, in order."""
        backend = self.env.backend
        return [str(backend.channels[number].name) for number in backend.get_guild(self.guild.id).channel_ids]

    @property
    def role_names(self) -> list[str]:
        return list(self.guild.roles)

    @property
    def discord_guild(self) -> discord.Guild:
        """The server as the bot knows it."""
        guild = self.world.bot.get_guild(self.guild.id)
        assert guild is not None
        return guild

    def bot_may(self, permissions: discord.Permissions) -> None:
        """From now on the bot's own role allows just that."""
        backend = self.env.backend
        (role,) = [role for role in backend.get_guild(self.guild.id).roles.values() if role.managed]
        backend.edit_role(self.guild.id, role.id, {"permissions": permissions.value})

    async def public(self, *items: ui.Item[Any]) -> Any:
        """A message in the channel that everyone can press."""
        view = ui.LayoutView(timeout=None)
        view.add_item(ui.ActionRow(*items))
        channel = self.world.bot.get_channel(self.general.id)
        assert isinstance(channel, discord.TextChannel)
        return await channel.send(view=view)

    async def settings(self) -> setup.Settings:
        async with self.world.database.read() as connection:
            return await setup.get(connection, self.guild.id)

    def shown_channel(self, part: setup.Part) -> discord.TextChannel | discord.ForumChannel:
        """The channel that serves a part, as the bot knows it."""
        number = self.world.bot.servers.of(self.guild.id).channels[part]
        channel = self.discord_guild.get_channel(number)
        assert isinstance(channel, discord.TextChannel | discord.ForumChannel)
        return channel


async def start(empty: Empty, who: MemberActor | None = None) -> Any:
    """What a manager sees after /setup start."""
    return seen(await (who or empty.owner).slash(empty.general, "setup start"))


def draft_in(message: Any) -> str:
    """The number of the draft that a card of the wizard is about."""
    return custom_id(message, "Start over").rpartition(":")[2]


async def press(who: MemberActor, message: Any, label: str) -> Any:
    """What a person sees after pressing a button by its label."""
    return seen(await who.click(message, custom_id=custom_id(message, label)))


async def choose(who: MemberActor, message: Any, placeholder: str, *values: Any) -> Any:
    """What a person sees after choosing in the select that says so."""
    return seen(await who.select(message, list(values), custom_id=select_id(message, placeholder)))


async def summary(empty: Empty, who: MemberActor | None = None) -> Any:
    """The summary of just the basics, with Eastern time."""
    who = who or empty.owner
    zones = await press(who, await start(empty, who), "Just the basics")
    return await choose(who, zones, "The usual ones", "America/New_York")


async def set_up(empty: Empty, who: MemberActor | None = None) -> Any:
    """Set up just the basics; what the manager sees then."""
    who = who or empty.owner
    return await press(who, await summary(empty, who), "Make it")
