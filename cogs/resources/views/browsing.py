"""Browsing: `/resource recent`, and the opportunities by deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import guild_of
from cogs.resources import terms
from cogs.resources.cards import lists
from cogs.resources.service import Browsing
from cogs.resources.service.records import record_of
from cogs.resources.views.collecting import ShowCollections
from cogs.resources.views.finding import Report, SuggestOne
from cogs.resources.views.saving import Save

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from db.resources import Resource
    from db.search import SearchRecord


async def page_of_recent(interaction: discord.Interaction[Any], kind: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of what is new, of one kind where named."""
    guild, host = guild_of(interaction), host_of(interaction)
    service = host.service(Browsing)
    found, total = await service.recent(guild.id, kind or None, page)
    if not found and total:
        page = within(page, total)
        found, total = await service.recent(guild.id, kind or None, page)
    term = terms.kind(kind)
    label = term.label if term else ""
    if not found:
        return lists.nothing_recent(label, [ByDeadline(), ShowCollections(), SuggestOne()])
    pager = turns("recent", kind, interaction.user.id, page, total)
    return lists.recent(total, entries(host, found), pager, kind=label, buttons=[ByDeadline(), ShowCollections()])


async def page_of_closing(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the open opportunities, the next to close first."""
    guild, host = guild_of(interaction), host_of(interaction)
    service = host.service(Browsing)
    found, total = await service.closing(guild.id, page)
    if not found and total:
        page = within(page, total)
        found, total = await service.closing(guild.id, page)
    if not found:
        return lists.nothing_closing([WhatIsNew(), SuggestOne()])
    pager = turns("closing", "", interaction.user.id, page, total)
    return lists.closing(entries(host, found), [*pager, WhatIsNew()])


def entries(host: Host, found: Sequence[Resource]) -> list[tuple[SearchRecord, list[ui.Item[Any]]]]:
    """Resources with the buttons they have in lists."""
    return [
        (record_of(one, host.vocabulary), [Save(str(one.resource_id)), Report(str(one.resource_id))]) for one in found
    ]


class ByDeadline(PersistentButton, template=r"by-deadline"):
    """Shows the opportunities by their closing date."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="By deadline", emoji="📣", custom_id="by-deadline"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them in the list's place."""
        await interaction.response.edit_message(view=await page_of_closing(interaction, "", 0))


class WhatIsNew(PersistentButton, template=r"what-is-new"):
    """Shows what is new."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="What is new", emoji="🆕", custom_id="what-is-new"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it in the list's place."""
        await interaction.response.edit_message(view=await page_of_recent(interaction, "", 0))


ITEMS = (ByDeadline, WhatIsNew)
PAGES: dict[str, PageMaker] = {"recent": page_of_recent, "closing": page_of_closing}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
