"""Reviewing: **Publish** and **Decline**, each asked anew whether an organizer presses, and **Undo**."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import require_organizer
from bot.kit.reactions import undo
from cogs.resources.cards import suggestions
from cogs.resources.service import Reviewing, StaleError
from cogs.resources.service.records import record_of
from db import resources

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from db.resources import Resource


def review_card(host: Host, resource: Resource, pager: tuple[ui.Item[Any], ...] = (), more: int = 0) -> ui.LayoutView:
    """The card with which organizers decide."""
    number, version = str(resource.resource_id), str(resource.version)
    return suggestions.for_review(
        record_of(resource, host.vocabulary),
        resource.suggested_by,
        resource.suggested_at,
        [Publish(number, version), Decline(number, version), *pager],
        more,
    )


async def page_of_queue(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the review queue, for organizers."""
    guild, host = require_organizer(interaction), host_of(interaction)
    service = host.service(Reviewing)
    waiting, total = await service.queue(guild.id, page)
    if not waiting and total:
        page = within(page, total, 1)
        waiting, total = await service.queue(guild.id, page)
    if not waiting:
        return suggestions.queue_empty()
    pager = turns("waiting", "", interaction.user.id, page, total, 1)
    return review_card(host, waiting[0], tuple(pager), total - 1 - page)


class _Decide(PersistentButton, template=r"(?!)"):
    """What **Publish** and **Decline** share."""

    resource: int
    version: int
    status: str

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Decide, and show on the card what became of it and who did it."""
        guild, host = require_organizer(interaction), host_of(interaction)
        try:
            resource = await host.service(Reviewing).decide(
                guild.id, self.resource, self.version, interaction.user.id, self.status
            )
        except StaleError as stale:
            await interaction.response.edit_message(view=_as_it_is(host, stale.resource))
            raise
        await interaction.response.edit_message(view=_as_it_is(host, resource))


def _as_it_is(host: Host, resource: Resource) -> ui.LayoutView:
    """The card of a suggestion as it stands now: to be decided, or decided with a way back."""
    if resource.status == resources.WAITING:
        return review_card(host, resource)
    return suggestions.decided(
        record_of(resource, host.vocabulary),
        resource.reviewed_by,
        published=resource.status == resources.PUBLISHED,
        buttons=[undo("review", f"{resource.resource_id}.{resource.version}", host.clock()), WhatWaits()],
    )


class Publish(_Decide, template=rf"publish:{NUMBER}:{NUMBER}"):
    """Puts a suggestion into the catalogue."""

    status = resources.PUBLISHED

    def __init__(self, resource: str, version: str) -> None:
        self.resource, self.version = int(resource), int(version)
        super().__init__(
            ui.Button(label="Publish", style=discord.ButtonStyle.success, custom_id=f"publish:{resource}:{version}")
        )


class Decline(_Decide, template=rf"decline:{NUMBER}:{NUMBER}"):
    """Keeps a suggestion out of the catalogue."""

    status = resources.DECLINED

    def __init__(self, resource: str, version: str) -> None:
        self.resource, self.version = int(resource), int(version)
        super().__init__(ui.Button(label="Decline", custom_id=f"decline:{resource}:{version}"))


class WhatWaits(PersistentButton, template=r"waiting"):
    """Opens the review queue."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="What else waits", custom_id="waiting"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show its oldest entry, privately."""
        await interaction.response.send_message(view=await page_of_queue(interaction, "", 0), ephemeral=True)


async def _taken_back(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = require_organizer(interaction), host_of(interaction)
    number, _, version = argument.partition(".")
    resource = await host.service(Reviewing).take_back(guild.id, int(number), int(version or 0))
    await interaction.response.edit_message(view=review_card(host, resource))


ITEMS = (Publish, Decline, WhatWaits)
PAGES: dict[str, PageMaker] = {"waiting": page_of_queue}
REACTIONS: dict[str, Reaction] = {"review": _taken_back}
FORMS: tuple[Form, ...] = ()
