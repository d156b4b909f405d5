"""Editing: an event is changed in the preview it was made in, or called off with a note; and **Undo**."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number, read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.errors import GoneError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from bot.kit.reactions import undo
from cogs.events.cards import planning as cards
from cogs.events.service import Editing, Looking, Planning, StaleError
from cogs.events.service.planning import answers_of, edited
from cogs.events.service.telling import concerned
from cogs.events.terms import LONGEST_NOTE
from cogs.events.views.choosing import draft_of
from cogs.events.views.opening import OpenEvent
from cogs.events.views.planning import preview
from cogs.events.views.rights import channels_of, require_change
from db import events

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction
    from cogs.events.service import Shown
    from db.drafts import Draft
    from db.events import Event

FORM = "event"
_BEFORE = "event-before"
"""What an event said before it was edited, as a draft that an **Undo** saves; and what that deed is called."""


async def editing(interaction: discord.Interaction[Any], event_id: int) -> ui.LayoutView:
    """The preview in which an event can be changed; what was begun for this version before is gone on with."""
    guild, host = guild_of(interaction), host_of(interaction)
    event = (await host.service(Looking).one(guild.id, event_id)).event
    require_change(interaction, event)
    number = await host.drafts.keep(
        guild_id=guild.id,
        user_id=interaction.user.id,
        form=FORM,
        argument=f"{event.event_id}.{event.version}",
        answers=answers_of(event),
    )
    return await preview(interaction, await draft_of(interaction, number))


class EditEvent(PersistentButton, template=rf"event-edit:{NUMBER}"):
    """Opens the preview in which an event is changed."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Edit", custom_id=f"event-edit:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it privately."""
        view = await editing(interaction, self.event)
        await interaction.response.send_message(view=view, ephemeral=True)


async def _saved(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = guild_of(interaction), host_of(interaction)
    draft = await draft_of(interaction, read_number(argument))
    before = await host.service(Looking).one(guild.id, edited(draft) or 0)
    require_change(interaction, before.event)
    planned = await host.service(Planning).planned(draft, channels_of(guild))
    try:
        event, told = await host.service(Editing).save(draft, planned)
    except StaleError as stale:
        await interaction.response.edit_message(view=await upon_the_newest(interaction, draft, stale.event))
        raise
    kept = await host.drafts.keep(
        guild_id=guild.id,
        user_id=interaction.user.id,
        form=_BEFORE,
        argument=f"{event.event_id}.{event.version}",
        answers=answers_of(before.event),
    )
    buttons = [undo(_BEFORE, str(kept), host.clock()), OpenEvent(str(event.event_id))]
    await interaction.response.edit_message(view=cards.saved(event, heard(before) if told else 0, buttons))


async def _as_before(interaction: discord.Interaction[Any], argument: str) -> None:
    """Undo an edit: what the event said before was kept as a draft of its own."""
    guild, host = guild_of(interaction), host_of(interaction)
    draft = await host.drafts.open(read_number(argument), guild_id=guild.id, user_id=interaction.user.id)
    found = await host.service(Looking).one(guild.id, edited(draft) or 0)
    require_change(interaction, found.event)
    planned = await host.service(Planning).planned(draft, channels_of(guild))
    try:
        event = await host.service(Editing).put_back(draft, planned)
    except StaleError as stale:
        raise GoneError("This has changed since, so it cannot be undone. **Edit** changes it again.") from stale
    await interaction.response.edit_message(view=cards.as_before(event, [OpenEvent(str(event.event_id))]))


async def upon_the_newest(interaction: discord.Interaction[Any], draft: Draft, event: Event) -> ui.LayoutView:
    """What was typed, as a change of what the event says now, so that saving it is a choice and nothing is lost."""
    host = host_of(interaction)
    argument = f"{event.event_id}.{event.version}"
    number = await host.drafts.keep(
        guild_id=draft.guild_id, user_id=draft.user_id, form=FORM, argument=argument, answers=draft.answers
    )
    await host.drafts.forget(draft.draft_id)
    return await preview(interaction, await draft_of(interaction, number))


def heard(found: Shown) -> int:
    """How many hear that an event is moved or called off."""
    return sum(1 for rsvp in found.rsvps if concerned(rsvp))


class CancelEvent(PersistentButton, template=rf"event-cancel:{NUMBER}"):
    """Opens the form that calls an event off."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(
            ui.Button(label="Call it off", style=discord.ButtonStyle.danger, custom_id=f"event-cancel:{event}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask for a note; sending the form calls it off."""
        await open_cancelling(interaction, self.event)


async def open_cancelling(interaction: discord.Interaction[Any], event_id: int) -> None:
    """Open the form that calls an event off, for who may."""
    guild, host = guild_of(interaction), host_of(interaction)
    found = await host.service(Looking).one(guild.id, event_id)
    require_change(interaction, found.event)
    await interaction.response.send_modal(CancelForm().opened(str(event_id)))


class CancelForm(Form):
    """Why it is called off. Its argument is the event."""

    name = "event-cancel"
    title = "Call this event off"
    fields = (
        Field(
            "note",
            "A word to those who wanted to come (optional)",
            "The speaker is ill. We will find another date.",
            limit=LONGEST_NOTE,
            long=True,
            help="Sending this calls the event off. Everyone who wanted to come is told.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Call it off, with a way back."""
        guild, host = guild_of(interaction), host_of(interaction)
        found = await host.service(Looking).one(guild.id, read_number(argument))
        require_change(interaction, found.event)
        event = await host.service(Editing).cancel(
            guild.id, found.event.event_id, interaction.user.id, answers.get("note", "")
        )
        back = undo("event-cancel", f"{event.event_id}.{event.version}", host.clock())
        view = cards.called_off(event, heard(found), [back])
        await interaction.response.send_message(view=view, ephemeral=True)


async def _on_again(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = guild_of(interaction), host_of(interaction)
    event_id, version = read_numbers(argument)
    found = await host.service(Looking).one(guild.id, event_id)
    require_change(interaction, found.event)
    event = await host.service(Editing).take_back(guild.id, event_id, version)
    await interaction.response.edit_message(view=cards.on_again(event, [OpenEvent(str(event_id))]))


def for_hosts(found: Shown) -> list[ui.Item[Any]]:
    """What who may change an event can do with it."""
    event = found.event
    if event.state != events.PLANNED or found.over:
        return []
    return [EditEvent(str(event.event_id)), CancelEvent(str(event.event_id))]


ITEMS = (EditEvent, CancelEvent)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {"event-save": _saved, "event-cancel": _on_again, _BEFORE: _as_before}
FORMS: tuple[Form, ...] = (CancelForm(),)
