"""The room's command, `/help`, and what it listens for to keep its panels in step."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from discord import app_commands
from discord.ext import commands

from bot.kit.waiting import Waiting
from cogs.welcome import views
from cogs.welcome.personal import PERSONAL
from cogs.welcome.service import Greeting, Standing, Telling
from cogs.welcome.views.helping import ways
from db.faults import StorageFault

if TYPE_CHECKING:
    import discord

    from bot.kit.host import Host


async def move_in(bot: Host) -> None:
    """Bring the room's command and buttons into the bot."""
    bot.serve(Standing(bot.database, bot.clock, bot.servers, bot.waiting, bot.upcoming))
    bot.serve(Greeting(bot.database, bot.clock, bot.servers))
    telling = Telling(bot.database, bot.clock)
    bot.serve(telling)
    bot.waiting["told"] = Waiting("message from a member", "messages from members", telling.waiting)
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

    @commands.Cog.listener("on_member_join")
    async def greet(self, member: discord.Member) -> None:
        """Greet a newcomer. Discord tells it only where the members intent is switched on."""
        if not member.bot:
            await self._bot.service(Greeting).came(member.guild.id, member.id)

    @commands.Cog.listener("on_raw_member_remove")
    async def left(self, event: discord.RawMemberRemoveEvent) -> None:
        """Greet nobody who has left."""
        await self._bot.service(Greeting).left(event.guild_id, event.user.id)

    @commands.Cog.listener("on_answered")
    async def look(self, interaction: discord.Interaction[Any]) -> None:
        """Look whether what somebody just did changed what the panels show."""
        if interaction.guild_id is not None:
            with suppress(StorageFault):  # the next press looks again
                await self._bot.service(Telling).note_met(self._bot.servers.take_met())
                await self._bot.service(Standing).look(interaction.guild_id)

    @app_commands.command(name="help", description="What you can do here, by what you want")
    @app_commands.guild_only()
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=ways(interaction), ephemeral=True)
