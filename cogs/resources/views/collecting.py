"""Collections: all members look at them, organizers keep them with the buttons of `keeping`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import guild_of, is_organizer, require_organizer
from cogs.resources.cards import collections
from cogs.resources.service import Collecting
from cogs.resources.service.records import record_of
from cogs.resources.views.finding import Report
from cogs.resources.views.saving import Save

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from db.resources import Collection, Item


async def page_of_collections(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the server's collections."""
    guild, service = guild_of(interaction), host_of(interaction).service(Collecting)
    found, total = await service.all(guild.id, page)
    if not found and total:
        page = within(page, total)
        found, total = await service.all(guild.id, page)
    new: list[ui.Item[Any]] = [NewCollection()] if is_organizer(interaction.user, guild, host_of(interaction)) else []
    if not found:
        return collections.none_yet(new)
    pager = turns("colls", "", interaction.user.id, page, total)
    return collections.all_of_them([(one, Open(str(one.collection_id))) for one in found], [*pager, *new])


async def page_of_collection(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the collection with the number `argument`, as members see it."""
    host, guild = host_of(interaction), guild_of(interaction)
    collection, items, page = await contents(interaction, read_number(argument), page)
    entries = [
        (
            record_of(item.resource, host.vocabulary),
            [Save(str(item.resource.resource_id)), Report(str(item.resource.resource_id))],
        )
        for item in items
    ]
    pager = turns("coll", argument, interaction.user.id, page, collection.items)
    keep = [Keep(argument)] if is_organizer(interaction.user, guild, host_of(interaction)) else []
    return collections.one(collection, entries, [item.sentence for item in items], [*pager, *keep])


async def contents(interaction: discord.Interaction[Any], number: int, page: int) -> tuple[Collection, list[Item], int]:
    """A collection, what is on its page `page` (from 0), and that page or the last one there is."""
    guild, service = guild_of(interaction), host_of(interaction).service(Collecting)
    collection, items = await service.contents(guild.id, number, page)
    if not items and page:
        page = within(page, collection.items)
        collection, items = await service.contents(guild.id, number, page)
    return collection, items, page


class ShowCollections(PersistentButton, template=r"collections"):
    """Shows the server's collections."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Collections", emoji="📚", custom_id="collections"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them in the list's place."""
        await interaction.response.edit_message(view=await page_of_collections(interaction, "", 0))


class Open(PersistentButton, template=rf"coll-open:{NUMBER}"):
    """Opens a collection."""

    def __init__(self, collection: str) -> None:
        self.collection = collection
        super().__init__(ui.Button(label="Open", custom_id=f"coll-open:{collection}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it in the list's place."""
        await interaction.response.edit_message(view=await page_of_collection(interaction, self.collection, 0))


class Keep(PersistentButton, template=rf"coll-keep:{NUMBER}"):
    """Opens a collection for an organizer to change."""

    def __init__(self, collection: str) -> None:
        self.collection = collection
        super().__init__(ui.Button(label="Change this list", custom_id=f"coll-keep:{collection}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it with the buttons that change it."""
        await interaction.response.edit_message(
            view=await host_of(interaction).pages["keep"](interaction, self.collection, 0)
        )


class NewCollection(PersistentButton, template=r"coll-new"):
    """Opens the form for a new collection."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="New collection", style=discord.ButtonStyle.primary, custom_id="coll-new"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it empty."""
        require_organizer(interaction)
        await interaction.response.send_modal(host_of(interaction).forms["collection"].opened())


ITEMS = (ShowCollections, Open, Keep, NewCollection)
PAGES: dict[str, PageMaker] = {"colls": page_of_collections, "coll": page_of_collection}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
