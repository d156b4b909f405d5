"""**What people said**: the answers to the last questions, for organizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import require_organizer
from cogs.mentorship.cards import voices as cards
from cogs.mentorship.service import LookingBack

if TYPE_CHECKING:
    import discord

    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

LIST = "mvoices"


async def voices(interaction: discord.Interaction[Any], argument: str, page: int = 0) -> ui.LayoutView:
    """A page of what was said in a round, or (0) in all."""
    guild = require_organizer(interaction)
    found = await host_of(interaction).service(LookingBack).voices(guild.id, read_number(argument or "0"))
    page = within(page, len(found), cards.A_PAGE)
    pager = turns(LIST, argument, interaction.user.id, page, len(found), cards.A_PAGE)
    return cards.voices(found, page, pager)


class Voices(PersistentButton, template=rf"mentor-said:{NUMBER}"):
    """Shows what was said in a round, or (0) in all."""

    def __init__(self, round_id: str) -> None:
        self.round = int(round_id)
        super().__init__(ui.Button(label="What people said", emoji="💬", custom_id=f"mentor-said:{round_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=await voices(interaction, str(self.round)), ephemeral=True)


ITEMS = (Voices,)
PAGES: dict[str, PageMaker] = {LIST: voices}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
