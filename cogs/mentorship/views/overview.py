"""The overview of mentoring, for organizers: the card, and the table for a report."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from cogs.mentorship import overview as rules
from cogs.mentorship.cards import overview as cards
from cogs.mentorship.service import Counting
from cogs.mentorship.service.counting import EVERYTHING

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction


async def overview(interaction: discord.Interaction[Any], round_id: int | None = None) -> ui.LayoutView:
    """The numbers of a round, of everything (0), or of the newest round (None)."""
    guild, service = require_organizer(interaction), host_of(interaction).service(Counting)
    found = await service.count(guild.id, round_id)
    number = found.round.round_id if found.round else EVERYTHING
    buttons: list[ui.Item[Any]] = [SaveTable(str(number))] if found.people else []
    if found.more:
        buttons.append(OpenOverview(str(EVERYTHING), label="All so far"))
    return cards.numbers(found, service.label, buttons)


class OpenOverview(PersistentButton, template=rf"mentor-overview:{NUMBER}"):
    """Opens the overview of a round, or (0) of everything."""

    def __init__(self, round_id: str, *, label: str = "Overview") -> None:
        self.round = int(round_id)
        super().__init__(ui.Button(label=label, custom_id=f"mentor-overview:{round_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        await interaction.response.send_message(view=await overview(interaction, self.round), ephemeral=True)


class SaveTable(PersistentButton, template=rf"mentor-table:{NUMBER}"):
    """Hands the table over."""

    def __init__(self, round_id: str) -> None:
        self.round = int(round_id)
        super().__init__(ui.Button(label="Save as a table", emoji="📄", custom_id=f"mentor-table:{round_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Count anew, and hand it over."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Counting)
        found = await service.count(guild.id, self.round)
        table = rules.to_csv(found.people, service.label)
        file: ui.File[Any] = ui.File(discord.UnfurledMediaItem(f"attachment://{cards.FILE}"))
        await interaction.response.send_message(
            view=cards.saved(found, file), file=discord.File(io.BytesIO(table), cards.FILE), ephemeral=True
        )


ITEMS = (OpenOverview, SaveTable)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
