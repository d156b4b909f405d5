"""The room's command, `/help`, and what it listens for to keep its panels in step."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from discord import app_commands
from discord.ext import commands

from cogs.welcome import views
from cogs.welcome.personal import PERSONAL
from cogs.welcome.service import Standing
from cogs.welcome.views.helping import ways
from db.faults import StorageFault

if TYPE_CHECKING:
    import discord

    from bot.kit.host import Host


async def move_in(bot: Host) -> None:
    """Bring the room's command and buttons into the bot."""
    bot.serve(Standing(bot.database, bot.clock, bot.servers, bot.waiting, bot.upcoming))
    bot.personal[PERSONAL.name] = PERSONAL
    views.register(bot)
    await bot.add_cog(Welcome(bot))


class Welcome(commands.Cog):
    """Make a newcomer feel at home."""

    def __init__(self, bot: Host) -> None:
        self._bot = bot

    @commands.Cog.listener("on_guild_join")
    @commands.Cog.listener("on_guild_available")
    async def see(self, guild: discord.Guild) -> None:
        """Bring a server's panels in step, once in a start: this version may have more to show."""
        await self._bot.service(Standing).look(guild.id)

    @commands.Cog.listener("on_guild_remove")
    async def forget(self, guild: discord.Guild) -> None:
        """Remember nothing of a server that sent Benchmate away."""
        self._bot.service(Standing).forget(guild.id)

    @commands.Cog.listener("on_answered")
    async def look(self, interaction: discord.Interaction[Any]) -> None:
        """Look whether what somebody just did changed what the panels show."""
        if interaction.guild_id is not None:
            with suppress(StorageFault):  # the next press looks again
                await self._bot.service(Standing).look(interaction.guild_id)

    @app_commands.command(name="help", description="What you can do here, by what you want")
    @app_commands.guild_only()
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=ways(interaction), ephemeral=True)
