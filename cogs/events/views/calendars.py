"""Calendars: an event or a series as a file, one's own calendar to subscribe to, and the server's.

A secret is shown once, and not kept; who loses it gets a new one, which stops the old.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import link, note
from bot.kit.errors import UserError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_organizer, require_organizer
from bot.kit.reactions import KEPT, question
from cogs.events import calendarlinks
from cogs.events.cards import calendars as cards
from cogs.events.pointing import jump, public_where
from cogs.events.service import Looking
from cogs.events.service.feeding import Feeding
from db.events import GOING

if TYPE_CHECKING:
    from bot.kit.cards import Part
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from db.events import Event

FILE = "event.ics"
SERIES_FILE = "series.ics"
MINE, SECRET, OPEN = "mine", "secret", "open"
_STOP = "calendar-stop"


async def offer(interaction: discord.Interaction[Any], event_id: int) -> None:
    """Show the ways to put an event into one's own calendar, privately."""
    guild, host = guild_of(interaction), host_of(interaction)
    found = await host.service(Looking).one(guild.id, event_id)
    event, mine = found.event, found.answer_of(interaction.user.id)
    told = (mine is not None and mine.answer == GOING) or interaction.user.id in event.plan.hosts
    content = await host.service(Feeding).event_file(event, told=told)
    values = (event.plan.title, event.starts_at, event.ends_at, _where(event, told=told), _about(event))
    buttons: list[ui.Item[Any]] = [
        link("Google", calendarlinks.google(*values)),
        link("Outlook", calendarlinks.outlook(*values)),
    ]
    buttons += [SeriesFile(str(event.series_id))] if event.series_id is not None else []
    view = cards.one(event, ui.File(f"attachment://{FILE}"), [*buttons, MyCalendar()], told=told)
    await interaction.response.send_message(view=view, file=discord.File(io.BytesIO(content), FILE), ephemeral=True)


def _where(event: Event, *, told: bool) -> str:
    return event.plan.where.text if told and event.plan.where.hidden else public_where(event)


def _about(event: Event) -> str:
    return "\n\n".join(part for part in (event.plan.about, jump(event)) if part)


class SeriesFile(PersistentButton, template=rf"calendar-series:{NUMBER}"):
    """Gives a whole series as a file."""

    def __init__(self, series: str) -> None:
        self.series = int(series)
        super().__init__(ui.Button(label="All dates", custom_id=f"calendar-series:{series}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Give it, privately."""
        title, content = await host_of(interaction).service(Feeding).series_file(guild_of(interaction).id, self.series)
        view = cards.series(title, ui.File(f"attachment://{SERIES_FILE}"))
        await interaction.response.send_message(
            view=view, file=discord.File(io.BytesIO(content), SERIES_FILE), ephemeral=True
        )


class MyCalendar(PersistentButton, template=r"calendar-mine"):
    """Shows one's own calendar, and how to get its link."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="My calendar", emoji="🗓️", custom_id="calendar-mine"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=await _mine(interaction), ephemeral=True)


async def _mine(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    guild, host, user = guild_of(interaction), host_of(interaction), interaction.user
    organizer = is_organizer(user, guild, host)
    if not host.public_url:
        return cards.off(organizer=organizer)
    own, everyone = [await host.service(Feeding).standing(guild.id, who) for who in (user.id, None)]
    buttons: list[ui.Item[Any]] = [GiveLink(MINE, again=own is not None)]
    buttons += [StopLink(MINE)] if own is not None else []
    buttons += [ServerCalendar()] if organizer else []
    shared: list[Part] = []
    if everyone is not None and everyone.open_code:
        address = _address(host, everyone.open_code)
        shared = cards.shared(address, _subscribe(address, everyone.name))
    return cards.mine(own, buttons, shared=shared)


class ServerCalendar(PersistentButton, template=r"calendar-server"):
    """Shows organizers the server's own calendar."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Server's calendar", emoji="🗓️", custom_id="calendar-server"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=await _servers(interaction), ephemeral=True)


async def _servers(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    guild, host = require_organizer(interaction), host_of(interaction)
    if not host.public_url:
        return cards.off(organizer=True)
    feed = await host.service(Feeding).standing(guild.id, None)
    address = _address(host, feed.open_code) if feed is not None and feed.open_code else ""
    buttons: list[ui.Item[Any]] = [GiveLink(OPEN), GiveLink(SECRET, again=feed is not None and not address)]
    return cards.servers(feed, address, [*buttons, *([StopLink(SECRET)] if feed is not None else [])])


class GiveLink(PersistentButton, template=rf"calendar-link:({MINE}|{SECRET}|{OPEN})"):
    """Gives a link to a calendar, in place of the one before."""

    def __init__(self, which: str, *, again: bool = False) -> None:
        self.which = which
        label = {MINE: "Get my link", SECRET: "Secret", OPEN: "For everyone"}[which]
        style = discord.ButtonStyle.primary if which == MINE and not again else discord.ButtonStyle.secondary
        label = "New link" if again else label
        super().__init__(ui.Button(label=label, style=style, custom_id=f"calendar-link:{which}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Make it and show it, privately and once."""
        guild, host, user = guild_of(interaction), host_of(interaction), interaction.user
        if self.which != MINE:
            require_organizer(interaction)
        if not host.public_url:
            raise UserError(cards.OFF)
        name = f"{guild.name}: my events" if self.which == MINE else guild.name
        secret = await host.service(Feeding).give(
            guild.id, user.id if self.which == MINE else None, name, user.id, for_all=self.which == OPEN
        )
        if self.which == OPEN:
            await interaction.response.edit_message(view=await _servers(interaction))
            return
        address = _address(host, secret)
        whose = "Your calendar's link" if self.which == MINE else "The server's calendar: a secret link"
        view = cards.given(address, [*_subscribe(address, name), StopLink(self.which)], whose=whose)
        await interaction.response.edit_message(view=view)


class StopLink(PersistentButton, template=rf"calendar-stop:({MINE}|{SECRET}|{OPEN})"):
    """Lets a link lead nowhere."""

    def __init__(self, which: str) -> None:
        self.which = which
        super().__init__(
            ui.Button(label="Stop the link", style=discord.ButtonStyle.secondary, custom_id=f"calendar-stop:{which}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first: who has put the link into a calendar program cannot get this one back."""
        if self.which != MINE:
            require_organizer(interaction)
        words = "Stop the link? Whoever has put it into a calendar program sees nothing new there from now on."
        await interaction.response.edit_message(view=question(words, _STOP, self.which, "Stop the link"))


async def _stopped(interaction: discord.Interaction[Any], which: str) -> None:
    guild, host = guild_of(interaction), host_of(interaction)
    if which != MINE:
        require_organizer(interaction)
    await host.service(Feeding).take_back(guild.id, interaction.user.id if which == MINE else None)
    button = GiveLink(MINE) if which == MINE else ServerCalendar()
    await interaction.response.edit_message(view=cards.stopped(button))


async def _kept(interaction: discord.Interaction[Any], which: str) -> None:
    words = "The link works on. You find it again by the button."
    button = MyCalendar() if which == MINE else ServerCalendar()
    await interaction.response.edit_message(view=note(words, button))


def _address(host: Host, secret: str) -> str:
    return f"{host.public_url}/calendar/{secret}.ics"


def _subscribe(address: str, name: str) -> list[ui.Item[Any]]:
    """Buttons that subscribe to a calendar on the web. Google wants webcal, Outlook https."""
    bare = address.partition("://")[2]
    google = f"https://calendar.google.com/calendar/r?cid={quote(f'webcal://{bare}', safe='')}"
    outlook = f"https://outlook.live.com/calendar/0/addfromweb?url={quote(address, safe='')}&name={quote(name)}"
    return [
        link(label, url)
        for label, url in (("Google", google), ("Outlook", outlook))
        if len(url) <= calendarlinks.LONGEST
    ]


ITEMS = (SeriesFile, MyCalendar, ServerCalendar, GiveLink, StopLink)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {_STOP: _stopped, f"{_STOP}{KEPT}": _kept}
FORMS: tuple[Form, ...] = ()
