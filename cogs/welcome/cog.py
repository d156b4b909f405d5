"""The room's command: `/help`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import app_commands
from discord.ext import commands

from cogs.welcome import views
from cogs.welcome.views.helping import ways

if TYPE_CHECKING:
    import discord

    from bot.kit.host import Host


async def move_in(bot: Host) -> None:
    """Bring the room's command and buttons into the bot."""
    views.register(bot)
    await bot.add_cog(Welcome())


class Welcome(commands.Cog):
    """Make a newcomer feel at home."""

    @app_commands.command(name="help", description="What you can do here, by what you want")
    @app_commands.guild_only()
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=ways(interaction), ephemeral=True)
