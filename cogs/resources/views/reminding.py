"""Reminders to read something: **This evening**, **Tomorrow**, **Next week**, by direct message only where asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, note
from bot.kit.delivery import Kind, Letter
from bot.kit.errors import GoneError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, has_left
from bot.kit.reactions import undo
from cogs.resources import reading
from cogs.resources.cards import reminders
from cogs.resources.service import Reminding
from cogs.resources.service.records import record_of
from cogs.resources.service.reminding import KIND
from db.delivery import Way

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from db.delivery import Delivery

_WHENS = "|".join(reading.CHOICES)


def whens(resource_id: int) -> list[ui.Item[Any]]:
    """The buttons with which a member says when."""
    return [RemindMe(str(resource_id), choice) for choice in reading.CHOICES]


class RemindMe(PersistentButton, template=rf"remind:{NUMBER}:({_WHENS})"):
    """Promises a reminder."""

    def __init__(self, resource: str, choice: str) -> None:
        self.resource, self.choice = int(resource), choice
        super().__init__(ui.Button(label=reading.CHOICES[choice], custom_id=f"remind:{resource}:{choice}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Promise it, and say when and how it comes."""
        guild, host = guild_of(interaction), host_of(interaction)
        resource, due = await host.service(Reminding).remind(
            guild.id, interaction.user.id, self.resource, self.choice, place_id=interaction.channel_id
        )
        buttons = [ByDirectMessage(str(self.resource)), undo("remind", str(self.resource), host.clock())]
        await interaction.response.send_message(
            view=reminders.promised(resource.about.title, due, buttons), ephemeral=True
        )


class ByDirectMessage(PersistentButton, template=rf"remind-dm:{NUMBER}"):
    """Lets the reminder come as a direct message."""

    def __init__(self, resource: str) -> None:
        self.resource = int(resource)
        super().__init__(ui.Button(label="Direct message", custom_id=f"remind-dm:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Change it, and say so."""
        guild, host = guild_of(interaction), host_of(interaction)
        resource, due = await host.service(Reminding).by_direct_message(guild.id, interaction.user.id, self.resource)
        view = reminders.promised(
            resource.about.title, due, [undo("remind", str(self.resource), host.clock())], directly=True
        )
        await interaction.response.edit_message(view=view)


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The reminder as a kind of delivery."""

    async def render(delivery: Delivery) -> Letter | None:
        resource = await host.service(Reminding).due(delivery)
        if resource is None or await has_left(host, delivery.guild_id, delivery.target_id):
            return None
        record = record_of(resource, host.vocabulary)
        # The buttons need their server, which a press in a direct message does not name.
        choices = () if delivery.way is Way.DM else ("tomorrow", "week")
        again = [RemindMe(str(resource.resource_id), choice) for choice in choices]
        view = reminders.reminder(delivery.target_id, record, again)
        return Letter(view, members=(delivery.target_id,))

    return (Kind(KIND, "reminder to read", "reminders to read", render=render),)


async def _forgotten(interaction: discord.Interaction[Any], argument: str) -> None:
    service = host_of(interaction).service(Reminding)
    if not await service.forget(guild_of(interaction).id, interaction.user.id, read_number(argument)):
        raise GoneError(
            "This reminder no longer waits, so there is nothing to take back. Press **Save** below the resource "
            "for another one."
        )
    await interaction.response.edit_message(view=note("I will not remind you.", tone=Tone.DONE))


ITEMS = (RemindMe, ByDirectMessage)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {"remind": _forgotten}
FORMS: tuple[Form, ...] = ()
