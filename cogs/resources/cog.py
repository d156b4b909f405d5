"""The room's commands: `/find`, `/resource` for members, `/catalogue` for organizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_organizer, require_organizer
from bot.kit.waiting import Waiting
from bot.kit.words import clip, tidy
from cogs.resources import terms, views
from cogs.resources.personal import PERSONAL
from cogs.resources.service import (
    Answering,
    Browsing,
    Checking,
    Collecting,
    Describing,
    Editing,
    Exporting,
    Finding,
    Importing,
    Planning,
    Refreshing,
    Reminding,
    Reviewing,
    Saving,
    Starting,
    Suggesting,
    Telling,
    Upkeep,
)
from cogs.resources.service.exporting import FORMATS
from cogs.resources.views.browsing import page_of_recent
from cogs.resources.views.checking import page_of_links
from cogs.resources.views.collecting import page_of_collections
from cogs.resources.views.editing import editing, removing
from cogs.resources.views.exchanging import dry_run, export, last_imports
from cogs.resources.views.finding import results
from cogs.resources.views.keeping import kept_collection
from cogs.resources.views.queueing import page_of_queue
from cogs.resources.views.saving import page_of_saved
from cogs.resources.views.starting import starter_card
from cogs.resources.views.suggesting import SuggestForm

if TYPE_CHECKING:
    from bot.kit.host import Host

CHOICE_LIMIT = 100
"""Characters of an autocomplete choice."""
CHOICES_LIMIT = 25
WHOLE_STARTER = "starter-catalogue"
"""What stands for the starter catalogue as a whole where a resource is chosen to be removed."""


async def move_in(bot: Host) -> None:
    """Bring the room's services, commands and buttons into the bot."""
    bot.serve(Finding(bot.database, bot.clock, bot.vocabulary))
    bot.serve(Saving(bot.database, bot.clock))
    for plain in (Browsing, Collecting, Telling, Answering, Refreshing):
        bot.serve(plain(bot.database, bot.clock))
    bot.serve(Reminding(bot.database, bot.clock, bot.servers))
    bot.serve(Checking(bot.database, bot.clock, bot.fetcher))
    for service in (Describing, Suggesting, Reviewing, Editing, Upkeep, Starting, Planning, Importing, Exporting):
        bot.serve(service(bot.database, bot.clock, bot.vocabulary))
    views.register(bot)
    bot.personal[PERSONAL.name] = PERSONAL
    bot.waiting["review"] = Waiting("thing to review", "things to review", bot.service(Reviewing).count)
    await bot.add_cog(Resources(bot))


async def _tools(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
    """Tools whose name or brand begins so."""
    tools = host_of(interaction).vocabulary.complete(tidy(current)[:CHOICE_LIMIT])[:CHOICES_LIMIT]
    return [app_commands.Choice(name=f"{tool.label} {tool.emoji}", value=tool.slug) for tool in tools]


class Resources(commands.Cog):
    """Find, save, suggest and review resources."""

    resource = app_commands.Group(name="resource", description="Suggest resources, and see yours", guild_only=True)
    catalogue = app_commands.Group(name="catalogue", description="For organizers: the catalogue", guild_only=True)

    def __init__(self, bot: Host) -> None:
        self._bot = bot

    @commands.Cog.listener("on_guild_join")
    @commands.Cog.listener("on_guild_available")
    async def stock_up(self, guild: discord.Guild) -> None:
        """Give a server the newest starter catalogue, unless it wants none, and its weekly look at review dates."""
        await self._bot.service(Starting).stock_up(guild.id)
        await self._bot.service(Refreshing).begin(guild.id)

    @commands.Cog.listener("on_guild_join")
    @commands.Cog.listener("on_guild_available")
    async def watch_links(self, guild: discord.Guild) -> None:
        """See to it that a server's links are looked at every week."""
        await self._bot.service(Checking).begin(guild.id)

    @commands.Cog.listener("on_guild_remove")
    async def leave_links(self, guild: discord.Guild) -> None:
        """Look no more at the links of a server that sent Benchmate away."""
        await self._bot.service(Checking).end(guild.id)

    @app_commands.command(name="find", description="Search resources by tool, topic or problem")
    @app_commands.guild_only()
    @app_commands.describe(
        query="What you are looking for, in your own words", kind="Only this kind", tool="Only about this tool"
    )
    @app_commands.choices(kind=[app_commands.Choice(name=term.label, value=term.slug) for term in terms.FINDABLE])
    async def find(
        self, interaction: discord.Interaction[Any], query: str, kind: str | None = None, tool: str | None = None
    ) -> None:
        """Search; the answer is private."""
        view = await results(interaction, query, kind=kind, tool=tool)
        await interaction.response.send_message(view=view, ephemeral=True)

    @find.autocomplete("query")
    async def complete_query(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """What was typed, so that Enter searches for just that, then the titles that begin so."""
        titles = await host_of(interaction).service(Finding).complete(guild_of(interaction).id, current)
        typed = [tidy(current)[:CHOICE_LIMIT]] if tidy(current) else []
        offered = list(dict.fromkeys([*typed, *titles]))[:CHOICES_LIMIT]
        return [app_commands.Choice(name=clip(title, CHOICE_LIMIT), value=title[:CHOICE_LIMIT]) for title in offered]

    @find.autocomplete("tool")
    async def complete_tool(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Tools whose name or brand begins so."""
        return await _tools(interaction, current)

    @resource.command(name="suggest", description="Suggest a resource that has helped you")
    async def suggest(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        await interaction.response.send_modal(SuggestForm().opened())

    @resource.command(name="recent", description="What is new in the catalogue, and which opportunities are open")
    @app_commands.describe(kind="Only this kind")
    @app_commands.choices(kind=[app_commands.Choice(name=term.label, value=term.slug) for term in terms.KINDS])
    async def recent(self, interaction: discord.Interaction[Any], kind: str | None = None) -> None:
        """Show the newest resources; the answer is private."""
        await interaction.response.send_message(view=await page_of_recent(interaction, kind or "", 0), ephemeral=True)

    @resource.command(name="saved", description="What you have saved; no other member sees it")
    async def saved(self, interaction: discord.Interaction[Any]) -> None:
        """Show the member's own list."""
        await interaction.response.send_message(view=await page_of_saved(interaction, "", 0), ephemeral=True)

    @catalogue.command(name="review", description="For organizers: what waits to be published")
    async def review(self, interaction: discord.Interaction[Any]) -> None:
        """Show the oldest suggestion that waits."""
        require_organizer(interaction)
        await interaction.response.send_message(view=await page_of_queue(interaction, "", 0), ephemeral=True)

    @catalogue.command(name="edit", description="For organizers: change what a resource says")
    @app_commands.describe(resource="A few letters of its title; choose it from the list")
    async def edit(self, interaction: discord.Interaction[Any], resource: str) -> None:
        """Show the preview in which it can be changed."""
        guild = require_organizer(interaction)
        chosen = await host_of(interaction).service(Upkeep).chosen(guild.id, tidy(resource))
        view = await editing(interaction, str(chosen.resource_id))
        await interaction.response.send_message(view=view, ephemeral=True)

    @catalogue.command(name="remove", description="For organizers: take a resource out of the catalogue")
    @app_commands.describe(resource="A few letters of its title; choose it from the list")
    async def remove(self, interaction: discord.Interaction[Any], resource: str) -> None:
        """Remove it; the answer can undo that."""
        guild = require_organizer(interaction)
        if resource == WHOLE_STARTER:
            view = await starter_card(interaction)
        else:
            chosen = await host_of(interaction).service(Upkeep).chosen(guild.id, tidy(resource))
            view = await removing(interaction, chosen.resource_id)
        await interaction.response.send_message(view=view, ephemeral=True)

    @catalogue.command(name="check-links", description="For organizers: which links no longer open or lead elsewhere")
    async def check_links(self, interaction: discord.Interaction[Any]) -> None:
        """Show how the links stand; a button looks at all of them now."""
        require_organizer(interaction)
        await interaction.response.send_message(view=await page_of_links(interaction, "", 0), ephemeral=True)

    @catalogue.command(name="import", description="For organizers: read resources from a file, after a look at them")
    @app_commands.describe(file="CSV, RIS, BibTeX or JSON, up to 5,000 rows; without it you see the last imports")
    async def import_file(self, interaction: discord.Interaction[Any], file: discord.Attachment | None = None) -> None:
        """Show what a file would do; without one, the last imports."""
        if file is not None:
            await dry_run(interaction, file)
            return
        await interaction.response.send_message(view=await last_imports(interaction), ephemeral=True)

    @catalogue.command(name="export", description="For organizers: the catalogue as a file")
    @app_commands.describe(
        file_type="What you want to open it with", kind="Only this kind", tool="Only about this tool"
    )
    @app_commands.rename(file_type="format")
    @app_commands.choices(
        file_type=[app_commands.Choice(name=name, value=ending) for ending, (name, _) in FORMATS.items()],
        kind=[app_commands.Choice(name=term.label, value=term.slug) for term in terms.KINDS],
    )
    @app_commands.autocomplete(tool=_tools)
    async def export_file(
        self, interaction: discord.Interaction[Any], file_type: str, kind: str | None = None, tool: str | None = None
    ) -> None:
        """Send it, privately."""
        await export(interaction, file_type, kind, tool)

    @catalogue.command(name="collection", description="For organizers: lists of resources, in an order of your own")
    @app_commands.describe(
        name="The list's name; a new name makes a new list",
        add="A resource to put into it; choose it from the list",
        sentence="Why it is in the list",
    )
    async def collection(
        self,
        interaction: discord.Interaction[Any],
        name: str | None = None,
        add: str | None = None,
        sentence: str | None = None,
    ) -> None:
        """Show all lists, one list, or one with a resource put into it."""
        require_organizer(interaction)
        if name is None:
            view = await page_of_collections(interaction, "", 0)
        else:
            view = await kept_collection(interaction, name, add, sentence or "")
        await interaction.response.send_message(view=view, ephemeral=True)

    @collection.autocomplete("name")
    async def complete_collection(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Names of lists that begin so."""
        names = await host_of(interaction).service(Collecting).names(guild_of(interaction).id, current)
        return [app_commands.Choice(name=name, value=name) for name in names]

    @remove.autocomplete("resource")
    async def complete_removal(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Titles as for the other commands, after the starter catalogue as a whole where what was typed may mean it."""
        titles = await _titles(interaction, current)
        meant = is_organizer(interaction.user, guild_of(interaction), self._bot) and "starter catalogue".startswith(
            tidy(current).casefold()
        )
        whole = [app_commands.Choice(name="The starter catalogue as a whole 📦", value=WHOLE_STARTER)] if meant else []
        return [*whole, *titles][:CHOICES_LIMIT]

    @edit.autocomplete("resource")
    @collection.autocomplete("add")
    async def complete_resource(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Titles with a word that begins so, for organizers."""
        return await _titles(interaction, current)


async def _titles(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
    guild = guild_of(interaction)
    if not is_organizer(interaction.user, guild, host_of(interaction)):
        return []
    titles = await host_of(interaction).service(Upkeep).titles(guild.id, tidy(current))
    return [app_commands.Choice(name=clip(title, CHOICE_LIMIT), value=str(number)) for number, title in titles]
