"""Opening an event privately, from a list or after it was posted: with what its reader may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

PAGE = "event"
"""The page that shows one event; its argument is the event's number."""


class OpenEvent(PersistentButton, template=rf"event-open:{NUMBER}"):
    """Shows an event privately."""

    def __init__(self, event: str, label: str = "Open") -> None:
        self.event = event
        super().__init__(ui.Button(label=label, custom_id=f"event-open:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it as it is now."""
        view = await host_of(interaction).pages[PAGE](interaction, self.event, 0)
        await interaction.response.send_message(view=view, ephemeral=True)


ITEMS = (OpenEvent,)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
