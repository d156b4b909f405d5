"""Greeting newcomers, in the settings: on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import require_manager
from cogs.setup.cards import greeting as cards
from cogs.setup.service import Settling
from cogs.setup.views import settling
from db.setup import GREETS

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction


def screen(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """Whether newcomers are greeted."""
    guild = require_manager(interaction)
    settings = host_of(interaction).servers.of(guild.id)
    buttons = [Greet("off" if settings.greets else "on"), settling.Back()]
    return cards.change(settings, buttons, told=interaction.client.intents.members)


class Greet(PersistentButton, template=r"setup-greet:(on|off)"):
    """Switches it on or off."""

    def __init__(self, state: str) -> None:
        self.on = state == "on"
        label = "Greet newcomers" if self.on else "Do not greet"
        super().__init__(ui.Button(label=label, style=discord.ButtonStyle.primary, custom_id=f"setup-greet:{state}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Switch it, and show what is set up."""
        guild = require_manager(interaction)
        await host_of(interaction).service(Settling).greeting(guild.id, interaction.user.id, greets=self.on)
        await settling.overview_again(interaction)


settling.SCREENS[GREETS] = screen

ITEMS = (Greet,)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
