"""The starter catalogue as a whole: **Starter catalogue**, **Take it all out**, **Bring it back**."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from cogs.resources.cards import upkeep
from cogs.resources.service import Starting

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction


async def starter_card(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """How the starter catalogue stands in this server, for organizers, with what can be done about it."""
    guild = require_organizer(interaction)
    here, away = await host_of(interaction).service(Starting).state(guild.id)
    return upkeep.starter(here, away=away, button=BringBack() if away else TakeAllOut())


class StarterCatalogue(PersistentButton, template=r"starter"):
    """Shows how the starter catalogue stands here."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Starter catalogue", custom_id="starter"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it in the card's place."""
        await interaction.response.edit_message(view=await starter_card(interaction))


class TakeAllOut(PersistentButton, template=r"starter-out"):
    """Takes the whole starter catalogue out."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Take it all out", custom_id="starter-out"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it out; it takes a moment."""
        guild, host = require_organizer(interaction), host_of(interaction)
        await interaction.response.defer()
        await host.service(Starting).put_away(guild.id, interaction.user.id)
        await interaction.edit_original_response(view=await starter_card(interaction))


class BringBack(PersistentButton, template=r"starter-back"):
    """Brings the whole starter catalogue back."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Bring it back", style=discord.ButtonStyle.primary, custom_id="starter-back"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Bring it back; it takes a moment."""
        guild, host = require_organizer(interaction), host_of(interaction)
        await interaction.response.defer()
        await host.service(Starting).take_back(guild.id)
        await interaction.edit_original_response(view=await starter_card(interaction))


ITEMS = (StarterCatalogue, TakeAllOut, BringBack)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
