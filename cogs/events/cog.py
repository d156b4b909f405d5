"""The room's commands: `/events` for members, `/event` for organizers and hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.kit.errors import UserError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_organizer
from bot.kit.words import clip, tidy
from cogs.events import terms, views
from cogs.events.nativeside import Said, alike
from cogs.events.personal import CALENDARS, personal_data
from cogs.events.pointing import said_when
from cogs.events.service import (
    Afterwards,
    Agenda,
    Answering,
    Editing,
    Looking,
    News,
    Planning,
    Reminding,
    Repeating,
    Rescheduling,
    Standing,
    Templating,
)
from cogs.events.service.feeding import Feeding
from cogs.events.service.importing import Importing
from cogs.events.service.watching import Watching
from cogs.events.views.browsing import MINE, page_of_events
from cogs.events.views.editing import editing, open_cancelling
from cogs.events.views.importing import import_calendar
from cogs.events.views.native import said_of
from cogs.events.views.planning import open_form
from cogs.events.views.series import open_series
from cogs.events.views.templating import open_template

if TYPE_CHECKING:
    from bot.kit.host import Host

CHOICE_LIMIT = 100
"""Characters of an autocomplete choice."""
_KINDS: list[app_commands.Choice[str]] = [app_commands.Choice(name=kind.label, value=kind.slug) for kind in terms.KINDS]
_LENGTHS: list[app_commands.Choice[int]] = [
    app_commands.Choice(name=terms.length(minutes), value=minutes) for minutes in terms.LENGTHS
]


async def move_in(bot: Host) -> None:
    """Bring the room's services, commands and buttons into the bot."""
    for service in (Afterwards, Answering, Editing, Planning, Repeating, Rescheduling):
        bot.serve(service(bot.database, bot.clock, bot.servers))
    for plain in (Looking, News, Templating, Reminding, Agenda):
        bot.serve(plain(bot.database, bot.clock))
    bot.serve(Standing(bot.database, bot.clock, bot.vocabulary))
    bot.serve(Feeding(bot.database, bot.clock))
    watching = Watching(bot.database, bot.clock, bot.servers, lambda: bot.fetcher)
    bot.serve(watching)
    bot.serve(Importing(bot.database, bot.clock, bot.servers, bot.drafts, watching))
    views.register(bot)
    for kept in (personal_data(bot.clock), CALENDARS):
        bot.personal[kept.name] = kept
    bot.upcoming["events"] = bot.service(Looking).coming
    await bot.add_cog(Events(bot))


class Events(commands.Cog):
    """Post events, say whether one comes, see what is coming up."""

    event = app_commands.Group(name="event", description="For organizers and hosts: events", guild_only=True)

    def __init__(self, bot: Host) -> None:
        self._bot = bot

    @commands.Cog.listener("on_scheduled_event_update")
    async def see_change(self, _before: discord.ScheduledEvent, after: discord.ScheduledEvent) -> None:
        """Somebody, perhaps we ourselves, changed one of Discord's own events."""
        await self._look(after)

    @commands.Cog.listener("on_scheduled_event_delete")
    async def see_deletion(self, event: discord.ScheduledEvent) -> None:
        """Somebody deleted one of Discord's own events."""
        await self._look(event)

    @commands.Cog.listener("on_guild_available")
    async def look_at_all(self, guild: discord.Guild) -> None:
        """After an absence: somebody may have changed or deleted Discord's own events meanwhile."""
        for event in await self._bot.service(Standing).with_natives(guild.id):
            native = guild.get_scheduled_event(event.native.native_id or 0)
            known = Said.unpacked(event.native.said)
            if native is None or known is None or not alike(said_of(native), known):
                await self._bot.service(Standing).look(event)

    async def _look(self, native: discord.ScheduledEvent) -> None:
        service = self._bot.service(Standing)
        event = await service.with_native(native.guild_id, native.id)
        if event is not None:
            await service.look(event)

    @commands.Cog.listener("on_raw_member_remove")
    async def see_leaving(self, left: discord.RawMemberRemoveEvent) -> None:
        """Somebody left: their place goes on. Discord tells it only where the caretaker has switched members on."""
        await self._bot.service(Answering).left(left.guild_id, left.user.id)

    @app_commands.command(name="events", description="What is coming up, and what you said yes to")
    @app_commands.guild_only()
    @app_commands.describe(kind="Only this kind", mine="Only what you go to, may go to, or host")
    @app_commands.choices(kind=_KINDS)
    async def events(self, interaction: discord.Interaction[Any], kind: str | None = None, mine: bool = False) -> None:
        """Show what is coming up, privately."""
        view = await page_of_events(interaction, MINE if mine else kind or "", 0)
        await interaction.response.send_message(view=view, ephemeral=True)

    @event.command(name="create", description="For organizers: post an event")
    @app_commands.describe(
        template="What kind of event it is",
        length="How long it lasts",
        host="Who hosts it, if not you",
        cohost="Who hosts it as well, and may change it",
    )
    @app_commands.choices(template=_KINDS)
    @app_commands.choices(length=_LENGTHS)
    async def create(
        self,
        interaction: discord.Interaction[Any],
        template: str,
        length: int | None = None,
        host: discord.User | None = None,
        cohost: discord.User | None = None,
    ) -> None:
        """Open the form; the preview comes after it."""
        hosts = [member.id for member in (host, cohost) if member is not None and not member.bot]
        if hosts and host is None:
            hosts.insert(0, interaction.user.id)
        await open_form(interaction, template, length, tuple(hosts))

    @event.command(name="series", description="For organizers: the events that repeat, and changes to them")
    async def series(self, interaction: discord.Interaction[Any]) -> None:
        """Show the series that go on, privately."""
        await open_series(interaction)

    @event.command(name="edit", description="For organizers and hosts: change an event")
    @app_commands.describe(event="A few letters of its title; choose it from the list")
    async def edit(self, interaction: discord.Interaction[Any], event: str) -> None:
        """Show the preview in which it can be changed."""
        view = await editing(interaction, _number(event))
        await interaction.response.send_message(view=view, ephemeral=True)

    @event.command(name="cancel", description="For organizers and hosts: call an event off")
    @app_commands.describe(event="A few letters of its title; choose it from the list")
    async def cancel(self, interaction: discord.Interaction[Any], event: str) -> None:
        """Open the form that calls it off."""
        await open_cancelling(interaction, _number(event))

    @event.command(name="import", description="For organizers: bring in a calendar, from a file or a link")
    @app_commands.describe(
        file="A calendar file (.ics)",
        link="The calendar's link; I look at it every few hours, and follow what changes",
    )
    async def bring_in(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment | None = None,
        link: str | None = None,
    ) -> None:
        """Show what is in it, or what is followed already."""
        await import_calendar(interaction, file, link)

    @event.command(name="template", description="For organizers: what an event of a kind begins with")
    @app_commands.describe(template="What kind of event")
    @app_commands.choices(template=_KINDS)
    async def template(self, interaction: discord.Interaction[Any], template: str) -> None:
        """Open the form in which it can be changed."""
        await open_template(interaction, template)

    @edit.autocomplete("event")
    @cancel.autocomplete("event")
    async def complete_event(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """What is coming up and this person may change, the next first."""
        guild, host = guild_of(interaction), host_of(interaction)
        everything = is_organizer(interaction.user, guild, host)
        found = await host.service(Looking).titles(
            guild.id, tidy(current), hosted_by=None if everything else interaction.user.id
        )
        return [
            app_commands.Choice(
                name=clip(f"{event.plan.title} · {said_when(event.starts_at, event.plan.zone)}", CHOICE_LIMIT),
                value=str(event.event_id),
            )
            for event in found
        ]


def _number(chosen: str) -> int:
    text = tidy(chosen)
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004 - it fits 64 bits
        raise UserError("Type a few letters of the event's title, and choose it from the list that appears.")
    return int(text)
