"""Answering: **Going**, **Maybe**, **Can't**, and what else stands on an event's card; and a place that is free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import note
from bot.kit.errors import GoneError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, require_own_server
from cogs.events import mailtext
from cogs.events.cards import answers as cards
from cogs.events.pointing import jump, public_where, said_when
from cogs.events.service import Answered, Answering, Looking
from cogs.events.views.calendars import offer
from cogs.events.views.rights import private_place
from db.delivery import Way
from db.events import CANT, GOING, MAYBE, OFFERED, PLACE, WAITING

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from db.events import Event

_LABELS = {GOING: "Going", MAYBE: "Maybe", CANT: "Can't"}
_STYLES = {GOING: discord.ButtonStyle.success}


def on_card(event_id: int) -> list[ui.Item[Any]]:
    """The buttons of an event's card."""
    number = str(event_id)
    return [
        *(Answer(number, choice) for choice in (GOING, MAYBE, CANT)),
        RemindMe(number),
        AddToCalendar(number),
        CopyForEmail(number),
    ]


class Answer(PersistentButton, template=rf"event:{NUMBER}:({GOING}|{MAYBE}|{CANT})"):
    """Says whether one comes."""

    def __init__(self, event: str, choice: str) -> None:
        self.event, self.choice = int(event), choice
        style = _STYLES.get(choice, discord.ButtonStyle.secondary)
        super().__init__(ui.Button(label=_LABELS[choice], style=style, custom_id=f"event:{event}:{choice}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it, and say privately what it led to; the card follows in a few seconds."""
        guild, host = guild_of(interaction), host_of(interaction)
        found = await host.service(Answering).answer(
            guild.id, self.event, interaction.user.id, interaction.user.display_name, self.choice
        )
        await interaction.response.send_message(view=_answered(found), ephemeral=True)


def _answered(found: Answered, *, here: bool = True) -> ui.LayoutView:
    """What the answer led to; `here` is whether it is shown in the server, which the other buttons need."""
    number, rsvp = str(found.event.event_id), found.rsvp
    buttons: list[ui.Item[Any]] = []
    if not here:
        pass
    elif rsvp.answer == WAITING:
        buttons = [Reach(number, way.value) for way in (Way.DM, Way.PRIVATE)]
    elif rsvp.answer in (GOING, MAYBE):
        buttons = [*([] if rsvp.remind else [RemindMe(number)]), AddToCalendar(number)]
    return cards.answered(found, buttons, said_when(found.event.starts_at, found.event.plan.zone))


class RemindMe(PersistentButton, template=rf"event-remind:{NUMBER}"):
    """Promises reminders, and asks how they are to come."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Remind me", emoji="⏰", custom_id=f"event-remind:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it; until something else is chosen they come in a private thread."""
        guild, host = guild_of(interaction), host_of(interaction)
        user, service = interaction.user, host.service(Answering)
        found = await service.remind(guild.id, self.event, user.id, user.display_name)
        if not found.rsvp.way:
            found = await service.reach(
                guild.id, self.event, user.id, user.display_name, Way.PRIVATE, private_place(interaction)
            )
        other = Way.DM if found.rsvp.way != Way.DM else Way.PRIVATE
        buttons = [Reach(str(self.event), other.value), NoReminder(str(self.event))]
        await interaction.response.send_message(view=cards.reminding(found, buttons, host.clock()), ephemeral=True)


class NoReminder(PersistentButton, template=rf"event-quiet:{NUMBER}"):
    """Takes the reminders back."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Don't remind me", custom_id=f"event-quiet:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take them back, and say so."""
        guild, host, user = guild_of(interaction), host_of(interaction), interaction.user
        await host.service(Answering).remind(guild.id, self.event, user.id, user.display_name, on=False)
        await interaction.response.edit_message(view=note("I will not remind you.", RemindMe(str(self.event))))


class Reach(PersistentButton, template=rf"event-reach:{NUMBER}:({Way.DM}|{Way.PRIVATE})"):
    """Says how one wants to hear about an event."""

    def __init__(self, event: str, way: str) -> None:
        self.event, self.way = int(event), Way(way)
        label = "Direct message" if self.way is Way.DM else "Private thread"
        super().__init__(ui.Button(label=label, custom_id=f"event-reach:{event}:{way}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it, and say so."""
        guild, host, user = guild_of(interaction), host_of(interaction), interaction.user
        found = await host.service(Answering).reach(
            guild.id, self.event, user.id, user.display_name, self.way, private_place(interaction)
        )
        other = Way.PRIVATE if self.way is Way.DM else Way.DM
        buttons: list[ui.Item[Any]] = [Reach(str(self.event), other.value)]
        if found.rsvp.remind:
            buttons.append(NoReminder(str(self.event)))
        await interaction.response.edit_message(view=cards.reached(found, buttons))


class AddToCalendar(PersistentButton, template=rf"event-calendar:{NUMBER}"):
    """Offers the event to one's own calendar."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Add to calendar", emoji="🗓️", custom_id=f"event-calendar:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show the ways, privately."""
        await offer(interaction, self.event)


class CopyForEmail(PersistentButton, template=rf"event-mail:{NUMBER}"):
    """Gives the event as plain text."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Copy for e-mail", emoji="📋", custom_id=f"event-mail:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it to copy, privately."""
        guild = guild_of(interaction)
        event = (await host_of(interaction).service(Looking).one(guild.id, self.event)).event
        await interaction.response.defer(ephemeral=True)  # Discord is asked for the hosts' names
        hosts = [await _name(guild, host) for host in event.plan.hosts]
        words = mailtext.text(
            event.plan,
            event.starts_at,
            event.ends_at,
            where=_where(guild, event),
            hosts=[name for name in hosts if name],
            link=jump(event),
        )
        await interaction.followup.send(view=cards.mail(words), ephemeral=True)


def _where(guild: discord.Guild, event: Event) -> str:
    if event.plan.where.kind == PLACE or not event.plan.where.channel_id:
        return public_where(event)
    channel = guild.get_channel(event.plan.where.channel_id)
    return f"#{channel.name} in {guild.name} on Discord" if channel else public_where(event)


async def _name(guild: discord.Guild, user_id: int) -> str:
    try:
        return (await guild.fetch_member(user_id)).display_name
    except discord.HTTPException:
        return ""


class TakePlace(PersistentButton, template=rf"event-take:{NUMBER}:{NUMBER}:(yes|no)"):
    """Takes a place that is free, or gives it back; also in a direct message, so it names its server."""

    def __init__(self, guild: str, event: str, choice: str) -> None:
        self.guild, self.event, self.choice = int(guild), int(event), choice
        label = "Take the place" if choice == "yes" else "Give it back"
        style = discord.ButtonStyle.success if choice == "yes" else discord.ButtonStyle.secondary
        super().__init__(ui.Button(label=label, style=style, custom_id=f"event-take:{guild}:{event}:{choice}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it or give it back, if it is theirs to do so."""
        host, user = host_of(interaction), interaction.user
        require_own_server(interaction, self.guild)
        known = (await host.service(Looking).one(self.guild, self.event)).answer_of(user.id)
        if known is None or known.answer not in (GOING, OFFERED, WAITING):
            raise GoneError("You are not in line for this event any more. Its card shows where you stand.")
        choice = GOING if self.choice == "yes" else CANT
        found = await host.service(Answering).answer(self.guild, self.event, user.id, user.display_name, choice)
        await interaction.response.edit_message(view=_answered(found, here=interaction.guild is not None))


ITEMS = (Answer, RemindMe, NoReminder, Reach, AddToCalendar, CopyForEmail, TakePlace)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
