"""Helpers: become one, say what one offers, and answer when a question is brought. Leaving is one button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import discord
from discord import ui

from bot.kit import choices
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.errors import GoneError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, require_own_server
from cogs.questions.cards import helping as cards
from cogs.questions.service import Helping, Seeking
from cogs.questions.service.helping import OFTEN
from cogs.questions.views.retagging import parts, tool_choices
from db.delivery import Way
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from db.questions import Offer

HELPERS = "helpers"
"""The name under which one's own page is opened."""
_LABELS = {Way.DM: "Direct message", Way.PRIVATE: "Private thread"}
QUIET = {
    "21-8": (21, 8, "Quiet from 9 PM to 8 AM"),
    "22-7": (22, 7, "Quiet from 10 PM to 7 AM"),
    "20-9": (20, 9, "Quiet from 8 PM to 9 AM"),
    "17-9": (17, 9, "Quiet from 5 PM to 9 AM"),
    "9-17": (9, 17, "Quiet from 9 AM to 5 PM"),
    "8-16": (8, 16, "Quiet from 8 AM to 4 PM"),
    "none": (0, 0, "No quiet hours"),
}
ZONES = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Puerto Rico",
    "America/Halifax": "Atlantic Canada",
    "Europe/London": "London",
    "Europe/Berlin": "Central Europe",
    "Asia/Manila": "Manila",
    "Australia/Sydney": "Sydney",
    "Pacific/Auckland": "Auckland",
}
"""Zones offered by name; another one comes from one's profile."""


async def page(interaction: discord.Interaction[Any], _argument: str = "", _page: int = 0) -> ui.LayoutView:
    """What a member offers as a helper, or what it means to be one."""
    guild, host = guild_of(interaction), host_of(interaction)
    service = host.service(Helping)
    offer = await service.of(guild.id, interaction.user.id)
    if offer is None:
        buttons = [Begin(way.value) for way in _LABELS]
        return cards.invitation(await service.choice(guild.id), await service.count(guild.id), buttons)
    return own_card(host, offer)


def own_card(host: Host, offer: Offer) -> ui.LayoutView:
    """A helper's own page."""
    zone = offer.zone or host.servers.zone(offer.guild_id).key
    selects: list[ui.Item[Any]] = [HelperTools(str(part)).showing(host, offer) for part in parts(host.vocabulary)]
    selects += [Often().showing(offer), Quiet().showing(offer), Zone().showing(host, offer)]
    other = Way.PRIVATE if offer.way == Way.DM else Way.DM
    buttons = [Begin(other.value, f"{_LABELS[other]}"), Pause("off" if offer.paused else "on"), Leave()]
    return cards.own(
        offer, host.vocabulary, _quiet_said(offer), ZONES.get(zone, zone.replace("_", " ")), selects, buttons
    )


def _quiet_key(offer: Offer) -> str:
    hours = (offer.quiet_from, offer.quiet_until)
    return next((key for key, (a, b, _) in QUIET.items() if hours == (a * 60, b * 60) and a != b), "none")


def _quiet_said(offer: Offer) -> str:
    said = QUIET[_quiet_key(offer)][2]
    return said[0].lower() + said[1:]


def _place(interaction: discord.Interaction[Any]) -> int | None:
    """Under which channel a private thread can be made: here, or in a channel that the server has for talking."""
    guild, host = guild_of(interaction), host_of(interaction)
    here = interaction.channel
    if isinstance(here, discord.Thread):
        here = here.parent
    if isinstance(here, discord.TextChannel):
        return here.id
    channels = host.servers.of(guild.id).channels
    parts_ = (Part.INTRODUCTIONS, Part.SHOW, Part.RESOURCES, Part.START, Part.ANNOUNCEMENTS)
    return next((channels[part] for part in parts_ if part in channels), None)


class Begin(PersistentButton, template=r"helper-begin:(dm|private)"):
    """Makes one a helper, reached this way; or changes the way."""

    def __init__(self, way: str, label: str | None = None) -> None:
        self.way = Way(way)
        style = discord.ButtonStyle.secondary if label else discord.ButtonStyle.primary
        super().__init__(ui.Button(label=label or _LABELS[self.way], style=style, custom_id=f"helper-begin:{way}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, and show what can be chosen."""
        guild, host = guild_of(interaction), host_of(interaction)
        offer = await host.service(Helping).begin(guild.id, interaction.user.id, self.way, _place(interaction))
        await interaction.response.edit_message(view=own_card(host, offer))


class HelperTools(PersistentSelect, template=rf"helper-tools:{NUMBER}"):
    """For which tools one may be asked: one part of the vocabulary."""

    def __init__(self, part: str) -> None:
        self.part = int(part)
        super().__init__(ui.Select(custom_id=f"helper-tools:{part}"))

    def showing(self, host: Host, offer: Offer) -> HelperTools:
        """With its options."""
        groups = choices.groups(tool_choices(host.vocabulary))
        group = groups[min(self.part, len(groups) - 1)]
        self.item.placeholder = choices.placeholder("Tools you can help with", group, len(groups) > 1)
        self.item.options = choices.options(group, offer.tools)
        self.item.min_values, self.item.max_values = 0, len(group)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice; what is chosen in the other part stays."""
        guild, host = guild_of(interaction), host_of(interaction)
        service, every = host.service(Helping), tool_choices(host.vocabulary)
        before = await service.of(guild.id, interaction.user.id)
        groups = choices.groups(every)
        group = groups[min(self.part, len(groups) - 1)]
        tools = choices.merged(before.tools if before else (), self.values, group, every)
        offer = await service.choose_tools(guild.id, interaction.user.id, tools)
        await interaction.response.edit_message(view=own_card(host, offer))


class Often(PersistentSelect, template=r"helper-often"):
    """How often one may be asked at most."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="helper-often", placeholder="How often at most?"))

    def showing(self, offer: Offer) -> Often:
        """With its options."""
        offered = [Choice(str(many), f"At most {cards.often(many)}") for many in OFTEN]
        self.item.options = choices.options(offered, [str(offer.a_week)])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        many = next((number for number in OFTEN if self.values == [str(number)]), OFTEN[0])
        await _chosen(interaction, {"a_week": many})


class Quiet(PersistentSelect, template=r"helper-quiet"):
    """When one is not asked."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="helper-quiet", placeholder="When not?"))

    def showing(self, offer: Offer) -> Quiet:
        """With its options."""
        offered = [Choice(key, label) for key, (_, _, label) in QUIET.items()]
        self.item.options = choices.options(offered, [_quiet_key(offer)])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        begin, end, _ = QUIET.get(self.values[0] if self.values else "none", QUIET["none"])
        hours = (begin * 60, end * 60) if begin != end else (None, None)
        await _chosen(interaction, {"quiet_from": hours[0], "quiet_until": hours[1]})


class Zone(PersistentSelect, template=r"helper-zone"):
    """By whose clock the quiet hours are."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="helper-zone", placeholder="Your time zone"))

    def showing(self, host: Host, offer: Offer) -> Zone:
        """With its options."""
        server = host.servers.zone(offer.guild_id).key
        named = {zone: f"{label} time" for zone, label in ZONES.items()}
        named = {server: named.get(server, server.replace("_", " ")), **named}
        if offer.zone:
            named.setdefault(offer.zone, offer.zone.replace("_", " "))
        self.item.options = choices.options(
            [Choice(zone, label, "🕐") for zone, label in named.items()], [offer.zone or server]
        )
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, if it is one."""
        chosen = self.values[0] if self.values else ""
        try:
            ZoneInfo(chosen)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise GoneError("I do not know that time zone. Please choose one from the list.") from None
        await _chosen(interaction, {"zone": chosen})


class Pause(PersistentButton, template=r"helper-pause:(on|off)"):
    """Pauses being asked, or ends the pause."""

    def __init__(self, way: str) -> None:
        self.way = way
        label, emoji = ("Take a break", "⏸️") if way == "on" else ("I am back", None)
        super().__init__(ui.Button(label=label, emoji=emoji, custom_id=f"helper-pause:{way}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        await _chosen(interaction, {"paused": self.way == "on"})


async def _chosen(interaction: discord.Interaction[Any], values: dict[str, Any]) -> None:
    guild, host = guild_of(interaction), host_of(interaction)
    offer = await host.service(Helping).choose(guild.id, interaction.user.id, values)
    await interaction.response.edit_message(view=own_card(host, offer))


class Leave(PersistentButton, template=r"helper-leave"):
    """Ends it: nothing is asked any more."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Leave", style=discord.ButtonStyle.danger, custom_id="helper-leave"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        guild, service = guild_of(interaction), host_of(interaction).service(Helping)
        before = await service.of(guild.id, interaction.user.id)
        await service.leave(guild.id, interaction.user.id)
        way = before.way if before is not None and before.way in _LABELS else Way.DM.value
        await interaction.response.edit_message(view=cards.left([Begin(way, "Be one again")]))


class NotNow(PersistentButton, template=rf"helper-not-now:{NUMBER}:{NUMBER}"):
    """Declines one question. It names its server, since it may be in a direct message."""

    def __init__(self, guild: str, question: str) -> None:
        self.guild, self.question = int(guild), int(question)
        super().__init__(ui.Button(label="Not now", custom_id=f"helper-not-now:{guild}:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask somebody else."""
        require_own_server(interaction, self.guild)
        service = host_of(interaction).service(Seeking)
        await service.not_now(self.guild, self.question, interaction.user.id)
        await interaction.response.edit_message(view=cards.declined())


class StopAsking(PersistentButton, template=rf"helper-stop:{NUMBER}"):
    """Ends being a helper from the very message that asks. It names its server."""

    def __init__(self, guild: str) -> None:
        self.guild = int(guild)
        super().__init__(ui.Button(label="Stop asking me", custom_id=f"helper-stop:{guild}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        require_own_server(interaction, self.guild)
        await host_of(interaction).service(Helping).leave(self.guild, interaction.user.id)
        await interaction.response.edit_message(view=cards.left([]))


ITEMS = (Begin, HelperTools, Often, Quiet, Zone, Pause, Leave, NotNow, StopAsking)
PAGES: dict[str, PageMaker] = {HELPERS: page}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
