"""Checking links: `/catalogue check-links` with **Check now**, and the chore that looks at a slice of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.delivery import Kind
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import require_organizer
from cogs.resources.cards import checking
from cogs.resources.service import Checking
from cogs.resources.service.rounds import CHECK
from cogs.resources.views.reviewing import WhatWaits

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from db.delivery import Delivery

LINKS = "links"
"""The name of the list of dead links in its pager."""


async def page_of_links(
    interaction: discord.Interaction[Any], _argument: str, page: int, words: str = ""
) -> ui.LayoutView:
    """How the catalogue's links stand, with page `page` (from 0) of the dead ones, for organizers."""
    guild, service = require_organizer(interaction), host_of(interaction).service(Checking)
    state = await service.state(guild.id)
    if not state.checked.total:
        return checking.nothing_to_check()
    total = state.checked.dead
    page = within(page, total) if total else 0
    dead = await service.dead(guild.id, page) if total else []
    pager = turns(LINKS, "", interaction.user.id, page, total)
    first = LookAgain() if state.running else CheckNow()
    return checking.state(state, dead, [first, WhatWaits(), *pager], words)


class CheckNow(PersistentButton, template=r"check-links"):
    """Asks for a look at all links."""

    def __init__(self) -> None:
        button: ui.Button[Any] = ui.Button(
            label="Check now", style=discord.ButtonStyle.primary, custom_id="check-links"
        )
        super().__init__(button)

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Promise it, and say how far it is."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Checking)
        promised = await service.check_now(guild.id)
        words = "" if promised else "All of them were looked at in the last few hours. Press again later."
        await interaction.response.edit_message(view=await page_of_links(interaction, "", 0, words))


class LookAgain(PersistentButton, template=r"links-so-far"):
    """Shows how far the check is."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="How far is it?", custom_id="links-so-far"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Draw the card anew."""
        await interaction.response.edit_message(view=await page_of_links(interaction, "", 0))


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The chore as a kind of delivery."""

    async def look(delivery: Delivery) -> None:
        await host.service(Checking).slice(delivery)

    return (Kind(CHECK, "link check", "link checks", work=look),)


ITEMS = (CheckNow, LookAgain)
PAGES: dict[str, PageMaker] = {LINKS: page_of_links}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
