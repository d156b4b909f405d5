"""Help: its cards, the button on the panels that opens it, and those that lead from one card to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_manager, is_organizer
from cogs.welcome.cards import helping as cards
from cogs.welcome.doors import MANAGERS, MEMBERS, ORGANIZERS, SECTIONS

if TYPE_CHECKING:
    import discord


def ways(interaction: discord.Interaction[Any], wanted: str = MEMBERS) -> ui.LayoutView:
    """What one can do here, as far as it is for whoever asks; what it is for members, where it is not."""
    guild, host = guild_of(interaction), host_of(interaction)
    there = [MEMBERS]
    if is_organizer(interaction.user, guild, host):
        there.append(ORGANIZERS)
    if is_manager(interaction):
        there.append(MANAGERS)
    chosen = wanted if wanted in there else MEMBERS
    others: list[ui.Item[Any]] = [HelpFor(name) for name in there if name != chosen]
    return cards.ways(host.mention, host.servers.of(guild.id), SECTIONS[chosen], others)


class Help(PersistentButton, template=rf"help(?::({ORGANIZERS}))?"):
    """Shows what one can do here: as a member, or from their desk as an organizer."""

    def __init__(self, section: str | None = None) -> None:
        self.section = section or MEMBERS
        custom_id = "help" if section is None else f"help:{section}"
        super().__init__(ui.Button(label="What can you do?", emoji="💬", custom_id=custom_id))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=ways(interaction, self.section), ephemeral=True)


class HelpFor(PersistentButton, template=rf"help-for:({MEMBERS}|{ORGANIZERS}|{MANAGERS})"):
    """Shows one of the cards of help in the place of another."""

    def __init__(self, section: str) -> None:
        self.section = section
        super().__init__(ui.Button(label=SECTIONS[section].label, custom_id=f"help-for:{section}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        await interaction.response.edit_message(view=ways(interaction, self.section))


ITEMS = (Help, HelpFor)
