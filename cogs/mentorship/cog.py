"""The room's commands, `/mentor` and `/mentorship`, and what it listens for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.kit.host import host_of
from bot.kit.permissions import guild_of, organizers_channel
from bot.kit.waiting import Waiting
from cogs.mentorship import views
from cogs.mentorship.personal import personal_data
from cogs.mentorship.service import (
    Answering,
    Circling,
    Counting,
    Dating,
    Joining,
    LookingBack,
    Meeting,
    Opening,
    Passing,
    Reviewing,
)
from cogs.mentorship.service.telling import Post
from cogs.mentorship.views import excluding, joining, overview, reviewing, rounds, standing
from db.delivery import Way

if TYPE_CHECKING:
    from bot.kit.host import Host


async def move_in(bot: Host) -> None:
    """Bring the room's services, commands and buttons into the bot."""

    def desk(guild_id: int) -> tuple[Way, int] | None:
        guild = cast("discord.Client", bot).get_guild(guild_id)
        if guild is None:
            return None
        channel = organizers_channel(guild, bot)
        if channel is not None:
            return Way.CHANNEL, channel.id
        return (Way.NOTE, guild.owner_id) if guild.owner_id else None

    post = Post(bot.servers, desk)
    opening = Opening(bot.database, bot.clock, bot.servers, post)
    bot.serve(Joining(bot.database, bot.clock, bot.vocabulary, post))
    bot.serve(opening)
    bot.serve(Reviewing(bot.database, bot.clock, bot.vocabulary, post))
    bot.serve(Answering(bot.database, bot.clock, post))
    bot.serve(Circling(bot.database, bot.clock, post))
    bot.serve(Dating(bot.database, bot.clock))
    bot.serve(Counting(bot.database, bot.vocabulary))
    bot.serve(Passing(bot.database, bot.clock, bot.vocabulary, post))
    bot.serve(Meeting(bot.database, bot.clock, post))
    bot.serve(LookingBack(bot.database))
    data = personal_data(bot.clock)
    bot.personal[data.name] = data
    bot.waiting["mentorship"] = Waiting(
        "mentoring round to look at", "mentoring rounds to look at", opening.count_to_review
    )
    bot.upcoming["mentorship"] = opening.upcoming
    views.register(bot)
    await bot.add_cog(Mentorship(bot))


class Mentorship(commands.Cog):
    """Good pairs, for reasons one can read, kept alive until they end well."""

    mentor = app_commands.Group(name="mentor", description="Your side of mentoring", guild_only=True)
    mentorship = app_commands.Group(name="mentorship", description="Mentoring rounds, for organizers", guild_only=True)

    def __init__(self, bot: Host) -> None:
        self._bot = bot

    @commands.Cog.listener("on_raw_member_remove")
    async def left(self, event: discord.RawMemberRemoveEvent) -> None:
        """Who leaves the server leaves mentoring. Discord tells it only where the members intent is switched on."""
        await self._bot.service(Answering).gone(event.guild_id, event.user.id)

    @mentor.command(name="join", description="Find a mentor, be one, or both; three minutes")
    async def join(self, interaction: discord.Interaction[Any]) -> None:
        """Open the first card."""
        await joining.open_joining(interaction)

    @mentor.command(name="status", description="Where you stand, your pair, your next check-in")
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=await standing.status(interaction), ephemeral=True)

    @mentor.command(name="pause", description="Take a break from mentoring")
    @app_commands.describe(until="The day on which you are back, such as 2027-01-15")
    async def pause(
        self, interaction: discord.Interaction[Any], until: app_commands.Range[str, 1, 30] | None = None
    ) -> None:
        """Pause, or ask for how long."""
        await standing.pausing(interaction, until)

    @mentor.command(name="leave", description="Leave mentoring")
    async def leave(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first."""
        await interaction.response.send_message(view=standing.leaving(), ephemeral=True)

    @mentor.command(name="exclude", description="People you would rather not be paired with; shown to nobody else")
    @app_commands.describe(member="Whom; leave it out to see your list")
    async def exclude(self, interaction: discord.Interaction[Any], member: discord.Member | None = None) -> None:
        """Keep it, and show the list."""
        service, guild = host_of(interaction).service(Joining), guild_of(interaction)
        if member is None:
            found = await service.excluded(guild.id, interaction.user.id)
        else:
            found = await service.exclude(guild.id, interaction.user.id, member.id)
        await interaction.response.send_message(view=await excluding.exclusions(interaction, found), ephemeral=True)

    @mentorship.command(name="open", description="Open a round: a sign-up card for everybody")
    @app_commands.describe(
        name="What it is called, such as Spring 2027",
        until="Sign-up until which day, such as 2027-01-15",
        weeks="How many weeks pairs last (16 if you leave it out)",
        most="How many people may join (everybody if you leave it out)",
    )
    async def open(
        self,
        interaction: discord.Interaction[Any],
        name: app_commands.Range[str, 1, 60],
        until: app_commands.Range[str, 1, 30],
        weeks: app_commands.Range[int, 4, 52] | None = None,
        most: app_commands.Range[int, 2, 3000] | None = None,
    ) -> None:
        """Open it."""
        typed = {"name": name, "until": until, "weeks": str(weeks or ""), "most": str(most or "")}
        await rounds.open_round(interaction, typed)

    @mentorship.command(name="review", description="Who fits whom, and why; who waits, and why")
    async def review(self, interaction: discord.Interaction[Any]) -> None:
        """Show the draft, privately."""
        await interaction.response.send_message(view=await reviewing.review(interaction), ephemeral=True)

    @mentorship.command(name="approve", description="Send the proposals of the draft")
    async def approve(self, interaction: discord.Interaction[Any]) -> None:
        """Show once more what would be approved."""
        await interaction.response.send_message(view=await reviewing.approve(interaction), ephemeral=True)

    @mentorship.command(name="close", description="Call a round off, or bring it to its last week")
    async def close(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first."""
        await interaction.response.send_message(view=await rounds.closing(interaction), ephemeral=True)

    @mentorship.command(name="overview", description="How mentoring goes, in numbers; a table for a report")
    async def overview(self, interaction: discord.Interaction[Any]) -> None:
        """Show the newest round's, privately."""
        await interaction.response.send_message(view=await overview.overview(interaction), ephemeral=True)
