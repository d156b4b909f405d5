"""`/setup settings`: change any of it later, and read who changed what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton, PersistentChannelSelect, PersistentRoleSelect, PersistentSelect
from bot.kit.errors import NotAllowedError
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import guild_of, is_manager, is_organizer, require_manager
from cogs.setup.cards import settings as cards
from cogs.setup.parts import PARTS, about
from cogs.setup.service import Settling
from cogs.setup.views import zoning
from cogs.setup.views.choosing import CHANNEL_TYPES, chosen_channel, chosen_role
from cogs.setup.views.inviting import BringPeople
from cogs.setup.views.wizard import A_PART
from db.setup import AGREEMENT, GREETS, ROLE, ZONE, Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

LOG = "setup-log"
SCREENS: dict[str, Callable[[discord.Interaction[Any]], ui.LayoutView]] = {}
"""By setting, how the screen is drawn that changes it; for those with a module of their own."""


def overview(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """What is set up now, and what can be changed."""
    guild, servers = require_manager(interaction), host_of(interaction).servers
    buttons: list[ui.Item[Any]] = [Log(), BringPeople()]
    return cards.overview(servers.of(guild.id), servers.zone(guild.id).key, ChangeWhat().filled(), buttons)


async def overview_again(interaction: discord.Interaction[Any]) -> None:
    """Show what is set up in the place of the card that was pressed."""
    await interaction.response.edit_message(view=overview(interaction))


async def page_of_log(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the log, for organizers and managers."""
    guild, host = guild_of(interaction), host_of(interaction)
    if not (is_manager(interaction) or is_organizer(interaction.user, guild, host)):
        raise NotAllowedError(
            "Only organizers can read this. If you should be one, ask the server's owner for the organizers' role."
        )
    service = host.service(Settling)
    found, total = await service.log(guild.id, page, cards.LINES)
    if not found and total:
        page = within(page, total, cards.LINES)
        found, total = await service.log(guild.id, page, cards.LINES)
    return cards.log(found, turns(LOG, "", interaction.user.id, page, total, cards.LINES))


class ChangeWhat(PersistentSelect, template=r"setup-settings"):
    """Which setting to change."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="setup-settings", placeholder="What would you like to change?"))

    def filled(self) -> ChangeWhat:
        """With all settings."""
        named = [(what.part.value, what.label) for what in PARTS] + [
            (ROLE, "Who the organizers are"),
            (ZONE, "Time zone"),
            (AGREEMENT, "Community agreement"),
            (GREETS, "Greeting newcomers"),
        ]
        self.item.options = [discord.SelectOption(label=label, value=value) for value, label in named]
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show what can be put in its place."""
        guild, servers = require_manager(interaction), host_of(interaction).servers
        settings, chosen = servers.of(guild.id), self.values[0] if self.values else ""
        if chosen == ROLE:
            view = cards.change_role(settings, ChangeRole(), [Back()])
        elif chosen in SCREENS:
            view = SCREENS[chosen](interaction)
        elif chosen in [part.value for part in Part]:
            what = about(Part(chosen))
            view = cards.change(what, settings, ChangeChannel(chosen).of(forum=what.forum), [LeaveOut(chosen), Back()])
        else:
            select = zoning.ChooseZone(zoning.SETTINGS).of(zoning.USUAL, "The usual ones")
            view = cards.change_zone(servers.zone(guild.id).key, select, [zoning.TypeCity(zoning.SETTINGS), Back()])
        await interaction.response.edit_message(view=view)


class ChangeChannel(PersistentChannelSelect, template=rf"setup-take:{A_PART}"):
    """Another channel for a part."""

    def __init__(self, part: str) -> None:
        self.part = Part(part)
        super().__init__(ui.ChannelSelect(custom_id=f"setup-take:{part}", placeholder="Choose a channel"))

    def of(self, *, forum: bool) -> ChangeChannel:
        """With the kinds of channel that serve."""
        self.item.channel_types = CHANNEL_TYPES[forum]
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it."""
        guild = require_manager(interaction)
        channel = chosen_channel(interaction, self.item.values, self.part)
        await host_of(interaction).service(Settling).channel(guild.id, interaction.user.id, self.part, channel.id)
        await overview_again(interaction)


class LeaveOut(PersistentButton, template=rf"setup-leave:{A_PART}"):
    """The server does not want this part."""

    def __init__(self, part: str) -> None:
        self.part = Part(part)
        super().__init__(
            ui.Button(label="Leave it out", style=discord.ButtonStyle.secondary, custom_id=f"setup-leave:{part}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it."""
        guild = require_manager(interaction)
        await host_of(interaction).service(Settling).leave_out(guild.id, interaction.user.id, self.part)
        await overview_again(interaction)


class ChangeRole(PersistentRoleSelect, template=r"setup-take-role"):
    """Another role for organizers."""

    def __init__(self) -> None:
        super().__init__(ui.RoleSelect(custom_id="setup-take-role", placeholder="Choose a role"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it."""
        guild = require_manager(interaction)
        role = chosen_role(interaction, self.item.values)
        await host_of(interaction).service(Settling).role(guild.id, interaction.user.id, role.id)
        await overview_again(interaction)


class Back(PersistentButton, template=r"setup-back"):
    """Shows what is set up."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Back", style=discord.ButtonStyle.secondary, custom_id="setup-back"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        await overview_again(interaction)


class OpenSettings(PersistentButton, template=r"setup-open"):
    """Shows what is set up, from a card of another room."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Settings", style=discord.ButtonStyle.secondary, custom_id="setup-open"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it as a card of its own."""
        await interaction.response.send_message(view=overview(interaction), ephemeral=True)


class Log(PersistentButton, template=r"setup-log"):
    """Shows who changed what."""

    def __init__(self) -> None:
        super().__init__(
            ui.Button(label="Who changed what", emoji="📜", style=discord.ButtonStyle.secondary, custom_id="setup-log")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show the newest."""
        await interaction.response.send_message(view=await page_of_log(interaction, "", 0), ephemeral=True)


zoning.AFTER[zoning.SETTINGS] = overview_again

ITEMS = (ChangeWhat, ChangeChannel, LeaveOut, ChangeRole, Back, OpenSettings, Log)
PAGES: dict[str, PageMaker] = {LOG: page_of_log}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
