"""Asking the organizers: which one is right, where somebody changed or deleted what stands for an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.delivery import Kind, Letter
from bot.kit.errors import GoneError, UserError
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from cogs.events import nativeside
from cogs.events.cards import desk as cards
from cogs.events.cards import wording
from cogs.events.nativeside import Said
from cogs.events.service import Editing, Standing
from cogs.events.service.records import number_in
from cogs.events.service.standing import ASKED, TROUBLE
from cogs.events.views.editing import open_cancelling
from cogs.events.views.native import said_of
from cogs.events.views.rights import announcements
from db import events
from db.events import Native

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from db.delivery import Delivery
    from db.events import Event


async def _event(interaction: discord.Interaction[Any], event_id: int) -> tuple[discord.Guild, Event]:
    """The event, if an organizer asks and it is still to come. Raises NotAllowedError or GoneError."""
    guild, host = require_organizer(interaction), host_of(interaction)
    found = await host.service(Standing).find(guild.id, event_id)
    if found is None or found[0].state != events.PLANNED or found[0].ends_at <= host.clock():
        raise GoneError(
            "This event is off or over, so there is nothing to decide any more. **/events** shows what is coming up."
        )
    return guild, found[0]


async def _native(guild: discord.Guild, event: Event) -> discord.ScheduledEvent:
    try:
        return await guild.fetch_scheduled_event(event.native.native_id or 0, with_counts=False)
    except discord.NotFound:
        raise GoneError(
            "It has been deleted from Discord's own list meanwhile. Open its card; I ask you there what to do."
        ) from None


class _Decides(PersistentButton, template=r"(?!)"):
    """What the buttons share: the event they are about."""

    label = ""
    style = discord.ButtonStyle.secondary
    name = ""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label=self.label, style=self.style, custom_id=f"{self.name}:{event}"))


class TakeDiscords(_Decides, template=rf"event-theirs:{NUMBER}"):
    """Lets our event say what Discord's own says."""

    label, name, style = "Take Discord's", "event-theirs", discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take title, description and time; the place too, where it is a link or a place."""
        guild, event = await _event(interaction, self.event)
        host = host_of(interaction)
        native = await _native(guild, event)
        said, service = said_of(native), host.service(Standing)
        values = nativeside.changed(Said.unpacked(event.native.said), said, endless=native.end_time is None)
        event = await host.service(Editing).take_over(guild.id, self.event, values)
        await service.note_native(event, Native(native.id, said.packed()))
        words = f"“{wording.name(event)}” says now what Discord's own event says."
        await interaction.response.edit_message(view=cards.settled(words))


class PutMine(_Decides, template=rf"event-mine:{NUMBER}"):
    """Lets Discord's own event say what ours says."""

    label, name = "Put mine back", "event-mine"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Remember what it says now as known, so that it is changed back."""
        guild, event = await _event(interaction, self.event)
        service = host_of(interaction).service(Standing)
        native = await _native(guild, event)
        await service.note_native(event, Native(native.id, said_of(native).packed()))
        await service.bring_in_step(guild.id, self.event)
        words = f"Discord's own event will say again what “{wording.name(event)}” says."
        await interaction.response.edit_message(view=cards.settled(words))


class LeaveIt(_Decides, template=rf"event-leave:{NUMBER}"):
    """Leaves the two apart."""

    label, name = "Leave it so", "event-leave"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Touch Discord's own event no more."""
        guild, event = await _event(interaction, self.event)
        service = host_of(interaction).service(Standing)
        await service.note_native(event, Native(event.native.native_id, event.native.said, off=True))
        del guild
        await interaction.response.edit_message(view=cards.settled("I leave it as it is."))


class PutBack(_Decides, template=rf"event-put:{NUMBER}"):
    """Puts a deleted event of Discord's own back."""

    label, name, style = "Put it back", "event-put", discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Make it anew."""
        guild, event = await _event(interaction, self.event)
        service = host_of(interaction).service(Standing)
        await service.note_native(event, Native(None, "", off=False))
        await service.bring_in_step(guild.id, self.event)
        words = f"“{wording.name(event)}” will be in Discord's own list again."
        await interaction.response.edit_message(view=cards.settled(words))


class CallOff(_Decides, template=rf"event-off:{NUMBER}"):
    """Opens the form that calls the event off."""

    label, name, style = "Call it off", "event-off", discord.ButtonStyle.danger

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask for a note first."""
        await _event(interaction, self.event)
        await open_cancelling(interaction, self.event)


class PostAgain(_Decides, template=rf"event-again:{NUMBER}"):
    """Posts a card anew that somebody took away."""

    label, name, style = "Post it again", "event-again", discord.ButtonStyle.success

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Post it into the channel in which events are announced now."""
        guild, event = await _event(interaction, self.event)
        host = host_of(interaction)
        channel = announcements(guild, host, event.posted.channel_id)
        if channel is None:
            raise UserError(
                "There is no channel for announcements. Choose one with **/setup settings**, then press again."
            )
        await host.service(Standing).post_again(guild.id, self.event, channel)
        words = f"“{wording.name(event)}” will be posted again in <#{channel}>."
        await interaction.response.edit_message(view=cards.settled(words))


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """What organizers are asked and told, as kinds of delivery."""
    client = cast("discord.Client", host)

    async def asked(delivery: Delivery) -> Letter | None:
        found = await host.service(Standing).find(delivery.guild_id, number_in(delivery.subject))
        guild = client.get_guild(delivery.guild_id)
        if found is None or guild is None or found[0].state != events.PLANNED or found[0].ends_at <= host.clock():
            return None
        event, number = found[0], str(found[0].event_id)
        match delivery.moment.partition("-")[0]:
            case "card":
                return Letter(cards.card_gone(event, [PostAgain(number), CallOff(number)]))
            case "deleted":
                return Letter(cards.deleted_by_hand(event, [PutBack(number), CallOff(number), LeaveIt(number)]))
        try:
            theirs = said_of(await guild.fetch_scheduled_event(event.native.native_id or 0, with_counts=False))
        except discord.NotFound:
            return None
        ours = Said.unpacked(event.native.said)
        differs = nativeside.differences(ours, theirs) if ours is not None else []
        buttons = [TakeDiscords(number), PutMine(number), LeaveIt(number)]
        return Letter(cards.changed_by_hand(event, differs, theirs.name, buttons)) if differs else None

    async def trouble(delivery: Delivery) -> Letter | None:
        return Letter(cards.trouble(delivery.subject))

    return (
        Kind(ASKED, "question about an event", "questions about events", render=asked),
        Kind(TROUBLE, "notice", "notices", render=trouble, says_late=False),
    )


ITEMS = (TakeDiscords, PutMine, LeaveIt, PutBack, CallOff, PostAgain)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
