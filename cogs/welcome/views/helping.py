"""Help: the card, and the button on the panels that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_manager, is_organizer
from cogs.welcome.cards import helping as cards

if TYPE_CHECKING:
    import discord


def ways(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """What this member can do here."""
    guild, host = guild_of(interaction), host_of(interaction)
    organizer = is_organizer(interaction.user, guild, host)
    return cards.ways(host.mention, organizer=organizer, manager=is_manager(interaction))


class Help(PersistentButton, template=r"help"):
    """Shows what one can do here."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="What can you do?", emoji="💬", custom_id="help"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=ways(interaction), ephemeral=True)


ITEMS = (Help,)
