"""The room's commands: `/setup start`, `check` and `settings`, for people who may manage the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.kit.permissions import require_manager
from cogs.setup import views
from cogs.setup.personal import PERSONAL
from cogs.setup.service import Making, Settling
from cogs.setup.views.checking import checked
from cogs.setup.views.settling import overview
from cogs.setup.views.starting import opening

if TYPE_CHECKING:
    from bot.kit.host import Host


async def move_in(bot: Host) -> None:
    """Bring the room's services, commands and buttons into the bot."""
    bot.serve(Settling(bot.database, bot.clock, bot.servers))
    bot.serve(Making(bot.database, bot.clock, bot.servers))
    bot.personal[PERSONAL.name] = PERSONAL
    views.register(bot)
    await bot.add_cog(Setup())


class Setup(commands.Cog):
    """Set a server up, look whether all is well, and change it later."""

    setup = app_commands.Group(
        name="setup",
        description="For server managers: set up Benchmate",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @setup.command(name="start", description="Make or choose channels, the organizers' role and the time zone")
    async def start(self, interaction: discord.Interaction[Any]) -> None:
        """Open the wizard, where the manager left off if they did."""
        await interaction.response.send_message(view=await opening(interaction), ephemeral=True)

    @setup.command(name="check", description="See what is missing or closed, and fix it")
    async def check(self, interaction: discord.Interaction[Any]) -> None:
        """Look at everything; that takes a few questions to Discord."""
        require_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(view=await checked(interaction), ephemeral=True)

    @setup.command(name="settings", description="Change what is set up, and see who changed what")
    async def settings(self, interaction: discord.Interaction[Any]) -> None:
        """Show what is set up."""
        await interaction.response.send_message(view=overview(interaction), ephemeral=True)
