"""Finding people: lists whose pages turn, and the same by buttons and selects alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.arguments import read_number
from bot.kit.buttons import PersistentButton, PersistentSelect
from bot.kit.host import host_of
from bot.kit.pages import turns
from cogs.people.cards import lists
from cogs.people.service import Finding
from cogs.people.service.finding import LIST, Listed, Sought
from cogs.people.views.asking import AskInPublic
from cogs.people.views.editing import tool_choices
from cogs.people.views.viewing import SeeMine, SeeOther, viewer_of

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from bot.kit.vocabulary import Vocabulary


async def people(interaction: discord.Interaction[Any], sought: Sought) -> ui.LayoutView:
    """The first page of those who fit, or what to do where nobody does."""
    listed = await host_of(interaction).service(Finding).find(viewer_of(interaction), sought)
    return _card(interaction, listed)


async def _page(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    listed = await host_of(interaction).service(Finding).turn(viewer_of(interaction), read_number(argument), page)
    return _card(interaction, listed)


def _card(interaction: discord.Interaction[Any], listed: Listed) -> ui.LayoutView:
    vocabulary, sought = host_of(interaction).vocabulary, listed.sought
    selects = [] if sought.tool else _tools(vocabulary)
    if not listed.people:
        wider = [FindPeople(sought.tool, "Look everywhere")] if sought.setting or sought.near else []
        return lists.nobody(sought, vocabulary, selects, [*wider, SeeMine()])
    entries = []
    for profile in listed.people:
        number = str(profile.profile_id)
        entries.append((profile, [AskInPublic(number), SeeOther(number)]))
    pager = turns(LIST, str(listed.list_id), interaction.user.id, listed.page, listed.total)
    return lists.people(listed, vocabulary, entries, selects, pager)


def _tools(vocabulary: Vocabulary) -> list[ui.Item[Any]]:
    groups = choices.groups(tool_choices(vocabulary))
    return [ByTool(str(part)).showing(vocabulary) for part in range(len(groups))]


class FindPeople(PersistentButton, template=r"people-find:([a-z0-9-]{0,40})"):
    """Looks for people who know a tool, or for all who show themselves where none is named."""

    def __init__(self, tool: str, label: str = "Find people") -> None:
        self.tool = tool
        super().__init__(ui.Button(label=label, emoji="👥", custom_id=f"people-find:{tool}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them as a list of its own."""
        view = await people(interaction, Sought(self.tool))
        await interaction.response.send_message(view=view, ephemeral=True)


class ByTool(PersistentSelect, template=r"people-tool:(\d{1,2})"):
    """Narrows the list to a tool: one part of the vocabulary, since Discord shows 25 options in a select."""

    def __init__(self, part: str) -> None:
        self.part = int(part)
        super().__init__(ui.Select(custom_id=f"people-tool:{part}"))

    def showing(self, vocabulary: Vocabulary) -> ByTool:
        """With its options."""
        groups = choices.groups(tool_choices(vocabulary))
        self.item.placeholder = choices.placeholder("Who knows a tool", groups[self.part], len(groups) > 1)
        self.item.options = choices.options(groups[self.part], ())
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show who knows it, in the place of the list."""
        view = await people(interaction, Sought((self.values or [""])[0]))
        await interaction.response.edit_message(view=view)


ITEMS = (FindPeople, ByTool)
PAGES: dict[str, PageMaker] = {LIST: _page}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
