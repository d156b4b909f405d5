"""`/question overview`: numbers for organizers, the same as a file, and when helpers are asked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.buttons import PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from cogs.questions.cards import overview as cards
from cogs.questions.cards.helping import waited
from cogs.questions.service import Helping, Overview
from cogs.questions.service.helping import HOURS
from cogs.questions.views.listing import to_the_list

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

OVERVIEW = "q-numbers"
"""The name under which it is opened."""


async def page(interaction: discord.Interaction[Any], _argument: str = "", _page: int = 0) -> ui.LayoutView:
    """The numbers. Raises NotAllowedError for anybody but organizers."""
    guild, host = require_organizer(interaction), host_of(interaction)
    found = await host.service(Overview).numbers(guild.id)
    choice = await host.service(Helping).choice(guild.id)
    select = AskAfter().showing(choice.ask_after_hours)
    if not found.all.asked:
        return cards.nothing_yet(select)
    return cards.overview(found, host.vocabulary, select, [AsFile(), to_the_list()])


class AskAfter(PersistentSelect, template=r"question-ask-after"):
    """After how long helpers are asked."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="question-ask-after", placeholder="When are helpers asked?"))

    def showing(self, chosen: int) -> AskAfter:
        """With its options."""
        offered = [
            Choice(str(hours), f"Ask helpers after {waited(hours)}" if hours else "Never ask helpers")
            for hours in HOURS
        ]
        self.item.options = choices.options(offered, [str(chosen)])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it; it counts for questions from now on."""
        guild, host = require_organizer(interaction), host_of(interaction)
        hours = next((number for number in HOURS if self.values == [str(number)]), -1)
        await host.service(Helping).ask_after(guild.id, hours)
        await interaction.response.edit_message(view=await page(interaction))


class AsFile(PersistentButton, template=r"question-numbers-file"):
    """The numbers as a file for a spreadsheet."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="As a file (CSV)", emoji="📄", custom_id="question-numbers-file"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Send it, privately."""
        guild, host = require_organizer(interaction), host_of(interaction)
        content = await host.service(Overview).file(guild.id)
        file = discord.File(io.BytesIO(content), cards.FILE)
        await interaction.response.send_message(view=cards.file_note(), file=file, ephemeral=True)


ITEMS = (AskAfter, AsFile)
PAGES: dict[str, PageMaker] = {OVERVIEW: page}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
