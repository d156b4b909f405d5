"""The organizers' queue: suggestions, and published resources to be looked at, each with the fitting buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import require_organizer
from cogs.resources.cards import upkeep
from cogs.resources.service import Reviewing, Upkeep
from cogs.resources.service.records import record_of
from cogs.resources.views.editing import removing
from cogs.resources.views.reviewing import Edit, WhatWaits, review_card
from cogs.resources.views.starting import StarterCatalogue
from db import resources

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from db.resources import Queued

_REASONS = "(reported|dead-link|review-date|changed)"


async def page_of_queue(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the review queue, for organizers."""
    guild, host = require_organizer(interaction), host_of(interaction)
    service = host.service(Reviewing)
    waiting, total = await service.queue(guild.id, page)
    if not waiting and total:
        page = within(page, total, 1)
        waiting, total = await service.queue(guild.id, page)
    if not waiting:
        return upkeep.queue_empty(StarterCatalogue())
    queued, behind = waiting[0], total - 1 - page
    pager = turns("waiting", "", interaction.user.id, page, total, 1)
    if queued.reason == resources.NEW:
        return review_card(host, queued.resource, pager, behind)
    record = record_of(queued.resource, host.vocabulary)
    return upkeep.flagged(record, queued, [*_buttons(queued), *pager], behind)


def _buttons(queued: Queued) -> list[ui.Item[Any]]:
    number, version = str(queued.resource.resource_id), str(queued.resource.version)
    fine = StillFine(number, version, queued.reason)
    offered = queued.note and queued.reason in TakeLink.labels
    if queued.reason == resources.CHANGED and upkeep.lost_its_page(queued):
        offered = ""
    taking = [TakeLink(number, version, queued.reason)] if offered else []
    return [*taking, fine, Edit(number), Remove(number)]


class StillFine(PersistentButton, template=rf"fine:{NUMBER}:{NUMBER}:{_REASONS}"):
    """Says that a resource is good as it is."""

    def __init__(self, resource: str, version: str, reason: str) -> None:
        self.resource, self.version, self.reason = int(resource), int(version), reason
        label = "Keep the old link" if reason == resources.CHANGED else "Still fine"
        style = discord.ButtonStyle.secondary if reason == resources.CHANGED else discord.ButtonStyle.success
        super().__init__(ui.Button(label=label, style=style, custom_id=f"fine:{resource}:{version}:{reason}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it out of the queue."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Upkeep)
        resource = await service.still_fine(guild.id, self.resource, self.version, self.reason)
        view = upkeep.settled("It stays as it is ✅", resource.about.title, [WhatWaits()])
        await interaction.response.edit_message(view=view)


class TakeLink(PersistentButton, template=rf"take-link:{NUMBER}:{NUMBER}:{_REASONS}"):
    """Puts the link that the queue offers in the place of the old one."""

    labels = {resources.CHANGED: "Take the new link", resources.DEAD_LINK: "Use archived copy"}  # noqa: RUF012

    def __init__(self, resource: str, version: str, reason: str) -> None:
        self.resource, self.version, self.reason = int(resource), int(version), reason
        label = self.labels.get(reason, "Take the new link")
        state = f"take-link:{resource}:{version}:{reason}"
        super().__init__(ui.Button(label=label, style=discord.ButtonStyle.success, custom_id=state))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it."""
        guild, host = require_organizer(interaction), host_of(interaction)
        resource = await host.service(Upkeep).take_link(guild.id, self.resource, self.version, self.reason)
        view = upkeep.changed(record_of(resource, host.vocabulary), [Edit(str(self.resource)), WhatWaits()])
        await interaction.response.edit_message(view=view)


class Remove(PersistentButton, template=rf"remove:{NUMBER}"):
    """Takes a resource out of the catalogue."""

    def __init__(self, resource: str) -> None:
        self.resource = int(resource)
        super().__init__(ui.Button(label="Remove", style=discord.ButtonStyle.danger, custom_id=f"remove:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Remove it, with an undo."""
        await interaction.response.edit_message(view=await removing(interaction, self.resource))


ITEMS = (StillFine, TakeLink, Remove)
PAGES: dict[str, PageMaker] = {"waiting": page_of_queue}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
