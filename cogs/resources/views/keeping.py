"""Keeping a collection: what organizers press to add, move, take out, rename and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number, read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import note
from bot.kit.errors import GoneError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import PER_PAGE
from bot.kit.permissions import require_organizer
from bot.kit.reactions import KEPT, question, undo
from bot.kit.words import plain
from cogs.resources.cards import collections
from cogs.resources.service import Collecting, Upkeep
from cogs.resources.service.collecting import LONGEST_ABOUT, LONGEST_NAME, LONGEST_SENTENCE
from cogs.resources.service.records import record_of
from cogs.resources.views.collecting import contents

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction

_SENTENCE = Field("sentence", "Why is it in this list? (optional)", "Read this first", limit=LONGEST_SENTENCE)


async def page_of_keeping(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the collection with the number `argument`, as organizers keep it."""
    require_organizer(interaction)
    host = host_of(interaction)
    collection, items, page = await contents(interaction, read_number(argument), page)
    entries: list[tuple[Any, list[ui.Item[Any]]]] = []
    for place, item in enumerate(items, page * PER_PAGE):
        state = (argument, str(item.resource.resource_id), str(page))
        up: list[ui.Item[Any]] = [MoveUp(*state)] if place else []
        entries.append((record_of(item.resource, host.vocabulary), [*up, ChangeSentence(*state), TakeOut(*state)]))
    pager = turns("keep", argument, interaction.user.id, page, collection.items)
    buttons = [AddTo(argument), Rename(argument), RemoveCollection(argument), *pager]
    return collections.one(collection, entries, [item.sentence for item in items], buttons)


async def kept_collection(
    interaction: discord.Interaction[Any], name: str, add: str | None, sentence: str
) -> ui.LayoutView:
    """The list of that name, made if need be, with a resource put at its end where one is named."""
    guild, host = require_organizer(interaction), host_of(interaction)
    service = host.service(Collecting)
    resource = await host.service(Upkeep).chosen(guild.id, add) if add is not None else None
    collection = await service.named(guild.id, name) or await service.create(guild.id, interaction.user.id, name, "")
    page = 0
    if resource is not None:
        await service.put(guild.id, interaction.user.id, collection.collection_id, resource.resource_id, sentence)
        page = collection.items // PER_PAGE
    return await page_of_keeping(interaction, str(collection.collection_id), page)


async def _redraw(interaction: discord.Interaction[Any], collection: int, page: int = 0) -> None:
    await interaction.response.edit_message(view=await page_of_keeping(interaction, str(collection), page))


class _OfCollection(PersistentButton, template=r"(?!)"):
    """What the buttons of a whole collection share."""

    label: str
    name: str

    def __init__(self, collection: str) -> None:
        self.collection = int(collection)
        super().__init__(ui.Button(label=self.label, custom_id=f"{self.name}:{collection}"))


class AddTo(_OfCollection, template=rf"coll-add:{NUMBER}"):
    """Opens the form that adds a resource."""

    label, name = "Add a resource", "coll-add"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        require_organizer(interaction)
        await interaction.response.send_modal(AddForm().opened(str(self.collection)))


class Rename(_OfCollection, template=rf"coll-name:{NUMBER}"):
    """Opens the form for the name and the sentence about the whole."""

    label, name = "Rename", "coll-name"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it with what there is."""
        guild = require_organizer(interaction)
        collection, _ = await host_of(interaction).service(Collecting).contents(guild.id, self.collection)
        known = {"name": collection.name, "about": collection.about}
        await interaction.response.send_modal(CollectionForm().opened(str(self.collection), known))


class RemoveCollection(_OfCollection, template=rf"coll-remove:{NUMBER}"):
    """Asks whether to remove a collection."""

    label, name = "Remove this list", "coll-remove"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first: its order and its sentences cannot be brought back."""
        guild = require_organizer(interaction)
        collection, _ = await host_of(interaction).service(Collecting).contents(guild.id, self.collection)
        words = (
            f"Remove the collection “{plain(collection.name)}”? Its order and its sentences cannot be brought back; "
            "the resources in it stay in the catalogue."
        )
        await interaction.response.edit_message(view=question(words, "coll-remove", str(self.collection), "Remove it"))


class _OfItem(PersistentButton, template=r"(?!)"):
    """What the buttons of one resource in a collection share."""

    label: str
    name: str

    def __init__(self, collection: str, resource: str, page: str) -> None:
        self.collection, self.resource, self.page = int(collection), int(resource), int(page)
        super().__init__(ui.Button(label=self.label, custom_id=f"{self.name}:{collection}:{resource}:{page}"))


class MoveUp(_OfItem, template=rf"coll-up:{NUMBER}:{NUMBER}:{NUMBER}"):
    """Moves a resource one place up."""

    label, name = "Move up", "coll-up"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Move it."""
        guild = require_organizer(interaction)
        await host_of(interaction).service(Collecting).move_up(guild.id, self.collection, self.resource)
        await _redraw(interaction, self.collection, self.page)


class ChangeSentence(_OfItem, template=rf"coll-say:{NUMBER}:{NUMBER}:{NUMBER}"):
    """Opens the form for what is said about a resource."""

    label, name = "Sentence", "coll-say"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it with what is said now."""
        guild = require_organizer(interaction)
        item = await host_of(interaction).service(Collecting).item(guild.id, self.collection, self.resource)
        state = f"{self.collection}.{self.resource}.{self.page}"
        await interaction.response.send_modal(SentenceForm().opened(state, {"sentence": item.sentence}))


class TakeOut(_OfItem, template=rf"coll-out:{NUMBER}:{NUMBER}:{NUMBER}"):
    """Takes a resource out of a collection."""

    label, name = "Take out", "coll-out"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it out; its place and its sentence are kept aside for an undo."""
        guild, host = require_organizer(interaction), host_of(interaction)
        taken = await host.service(Collecting).take_out(guild.id, self.collection, self.resource)
        draft = await host.drafts.keep(
            guild_id=guild.id,
            user_id=interaction.user.id,
            form=SentenceForm.name,
            argument=f"{self.collection}.{self.resource}.{self.page}",
            answers={"sentence": taken.sentence, "place": taken.place},
        )
        await _redraw(interaction, self.collection, self.page)
        words = f"“{plain(taken.resource.about.title, 80)}” is no longer in the list."
        view = note(words, undo("coll-out", str(draft), host.clock()))
        await interaction.followup.send(view=view, ephemeral=True)


class CollectionForm(Form):
    """Name and sentence of a collection. Its argument is the collection; empty for a new one."""

    name = "collection"
    title = "A collection"
    fields = (
        Field("name", "Name", "Starting a makerspace", limit=LONGEST_NAME, required=True),
        Field("about", "What is it for? (optional)", "What we wish we had read first", limit=LONGEST_ABOUT),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Make or rename it, and show it."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Collecting)
        name, about = answers.get("name", ""), answers.get("about", "")
        if argument:
            collection = await service.rename(guild.id, read_number(argument), name, about)
        else:
            collection = await service.create(guild.id, interaction.user.id, name, about)
        view = await page_of_keeping(interaction, str(collection.collection_id), 0)
        if interaction.message is not None:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


class AddForm(Form):
    """Which resource comes into a collection. Its argument is the collection."""

    name = "collection-add"
    title = "Add a resource"
    fields = (
        Field("resource", "Its title, or its link", "LightBurn Documentation", limit=512, required=True),
        _SENTENCE,
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Put it at the end and show the last page."""
        guild, host = require_organizer(interaction), host_of(interaction)
        resource = await host.service(Upkeep).chosen(guild.id, answers.get("resource", ""))
        await host.service(Collecting).put(
            guild.id, interaction.user.id, read_number(argument), resource.resource_id, answers.get("sentence", "")
        )
        collection, _ = await host.service(Collecting).contents(guild.id, read_number(argument))
        await _redraw(interaction, read_number(argument), max(0, collection.items - 1) // PER_PAGE)


class SentenceForm(Form):
    """What is said about a resource in a collection. Its argument: collection, resource, page."""

    name = "collection-say"
    title = "Why is it in this list?"
    fields = (_SENTENCE,)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep it."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Collecting)
        which, _, shown = argument.rpartition(".")
        (collection, resource), page = read_numbers(which), read_number(shown)
        await service.item(guild.id, collection, resource)
        await service.put(guild.id, interaction.user.id, collection, resource, answers.get("sentence", ""))
        await _redraw(interaction, collection, page)


async def _removed(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, service = require_organizer(interaction), host_of(interaction).service(Collecting)
    collection = await service.remove(guild.id, read_number(argument))
    await interaction.response.edit_message(view=collections.removed(collection.name))


async def _not_removed(interaction: discord.Interaction[Any], argument: str) -> None:
    await _redraw(interaction, read_number(argument))


async def _put_back(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = require_organizer(interaction), host_of(interaction)
    draft = await host.drafts.open(read_number(argument), guild_id=guild.id, user_id=interaction.user.id)
    if draft.form != SentenceForm.name or "place" not in draft.answers:
        raise GoneError("There is nothing to undo any more. The list shows how it is now; open it again.")
    collection, resource, _page = (int(part) for part in draft.argument.split("."))
    await host.service(Collecting).put_back(
        guild.id, interaction.user.id, collection, resource, draft.answers["place"], draft.answers["sentence"]
    )
    await interaction.response.edit_message(view=note("It is in the list again, where it was."))


ITEMS = (AddTo, Rename, RemoveCollection, MoveUp, ChangeSentence, TakeOut)
PAGES: dict[str, PageMaker] = {"keep": page_of_keeping}
REACTIONS: dict[str, Reaction] = {
    "coll-remove": _removed,
    f"coll-remove{KEPT}": _not_removed,
    "coll-out": _put_back,
}
FORMS: tuple[Form, ...] = (CollectionForm(), AddForm(), SentenceForm())
