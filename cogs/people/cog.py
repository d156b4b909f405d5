"""The room's commands: `/profile`, `/people` and `/privacy`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.kit.host import host_of
from bot.kit.words import tidy
from cogs.people import terms, views
from cogs.people.personal import PERSONAL
from cogs.people.service import Asking, Finding, Introducing, Leaving
from cogs.people.service.finding import Sought
from cogs.people.views import editing, finding, leaving, viewing

if TYPE_CHECKING:
    from bot.kit.host import Host

CHOICE_LIMIT = 100
"""Characters of an autocomplete choice."""
CHOICES_LIMIT = 25
_SETTINGS = (terms.LIKE_MINE, *terms.SETTINGS, terms.SMALL_OR_RURAL)


async def move_in(bot: Host) -> None:
    """Bring the room's services, commands and buttons into the bot."""
    bot.serve(Introducing(bot.database, bot.clock, bot.vocabulary))
    bot.serve(Finding(bot.database, bot.clock, bot.vocabulary))
    bot.serve(Asking(bot.database, bot.clock))
    bot.serve(Leaving(bot.database, bot.clock, bot.personal))
    bot.personal[PERSONAL.name] = PERSONAL
    views.register(bot)
    await bot.add_cog(People(bot))


class People(commands.Cog):
    """Profiles, finding people, and one's own data."""

    profile = app_commands.Group(name="profile", description="Who you are here, and who sees it", guild_only=True)
    privacy = app_commands.Group(name="privacy", description="Your data, in your hands")

    def __init__(self, bot: Host) -> None:
        self._bot = bot

    @commands.Cog.listener("on_raw_member_remove")
    async def left(self, event: discord.RawMemberRemoveEvent) -> None:
        """Who leaves is no longer listed. Discord tells it only where the members intent is switched on."""
        await self._bot.service(Introducing).gone(event.guild_id, event.user.id)

    @profile.command(name="view", description="Your profile, or what another member shows of theirs")
    @app_commands.describe(member="Whose; yours if you leave it out")
    async def view(self, interaction: discord.Interaction[Any], member: discord.Member | None = None) -> None:
        """Show it, privately."""
        view = await viewing.profile_of(interaction, (member or interaction.user).id)
        await interaction.response.send_message(view=view, ephemeral=True)

    @profile.command(name="edit", description="Say who you are, which tools you know, and who sees it")
    async def edit(self, interaction: discord.Interaction[Any]) -> None:
        """Open the first of three steps."""
        await editing.open_form(interaction)

    @app_commands.command(name="people", description="Who has experience with a tool, in a library like yours")
    @app_commands.guild_only()
    @app_commands.describe(
        tool="Who knows this tool", setting="In this kind of library", near="A city or a state, such as Iowa"
    )
    @app_commands.choices(setting=[app_commands.Choice(name=term.label, value=term.slug) for term in _SETTINGS])
    async def people(
        self,
        interaction: discord.Interaction[Any],
        tool: str | None = None,
        setting: str | None = None,
        near: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Show them, privately."""
        view = await finding.people(interaction, Sought(tool or "", setting or "", near or ""))
        await interaction.response.send_message(view=view, ephemeral=True)

    @people.autocomplete("tool")
    async def complete_tool(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Tools whose name or brand begins so."""
        tools = host_of(interaction).vocabulary.complete(tidy(current)[:CHOICE_LIMIT])[:CHOICES_LIMIT]
        return [app_commands.Choice(name=f"{tool.label} {tool.emoji}", value=tool.slug) for tool in tools]

    @privacy.command(name="export", description="Everything I keep about you, as a file that only you see")
    async def export(self, interaction: discord.Interaction[Any]) -> None:
        """Give it."""
        await leaving.export(interaction)

    @privacy.command(name="delete", description="Delete what I keep about you, after one question")
    async def delete(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first."""
        await interaction.response.send_message(view=await leaving.ask_to_delete(interaction), ephemeral=True)
