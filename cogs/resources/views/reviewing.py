"""Reviewing: **Publish**, **Decline** with a reason and **Ask the member**, and **Undo**.

Each press asks anew whether an organizer presses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import note
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from bot.kit.reactions import undo
from cogs.resources.cards import suggestions
from cogs.resources.service import Reviewing, StaleError
from cogs.resources.service.records import record_of
from cogs.resources.service.reviewing import LONGEST_QUESTION, LONGEST_REASON
from db import resources

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from bot.kit.host import Host, PageMaker, Reaction
    from db.resources import Resource


def review_card(host: Host, resource: Resource, pager: Sequence[ui.Item[Any]] = (), more: int = 0) -> ui.LayoutView:
    """The card with which organizers decide about a suggestion."""
    number, version = str(resource.resource_id), str(resource.version)
    asking = [AskMember(number, version)] if resource.suggested_by else []
    buttons = [Publish(number, version), Edit(number), Decline(number, version), *asking, *pager]
    return suggestions.for_review(record_of(resource, host.vocabulary), resource, buttons, more)


async def _decided(interaction: discord.Interaction[Any], deciding: Awaitable[Resource]) -> None:
    """Show on the card what became of it and who did it, also where someone else was faster."""
    host = host_of(interaction)
    try:
        resource = await deciding
    except StaleError as stale:
        await interaction.response.edit_message(view=as_it_is(host, stale.resource))
        raise
    await interaction.response.edit_message(view=as_it_is(host, resource))


def as_it_is(host: Host, resource: Resource) -> ui.LayoutView:
    """The card of a suggestion as it stands now: to be decided, or decided with a way back."""
    if resource.status == resources.WAITING:
        return review_card(host, resource)
    if resource.status not in (resources.PUBLISHED, resources.DECLINED):
        return note("### No longer in the catalogue\nThis has been taken out since.", WhatWaits())
    return suggestions.decided(
        record_of(resource, host.vocabulary),
        resource,
        buttons=[undo("review", f"{resource.resource_id}.{resource.version}", host.clock()), WhatWaits()],
    )


class Publish(PersistentButton, template=rf"publish:{NUMBER}:{NUMBER}"):
    """Puts a suggestion into the catalogue."""

    def __init__(self, resource: str, version: str) -> None:
        self.resource, self.version = int(resource), int(version)
        super().__init__(
            ui.Button(label="Publish", style=discord.ButtonStyle.success, custom_id=f"publish:{resource}:{version}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Publish it."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Reviewing)
        by = interaction.user.id
        await _decided(interaction, service.decide(guild.id, self.resource, self.version, by, resources.PUBLISHED))


class Edit(PersistentButton, template=rf"edit:{NUMBER}"):
    """Opens the preview in which an organizer changes a resource."""

    def __init__(self, resource: str) -> None:
        self.resource = int(resource)
        super().__init__(ui.Button(label="Edit", custom_id=f"edit:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it privately: others go on seeing the card as it was."""
        require_organizer(interaction)
        view = await host_of(interaction).pages["edit"](interaction, str(self.resource), 0)
        await interaction.response.send_message(view=view, ephemeral=True)


class _OpensForm(PersistentButton, template=r"(?!)"):
    """What **Decline** and **Ask the member** share: a look at what is decided about, then a form."""

    resource: int
    version: int
    form: str

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form, unless someone was faster."""
        guild, host = require_organizer(interaction), host_of(interaction)
        try:
            await host.service(Reviewing).waiting(guild.id, self.resource, self.version)
        except StaleError as stale:
            await interaction.response.edit_message(view=as_it_is(host, stale.resource))
            raise
        await interaction.response.send_modal(host.forms[self.form].opened(f"{self.resource}.{self.version}"))


class Decline(_OpensForm, template=rf"decline:{NUMBER}:{NUMBER}"):
    """Keeps a suggestion out of the catalogue, with a reason."""

    form = "decline"

    def __init__(self, resource: str, version: str) -> None:
        self.resource, self.version = int(resource), int(version)
        super().__init__(ui.Button(label="Decline", custom_id=f"decline:{resource}:{version}"))


class AskMember(_OpensForm, template=rf"ask-member:{NUMBER}:{NUMBER}"):
    """Asks the member who suggested it."""

    form = "ask-member"

    def __init__(self, resource: str, version: str) -> None:
        self.resource, self.version = int(resource), int(version)
        super().__init__(ui.Button(label="Ask the member", custom_id=f"ask-member:{resource}:{version}"))


class DeclineForm(Form):
    """Why it is declined. Its argument: resource and version."""

    name = "decline"
    title = "Decline this suggestion"
    fields = (
        Field(
            "reason",
            "Why? (optional)",
            "The member reads this, if they asked to be told",
            limit=LONGEST_REASON,
            long=True,
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Decline it, if it is still an organizer who sends this."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Reviewing)
        number, version = read_numbers(argument)
        reason, by = answers.get("reason", ""), interaction.user.id
        await _decided(interaction, service.decide(guild.id, number, version, by, resources.DECLINED, reason))


class AskForm(Form):
    """What an organizer would like to know. Its argument: resource and version."""

    name = "ask-member"
    title = "Ask the member"
    fields = (
        Field(
            "question",
            "Your question",
            "Is there a version that needs no login?",
            limit=LONGEST_QUESTION,
            long=True,
            required=True,
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Ask, and show that it waits for the answer."""
        guild, host = require_organizer(interaction), host_of(interaction)
        number, version = read_numbers(argument)
        try:
            resource = await host.service(Reviewing).ask(
                guild.id, number, version, interaction.user.id, answers.get("question", "")
            )
        except StaleError as stale:
            await interaction.response.edit_message(view=as_it_is(host, stale.resource))
            raise
        await interaction.response.edit_message(view=review_card(host, resource, [WhatWaits()]))


class WhatWaits(PersistentButton, template=r"waiting"):
    """Opens the review queue."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="What else waits", custom_id="waiting"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show its oldest entry, privately."""
        view = await host_of(interaction).pages["waiting"](interaction, "", 0)
        await interaction.response.send_message(view=view, ephemeral=True)


async def _taken_back(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = require_organizer(interaction), host_of(interaction)
    resource = await host.service(Reviewing).take_back(guild.id, *read_numbers(argument))
    await interaction.response.edit_message(view=review_card(host, resource))


ITEMS = (Publish, Edit, Decline, AskMember, WhatWaits)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {"review": _taken_back}
FORMS: tuple[Form, ...] = (DeclineForm(), AskForm())
