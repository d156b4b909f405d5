"""Lists: what waits for an answer, by tool, and answers about safety that organizers look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit import choices
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.host import host_of
from bot.kit.pages import OpenList, turns
from bot.kit.paging import within
from bot.kit.permissions import guild_of, require_organizer
from cogs.questions.cards import lists as cards
from cogs.questions.cards.lists import PER_PAGE
from cogs.questions.service import Answering, Keeping

if TYPE_CHECKING:
    import discord

    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from bot.kit.vocabulary import Vocabulary

WAITING, CHECK = "waits", "to-check"
"""The names of the two lists."""
_FIRST = 24


async def page_of_unanswered(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    """What waits, oldest first; the argument is a tool, or nothing."""
    guild, host = guild_of(interaction), host_of(interaction)
    service = host.service(Keeping)
    shown, total = await service.unanswered(guild.id, tool=argument, limit=PER_PAGE, page=page)
    if not shown and total:
        page = within(page, total, PER_PAGE)
        shown, total = await service.unanswered(guild.id, tool=argument, limit=PER_PAGE, page=page)
    tool = host.vocabulary.get(argument)
    label = tool.label if tool else ""
    select = OfTool().showing(host.vocabulary, argument)
    if not shown:
        return cards.none_unanswered(label, select)
    pager = turns(WAITING, argument, interaction.user.id, page, total, PER_PAGE)
    return cards.unanswered(shown, total, host.vocabulary, pager, select, label)


class OfTool(PersistentSelect, template=r"question-of-tool"):
    """Only what waits about one tool."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="question-of-tool", placeholder="About which tool?"))

    def showing(self, vocabulary: Vocabulary, chosen: str) -> OfTool:
        """With its options: the tools that come up most."""
        every = [Choice("-", "Every tool"), *(Choice(one.slug, one.label, one.emoji) for one in vocabulary.tools)]
        self.item.options = choices.options(every[: _FIRST + 1], [chosen or "-"])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show the list for it."""
        tool = self.values[0] if self.values and self.values[0] != "-" else ""
        await interaction.response.edit_message(view=await page_of_unanswered(interaction, tool, 0))


async def page_to_check(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """One answer about safety that is to be looked at again, for organizers."""
    guild, host = require_organizer(interaction), host_of(interaction)
    service = host.service(Keeping)
    shown, total = await service.to_check(guild.id, page)
    if not shown and total:
        page = within(page, total, 1)
        shown, total = await service.to_check(guild.id, page)
    if not shown:
        return cards.none_to_check()
    resource = await host.service(Answering).resource_of(shown[0])
    number, version = str(shown[0].question_id), str(shown[0].version)
    buttons = [StillHolds(number, version), NoSafety(number), *turns(CHECK, "", interaction.user.id, page, total, 1)]
    return cards.to_check(shown[0], total, host.clock(), resource, buttons)


class StillHolds(PersistentButton, template=rf"question-holds:{NUMBER}:{NUMBER}"):
    """Confirms an answer about safety for another year."""

    def __init__(self, question: str, version: str) -> None:
        self.question, self.version = int(question), int(version)
        super().__init__(ui.Button(label="It still holds", custom_id=f"question-holds:{question}:{version}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it, and show the next one."""
        guild = require_organizer(interaction)
        service = host_of(interaction).service(Keeping)
        await service.confirm(guild.id, self.question, self.version, interaction.user.id)
        await interaction.response.edit_message(view=await page_to_check(interaction, "", 0))


class NoSafety(PersistentButton, template=rf"question-no-safety:{NUMBER}"):
    """Says that an answer is not about safety or policy, so that nobody need look at it again."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Button(label="Not about safety", custom_id=f"question-no-safety:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it, and show the next one."""
        guild = require_organizer(interaction)
        await host_of(interaction).service(Keeping).set_safety(guild.id, self.question, safety=False)
        await interaction.response.edit_message(view=await page_to_check(interaction, "", 0))


def to_the_list(label: str = "Unanswered") -> OpenList:
    """The button that opens the list of what waits."""
    return OpenList(WAITING, label, "🙋")


ITEMS = (OfTool, StillHolds, NoSafety)
PAGES: dict[str, PageMaker] = {WAITING: page_of_unanswered, CHECK: page_to_check}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
