"""Pointing at a resource without a command: a form for its title, and what organizers can do about the one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton, PersistentSelect
from bot.kit.errors import UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from bot.kit.words import clip, tidy
from cogs.resources.cards import upkeep
from cogs.resources.limits import LONGEST_TITLE
from cogs.resources.service import Upkeep
from cogs.resources.service.records import record_of
from cogs.resources.views.queueing import Remove
from cogs.resources.views.reviewing import Edit
from cogs.resources.views.starting import StarterCatalogue

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction
    from db.resources import Resource

_LABEL = 100
"""Characters of a select's option."""


class PointForm(Form):
    """Which resource is meant."""

    name = "catalogue-one"
    title = "Edit or remove a resource"
    fields = (
        Field(
            "title",
            "Its link, or words of its title",
            "laser checklist",
            limit=LONGEST_TITLE,
            required=True,
            help="To take out the starter catalogue as a whole, type: starter catalogue",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Show it, or those it may be."""
        del argument
        guild, service = require_organizer(interaction), host_of(interaction).service(Upkeep)
        typed = tidy(answers.get("title", ""))
        if typed.casefold() == "starter catalogue":
            await interaction.response.send_message(view=upkeep.starter_meant(StarterCatalogue()), ephemeral=True)
            return
        found = await service.titles(guild.id, typed)
        try:
            chosen = await service.chosen(guild.id, typed)
        except UserError:
            if not found:
                words = "I found no resource with these words in its title. Try fewer of them, or its link."
                raise UserError(words) from None
            view = upkeep.which(typed, Which().of(found))
            await interaction.response.send_message(view=view, ephemeral=True)
            return
        await interaction.response.send_message(view=_one(interaction, chosen), ephemeral=True)


def _one(interaction: discord.Interaction[Any], resource: Resource) -> ui.LayoutView:
    number = str(resource.resource_id)
    return upkeep.one(record_of(resource, host_of(interaction).vocabulary), [Edit(number), Remove(number)])


class Point(PersistentButton, template=r"catalogue-one"):
    """Opens the form."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Edit or remove", emoji="✏️", custom_id="catalogue-one"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        require_organizer(interaction)
        await interaction.response.send_modal(PointForm().opened())


class Which(PersistentSelect, template=r"catalogue-which"):
    """One of several whose titles have these words."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="catalogue-which", placeholder="Which one is it?"))

    def of(self, found: list[tuple[int, str]]) -> Which:
        """With these numbers and titles, 25 at most."""
        self.item.options = [
            discord.SelectOption(label=clip(title, _LABEL), value=str(number)) for number, title in found
        ]
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it in the place of the choice."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Upkeep)
        chosen = await service.chosen(guild.id, self.values[0] if self.values else "")
        await interaction.response.edit_message(view=_one(interaction, chosen))


ITEMS = (Point, Which)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (PointForm(),)
