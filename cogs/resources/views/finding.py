"""Finding: lists whose pages turn, **More like this**, **Report broken link** with **Undo**, and a search form."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import BUTTON_LABEL_LIMIT, note
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.pages import Turn, turns
from bot.kit.paging import PER_PAGE, within
from bot.kit.permissions import guild_of
from bot.kit.reactions import undo
from bot.kit.words import clip
from cogs.resources import terms
from cogs.resources.cards import lists, upkeep
from cogs.resources.service import Finding, Starting, Upkeep
from cogs.resources.service.records import ROOM
from cogs.resources.views import asking
from cogs.resources.views.asking import Asked
from cogs.resources.views.saving import Save
from db.faults import StorageFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.host import PageMaker, Reaction
    from db.search import Hit, SearchRecord

QUERY_LIMIT = 300
"""Characters of a question that is typed into the form."""
LOOK_LIMIT = 60
"""Characters of a term that a button can look for."""


async def results(
    interaction: discord.Interaction[Any], query: str, *, kind: str | None = None, tool: str | None = None
) -> ui.LayoutView:
    """The first page of a search, or what to do where nothing was found."""
    guild, service = guild_of(interaction), host_of(interaction).service(Finding)
    found = await service.find(guild.id, query, kind=kind, tool=tool)
    if not found.hits:
        await (
            host_of(interaction).service(Starting).stock_up(guild.id)
        )  # it may be asked in the moment in which the server is first seen
        found = await service.find(guild.id, query, kind=kind, tool=tool)
    if not found.hits:
        return await _nothing(interaction, query, kind, tool)
    pager: list[Turn] = []
    if found.total > PER_PAGE:
        argument = await asking.kept(interaction, Asked(query, kind, tool))
        pager = turns(asking.NAME, argument, interaction.user.id, 0, found.total)
    filters = _filters(interaction, kind, tool)
    return lists.results(query, found, _entries(found.hits), pager, filters=filters)


async def _nothing(
    interaction: discord.Interaction[Any], query: str, kind: str | None, tool: str | None
) -> ui.LayoutView:
    filters = _filters(interaction, kind, tool)
    if filters:
        everywhere = [Look(query, "Search everything")] if len(query) <= LOOK_LIMIT else []
        return lists.nothing_found(query, filters, (), [*everywhere, SuggestOne()])
    nearest = await host_of(interaction).service(Finding).nearest(guild_of(interaction).id, query)
    return lists.nothing_found(query, filters, nearest, [*(Look(term) for term in nearest), SuggestOne()])


def _filters(interaction: discord.Interaction[Any], kind: str | None, tool: str | None) -> list[str]:
    chosen = (terms.findable(kind or ""), host_of(interaction).vocabulary.get(tool or ""))
    return [term.label for term in chosen if term]


async def _page_of_results(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    guild, service = guild_of(interaction), host_of(interaction).service(Finding)
    asked = await asking.read(interaction, argument)
    found = await service.find(guild.id, asked.query, kind=asked.kind, tool=asked.tool, page=page)
    if not found.hits:  # the list has become shorter since
        page = within(page, found.total)
        found = await service.find(guild.id, asked.query, kind=asked.kind, tool=asked.tool, page=page)
    if not found.hits:
        return await _nothing(interaction, asked.query, asked.kind, asked.tool)
    pager = turns(asking.NAME, argument, interaction.user.id, page, found.total)
    filters = _filters(interaction, asked.kind, asked.tool)
    return lists.results(asked.query, found, _entries(found.hits), pager, filters=filters, first=page * PER_PAGE)


async def _page_of_more(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    record, found = (
        await host_of(interaction).service(Finding).more_like(guild_of(interaction).id, read_number(argument), page)
    )
    return lists.more_like(
        record, found, _entries(found.hits), turns("more", argument, interaction.user.id, page, found.total)
    )


def _entries(hits: Sequence[Hit]) -> list[tuple[SearchRecord, list[ui.Item[Any]]]]:
    entries: list[tuple[SearchRecord, list[ui.Item[Any]]]] = []
    for hit in hits:
        more = More(str(hit.record_id))
        own = hit.record.room == ROOM
        entries.append((hit.record, [Save(hit.record.key), more, Report(hit.record.key)] if own else [more]))
    return entries


class More(PersistentButton, template=rf"more:{NUMBER}"):
    """Looks for resources like this one."""

    def __init__(self, record: str) -> None:
        self.record = record
        super().__init__(ui.Button(label="More like this", custom_id=f"more:{record}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them as a list of its own."""
        await interaction.response.send_message(view=await _page_of_more(interaction, self.record, 0), ephemeral=True)
        with suppress(StorageFault):  # a count that is missed is not worth a word
            await host_of(interaction).service(Finding).opened(guild_of(interaction).id, int(self.record))


class Report(PersistentButton, template=rf"report:{NUMBER}"):
    """Tells the organizers that a link does not work."""

    def __init__(self, resource: str) -> None:
        self.resource = int(resource)
        super().__init__(ui.Button(label="Report broken link", custom_id=f"report:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Put it into their queue, and say thanks; a slip can be undone."""
        host = host_of(interaction)
        resource, new = await host.service(Upkeep).report(guild_of(interaction).id, interaction.user.id, self.resource)
        undoing = [undo("report", str(self.resource), host.clock())] if new else []
        view = upkeep.reported(resource.about.title, new=new, buttons=undoing)
        await interaction.response.send_message(view=view, ephemeral=True)


class Look(PersistentButton, template=rf"look:(.{{1,{LOOK_LIMIT}}})"):
    """Looks for a term that leads somewhere, where the typed one did not; its label is the term unless said."""

    def __init__(self, term: str, label: str = "") -> None:
        self.term = term[:LOOK_LIMIT]
        super().__init__(ui.Button(label=clip(label or self.term, BUTTON_LABEL_LIMIT), custom_id=f"look:{self.term}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Search for it, in the place of the card that found nothing."""
        await interaction.response.edit_message(view=await results(interaction, self.term))


class SuggestOne(PersistentButton, template=r"suggest"):
    """Opens the form that suggests a resource."""

    def __init__(self) -> None:
        super().__init__(
            ui.Button(label="Suggest a resource", emoji="💡", style=discord.ButtonStyle.primary, custom_id="suggest")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it empty."""
        await interaction.response.send_modal(host_of(interaction).forms["suggest"].opened())


class FindForm(Form):
    """One question: what one is looking for."""

    name, title = "search", "Find a resource"
    fields = (
        Field("query", "What are you looking for?", "Such as: laser cutter safety", limit=QUERY_LIMIT, required=True),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:  # noqa: ARG002 - it needs none
        """Show what was found, privately."""
        view = await results(interaction, answers["query"])
        await interaction.response.send_message(view=view, ephemeral=True)


class FindOne(PersistentButton, template=r"find"):
    """Opens the form that searches, for people who do not type commands."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Find a resource", style=discord.ButtonStyle.primary, custom_id="find"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it empty."""
        await interaction.response.send_modal(host_of(interaction).forms[FindForm.name].opened())


async def _unreported(interaction: discord.Interaction[Any], argument: str) -> None:
    service = host_of(interaction).service(Upkeep)
    await service.take_report_back(guild_of(interaction).id, interaction.user.id, read_number(argument))
    await interaction.response.edit_message(view=note("The report was taken back."))


ITEMS = (More, Report, Look, SuggestOne, FindOne)
PAGES: dict[str, PageMaker] = {asking.NAME: _page_of_results, "more": _page_of_more}
REACTIONS: dict[str, Reaction] = {"report": _unreported}
FORMS: tuple[Form, ...] = (FindForm(),)
