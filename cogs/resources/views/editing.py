"""Editing and removing: **Edit** and `/catalogue edit`, `/catalogue remove` with **Undo**."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number, read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, note
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from bot.kit.reactions import undo
from bot.kit.words import plain
from cogs.resources.cards import upkeep
from cogs.resources.service import Editing, Upkeep
from cogs.resources.service.describing import answers_of
from cogs.resources.service.records import record_of
from cogs.resources.views.describing import ENDINGS, draft_of, preview
from cogs.resources.views.reviewing import Edit, WhatWaits, review_card
from db import resources

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

EDIT = "edit"
"""The form name of drafts that edit a resource; their argument is its number and version."""


async def editing(interaction: discord.Interaction[Any], argument: str, _page: int = 0) -> ui.LayoutView:
    """The preview in which an organizer changes the resource with the number `argument`."""
    guild, host = require_organizer(interaction), host_of(interaction)
    resource = await host.service(Editing).open(guild.id, read_number(argument))
    number = await host.drafts.keep(
        guild_id=guild.id,
        user_id=interaction.user.id,
        form=EDIT,
        argument=f"{resource.resource_id}.{resource.version}",
        answers=answers_of(resource.about),
    )
    return preview(host, await draft_of(interaction, number))


async def removing(interaction: discord.Interaction[Any], resource_id: int) -> ui.LayoutView:
    """Take a resource out of the catalogue, for organizers: the card that says so and can undo it."""
    guild, host = require_organizer(interaction), host_of(interaction)
    resource = await host.service(Upkeep).remove(guild.id, resource_id)
    undoing = undo("remove", f"{resource.resource_id}.{resource.version}", host.clock())
    return upkeep.removed(record_of(resource, host.vocabulary), [undoing, WhatWaits()])


class SaveChanges(PersistentButton, template=rf"edit-save:{NUMBER}"):
    """Puts the changes in the place of what was there."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            ui.Button(label="Save changes", style=discord.ButtonStyle.success, custom_id=f"edit-save:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Save; what still waits for review can be decided right here."""
        require_organizer(interaction)
        host = host_of(interaction)
        resource = await host.service(Editing).save(await draft_of(interaction, self.draft))
        if resource.status == resources.WAITING:
            view = review_card(host, resource)
        else:
            again = [Edit(str(resource.resource_id)), WhatWaits()]
            view = upkeep.changed(record_of(resource, host.vocabulary), again)
        await interaction.response.edit_message(view=view)


class LeaveIt(PersistentButton, template=rf"edit-leave:{NUMBER}"):
    """Leaves the resource as it is."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Leave as it was", custom_id=f"edit-leave:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Forget the changes."""
        await draft_of(interaction, self.draft)
        await host_of(interaction).drafts.forget(self.draft)
        await interaction.response.edit_message(view=note("Nothing was changed."))


async def _restored(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = require_organizer(interaction), host_of(interaction)
    resource = await host.service(Upkeep).restore(guild.id, *read_numbers(argument))
    words = f"“{plain(resource.about.title)}” is in the catalogue again."
    await interaction.response.edit_message(view=note(words, tone=Tone.DONE))


def _ending(number: str) -> tuple[str, list[ui.Item[Any]], list[ui.Item[Any]]]:
    heading = "### Edit this resource\nChange what is not right, then save."
    return heading, [SaveChanges(number)], [LeaveIt(number)]


ENDINGS[EDIT] = _ending
ITEMS = (SaveChanges, LeaveIt)
PAGES: dict[str, PageMaker] = {EDIT: editing}
REACTIONS: dict[str, Reaction] = {"remove": _restored}
FORMS: tuple[Form, ...] = ()
