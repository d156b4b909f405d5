"""`/event import`: a calendar from a file or a link, its preview, and what is followed: look, pause, go on, stop.

Each press asks anew whether an organizer presses.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, cast

import discord
from discord import ui

from bot.kit.boundary import WIRE_FAULTS
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import note
from bot.kit.delivery import Kind, Letter
from bot.kit.errors import GoneError, UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import PER_PAGE, within
from bot.kit.permissions import require_organizer
from cogs.events.cards import importing as cards
from cogs.events.ical.found import MAX_BYTES
from cogs.events.service.importing import Importing
from cogs.events.service.watching import LOOK, TROUBLE, VANISHED, Watching, source_in
from cogs.events.views.rights import announcements, desk_of

if TYPE_CHECKING:
    from bot.kit.host import Host, PageMaker, Reaction
    from cogs.events.service.importing import Preview
    from db.calendars import CalendarSource
    from db.delivery import Delivery

log = logging.getLogger(__name__)

DOWNLOAD_WITHIN_S = 30.0
LIST = "calendars"


async def import_calendar(
    interaction: discord.Interaction[Any], file: discord.Attachment | None, link: str | None
) -> None:
    """Answer a file or a link with what is in it; without either, show what is followed."""
    guild, host = require_organizer(interaction), host_of(interaction)
    if file is None and not link:
        await interaction.response.send_message(view=await followed(interaction, "", 0), ephemeral=True)
        return
    if file is not None and file.size > MAX_BYTES:
        raise UserError("This file is larger than 1 MB. Look for a way to export only the events to come.")
    await interaction.response.defer(ephemeral=True, thinking=True)
    service = host.service(Importing)
    if file is not None:
        content = await _downloaded(file)
        found = await service.preview_file(guild.id, interaction.user.id, content, file.filename)
    else:
        found = await service.preview_link(guild.id, interaction.user.id, link or "")
    await interaction.followup.send(view=_previewed(found), ephemeral=True)


async def _downloaded(file: discord.Attachment) -> bytes:
    try:
        async with asyncio.timeout(DOWNLOAD_WITHIN_S):
            return await file.read()
    except WIRE_FAULTS as fault:
        log.warning("A calendar that was sent could not be fetched: %s", fault)
        raise UserError("I could not get the file from Discord just now. Please send it once more.") from fault


def _previewed(found: Preview) -> ui.LayoutView:
    number = str(found.draft_id)
    go: list[ui.Item[Any]] = [BringIn(number, len(found.sessions))] if found.sessions or found.known else []
    choice = CardsOrNot(number, "no" if found.announced else "yes")
    return cards.preview(found, [*go, ThrowAway(number)], choice)


async def followed(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the calendars that were brought in, the newest first; it has no argument."""
    guild, host = require_organizer(interaction), host_of(interaction)
    sources = list(reversed(await host.service(Watching).sources(guild.id)))
    page = within(page, len(sources))
    shown = sources[page * PER_PAGE : (page + 1) * PER_PAGE]
    pager = turns(LIST, argument, interaction.user.id, page, len(sources))
    return cards.followed([(each, OpenSource(str(each.source_id))) for each in shown], [PasteLink(), *pager])


class ShowFollowed(PersistentButton, template=r"calendars"):
    """Shows the calendars that were brought in, and how to bring in one."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Bring in a calendar", emoji="📥", custom_id="calendars"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them, privately."""
        await interaction.response.send_message(view=await followed(interaction, "", 0), ephemeral=True)


class PasteLink(PersistentButton, template=r"calendar-paste"):
    """Opens the form for a link."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Paste a link", style=discord.ButtonStyle.primary, custom_id="calendar-paste"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        require_organizer(interaction)
        await interaction.response.send_modal(LinkForm().opened())


class LinkForm(Form):
    """The link of a calendar."""

    name = "calendar-link"
    title = "Bring in a calendar"
    fields = (Field("link", "The calendar's link", "https://example.org/calendar.ics", limit=2_000, required=True),)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Show what is in it."""
        del argument
        await import_calendar(interaction, None, answers.get("link", "").strip() or "nothing")


class BringIn(PersistentButton, template=rf"calendar-in:{NUMBER}"):
    """Brings in what a preview showed."""

    def __init__(self, draft: str, many: int = 0) -> None:
        self.draft = int(draft)
        label = f"Import {many:,} event{'' if many == 1 else 's'}" if many else "Import"
        super().__init__(ui.Button(label=label, style=discord.ButtonStyle.success, custom_id=f"calendar-in:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Bring it in, once however often it is pressed."""
        guild, host = require_organizer(interaction), host_of(interaction)
        await interaction.response.defer()
        channel = announcements(guild, host, interaction.channel_id)
        source, done = await host.service(Importing).bring_in(guild.id, interaction.user.id, self.draft, channel)
        nowhere = source.announced and channel is None
        view = cards.brought_in(source, done, OpenSource(str(source.source_id)), nowhere=nowhere)
        await interaction.edit_original_response(view=view)


class CardsOrNot(PersistentButton, template=rf"calendar-cards:{NUMBER}:(yes|no)"):
    """Decides whether each event gets a card."""

    def __init__(self, draft: str, choice: str) -> None:
        self.draft, self.choice = int(draft), choice
        label = "With cards" if choice == "yes" else "Without cards"
        super().__init__(ui.Button(label=label, custom_id=f"calendar-cards:{draft}:{choice}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Decide, and show the preview again."""
        guild, host = require_organizer(interaction), host_of(interaction)
        await interaction.response.defer()
        found = await host.service(Importing).announce(
            guild.id, interaction.user.id, self.draft, announced=self.choice == "yes"
        )
        await interaction.edit_original_response(view=_previewed(found))


class ThrowAway(PersistentButton, template=rf"calendar-away:{NUMBER}"):
    """Forgets a preview."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Throw away", custom_id=f"calendar-away:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Forget it."""
        guild, host = require_organizer(interaction), host_of(interaction)
        await host.service(Importing).throw_away(guild.id, interaction.user.id, self.draft)
        await interaction.response.edit_message(view=note("Nothing was changed. I have forgotten this calendar."))


class OpenSource(PersistentButton, template=rf"calendar-open:{NUMBER}"):
    """Shows one calendar that was brought in."""

    def __init__(self, source: str) -> None:
        self.source = int(source)
        super().__init__(ui.Button(label="Open", custom_id=f"calendar-open:{source}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        guild, host = require_organizer(interaction), host_of(interaction)
        source = await host.service(Watching).source(guild.id, self.source)
        await interaction.response.send_message(view=cards.one(source, _steps(source)), ephemeral=True)


_STEPS = {
    "look": ("Look now", discord.ButtonStyle.primary),
    "pause": ("Pause", discord.ButtonStyle.secondary),
    "on": ("Go on", discord.ButtonStyle.secondary),
    "off": ("They are off", discord.ButtonStyle.danger),
    "stop": ("Stop following", discord.ButtonStyle.secondary),
}


def _steps(source: CalendarSource) -> list[ui.Item[Any]]:
    """What can be done about a calendar now."""
    number = str(source.source_id)
    if not source.url:
        return [Step(number, "stop")]
    first = ["off"] if source.trouble == VANISHED else []
    names = [*first, "look", "on" if source.paused_at is not None else "pause", "stop"]
    return [Step(number, name) for name in names]


class Step(PersistentButton, template=rf"calendar-step:{NUMBER}:({'|'.join(_STEPS)})"):
    """Does something about a calendar that is followed."""

    def __init__(self, source: str, name: str) -> None:
        self.source, self.name = int(source), name
        label, style = _STEPS[name]
        super().__init__(ui.Button(label=label, style=style, custom_id=f"calendar-step:{source}:{name}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, and show how it stands then."""
        guild, host = require_organizer(interaction), host_of(interaction)
        service = host.service(Watching)
        if self.name == "stop":
            await interaction.response.edit_message(view=cards.stopped(await service.stop(guild.id, self.source)))
            return
        if self.name in ("pause", "on"):
            change = service.pause if self.name == "pause" else service.go_on
            source = await change(guild.id, self.source)
            await interaction.response.edit_message(view=cards.one(source, _steps(source)))
            return
        await interaction.response.defer()
        look = await service.look(
            guild.id,
            self.source,
            announcements(guild, host, None),
            desk_of(guild, host),
            believed=self.name == "off",
        )
        said = "" if look.source.trouble else cards.looked(look.done)
        await interaction.edit_original_response(view=cards.one(look.source, _steps(look.source), said=said))


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The chore that looks at a calendar again, and the word about one that cannot be read.

    One look at a time: slow servers must not take the turns of other chores, such as the lines for places.
    """
    turn = asyncio.Lock()

    async def look(delivery: Delivery) -> None:
        guild = cast("discord.Client", host).get_guild(delivery.guild_id)
        service, number = host.service(Watching), source_in(delivery.subject)
        try:
            source = await service.source(delivery.guild_id, number)
            if source.paused_at is not None or not source.url:
                return
            if guild is None:  # Discord does not show the server just now
                await service.go_on(delivery.guild_id, number)
                return
            if turn.locked():
                await service.put_off(source)
                return
            async with turn:
                await service.look(guild.id, number, announcements(guild, host, None), desk_of(guild, host))
        except GoneError:
            return  # it was stopped meanwhile

    async def word(delivery: Delivery) -> Letter | None:
        try:
            source = await host.service(Watching).source(delivery.guild_id, source_in(delivery.subject))
        except GoneError:
            return None
        return Letter(cards.trouble(source, _steps(source))) if source.trouble else None

    return (
        Kind(LOOK, "look at a calendar", "looks at calendars", work=look),
        Kind(TROUBLE, "word about a calendar", "words about calendars", render=word),
    )


ITEMS = (ShowFollowed, PasteLink, BringIn, CardsOrNot, ThrowAway, OpenSource, Step)
PAGES: dict[str, PageMaker] = {LIST: followed}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (LinkForm(),)
