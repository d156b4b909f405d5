"""The preview of a resource that is being suggested or edited: its selects, and the forms for what is typed.

What is chosen or typed goes into a draft; how it ends (**Send to organizers**, **Save changes**) is registered by the
module that starts such drafts, under the name of their form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.errors import GoneError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.resources import freshness, identifiers, terms
from cogs.resources.cards import suggestions
from cogs.resources.limits import LONGEST_DETAIL, LONGEST_LANGUAGE
from cogs.resources.service import Describing
from cogs.resources.service.describing import described
from cogs.resources.service.records import ROOM, facts
from db.search import SearchRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kit.host import Host, PageMaker, Reaction
    from bot.kit.vocabulary import Vocabulary
    from db.drafts import Draft

    Ending = Callable[[str], tuple[str, list[ui.Item[Any]], list[ui.Item[Any]]]]

_TOOLS_AT_MOST = 5

ENDINGS: dict[str, Ending] = {}
"""By the draft's form: its preview's heading, the buttons before those that open forms, and those after them."""


async def draft_of(interaction: discord.Interaction[Any], number: int) -> Draft:
    """The draft, for the person it belongs to. Raises GoneError or NotAllowedError."""
    return await host_of(interaction).drafts.open(
        number, guild_id=guild_of(interaction).id, user_id=interaction.user.id
    )


def preview(host: Host, draft: Draft) -> ui.LayoutView:
    """How the resource will look, with what can still be chosen."""
    about = described(draft.answers)
    record = SearchRecord(
        guild_id=draft.guild_id,
        room=ROOM,
        key="",
        kind=about.kind,
        title=about.title,
        summary=about.description,
        keywords="",
        facts=facts(about, host.vocabulary),
        tools=about.tools,
        link=about.link,
    )
    number = str(draft.draft_id)
    parts = range(len(choices.groups(tool_choices(host.vocabulary))))
    selects: list[ui.Item[Any]] = [
        ChooseKind(number).showing(about.kind),
        *(ChooseTools(number, str(part)).showing(host.vocabulary, about.tools) for part in parts),
        ChooseAudience(number).showing(about.audience),
        ChooseLevels(number).showing(about.levels),
    ]
    if draft.form not in ENDINGS:
        raise GoneError("This is from an older version of me. Please start again.")
    heading, first, last = ENDINGS[draft.form](number)
    if about.kind == freshness.OPPORTUNITY and about.closes_on is None:
        heading += "\nWhen does it close? Press **Topics and dates** to add the day."
    buttons = [*first, ChangeText(number), AddDetails(number), AddSubjects(number), *last]
    return suggestions.preview(heading, record, selects, buttons)


def tool_choices(vocabulary: Vocabulary) -> list[Choice]:
    """The vocabulary as choices, in alphabetical order of the labels."""
    tools = sorted(vocabulary.tools, key=lambda tool: tool.label.casefold())
    return [Choice(tool.slug, tool.label, tool.emoji) for tool in tools]


class DetailsForm(Form):
    """What else is known about a resource. Its argument is the draft it belongs to."""

    name = "suggest-details"
    title = "Details, as far as you know them"
    fields = (
        Field("creator", "Author", "A person or a group", limit=LONGEST_DETAIL),
        Field("publisher", "Publisher", "The library or organization behind it", limit=LONGEST_DETAIL),
        Field("year", "Year", "2024", limit=10),
        Field("license", "License", "CC BY 4.0", limit=LONGEST_DETAIL),
        Field("language", "Language, if it is not English", "Spanish", limit=LONGEST_LANGUAGE),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Add them to the draft and show the preview again."""
        host = host_of(interaction)
        kept = host.service(Describing).details(answers)
        draft = await host.drafts.change(await draft_of(interaction, read_number(argument)), lambda _newest: kept)
        await interaction.response.edit_message(view=preview(host, draft))


class SubjectsForm(Form):
    """What it is about in free words, its number, and until when it is open. Its argument is the draft."""

    name = "suggest-subjects"
    title = "Topics and dates"
    fields = (
        Field("topics", "Topics, with commas between them", "after-school, small budgets, badging", limit=300),
        Field("identifier", "DOI, ISBN or another number", "10.1000/182", limit=identifiers.LONGEST),
        Field("closes_on", "Closing date, for an opportunity", "2027-03-12 or March 12, 2027", limit=40),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Add them to the draft and show the preview again; who gives a closing date means an opportunity."""
        host = host_of(interaction)
        kept = host.service(Describing).subjects(answers)
        if kept["closes_on"]:
            kept["kind"] = freshness.OPPORTUNITY
        draft = await host.drafts.change(await draft_of(interaction, read_number(argument)), lambda _newest: kept)
        await interaction.response.edit_message(view=preview(host, draft))


class _Choose(PersistentSelect, template=r"(?!)"):
    """A select of the preview: what is chosen goes into the draft, and the preview shows it."""

    draft: int

    async def _keep(
        self, interaction: discord.Interaction[Any], merge: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> None:
        host = host_of(interaction)
        draft = await host.drafts.change(await draft_of(interaction, self.draft), merge)
        await interaction.response.edit_message(view=preview(host, draft))


class ChooseKind(_Choose, template=rf"suggest-kind:{NUMBER}"):
    """The kind of resource."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Select(custom_id=f"suggest-kind:{draft}", placeholder="What kind of resource is it?"))

    def showing(self, chosen: str) -> ChooseKind:
        """With its options, the chosen one marked."""
        kinds = [Choice(term.slug, f"Kind: {term.label}", term.emoji) for term in terms.KINDS]
        self.item.options = choices.options(kinds, [chosen])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, if it is a kind there is."""
        kind = next((slug for slug in self.values if terms.kind(slug)), "guide")
        await self._keep(interaction, lambda _newest: {"kind": kind})


class ChooseTools(_Choose, template=rf"suggest-tools:{NUMBER}:(\d{{1,2}})"):
    """The tools it is about: one part of the vocabulary, since Discord shows 25 options in a select."""

    def __init__(self, draft: str, part: str) -> None:
        self.draft, self.part = int(draft), int(part)
        super().__init__(ui.Select(custom_id=f"suggest-tools:{draft}:{part}", min_values=0))

    def showing(self, vocabulary: Vocabulary, chosen: tuple[str, ...]) -> ChooseTools:
        """With its options, the chosen ones marked."""
        groups = choices.groups(tool_choices(vocabulary))
        group = groups[self.part]
        self.item.placeholder = choices.placeholder("Tools", group, len(groups) > 1)
        self.item.options = choices.options(group, chosen)
        self.item.max_values = min(_TOOLS_AT_MOST, len(group))
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep them beside what is chosen in the other parts."""
        every = tool_choices(host_of(interaction).vocabulary)
        groups = choices.groups(every)
        group = groups[min(self.part, len(groups) - 1)]

        def merge(newest: dict[str, Any]) -> dict[str, Any]:
            return {"tools": choices.merged(newest["tools"], self.values, group, every) or ["general"]}

        await self._keep(interaction, merge)


class ChooseAudience(_Choose, template=rf"suggest-audience:{NUMBER}"):
    """Who it is for."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Select(custom_id=f"suggest-audience:{draft}", placeholder="Who is it for?", min_values=0))

    def showing(self, chosen: tuple[str, ...]) -> ChooseAudience:
        """With its options, the chosen ones marked."""
        audiences = [Choice(term.slug, f"For: {term.label}", term.emoji) for term in terms.AUDIENCES]
        self.item.options = choices.options(audiences, chosen)
        self.item.max_values = len(audiences)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep those there are; everyone, where nothing is chosen."""
        chosen = [term.slug for term in terms.AUDIENCES if term.slug in self.values]
        if len(chosen) > 1:
            chosen = [slug for slug in chosen if slug != "all"]
        await self._keep(interaction, lambda _newest: {"audience": chosen or ["all"]})


class ChooseLevels(_Choose, template=rf"suggest-levels:{NUMBER}"):
    """For whose learning it is meant."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        placeholder = "Which age or level, if any?"
        super().__init__(ui.Select(custom_id=f"suggest-levels:{draft}", placeholder=placeholder, min_values=0))

    def showing(self, chosen: tuple[str, ...]) -> ChooseLevels:
        """With its options, the chosen ones marked."""
        levels = [Choice(term.slug, f"Level: {term.label}", term.emoji) for term in terms.LEVELS]
        self.item.options = choices.options(levels, chosen)
        self.item.max_values = len(levels)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep those there are."""
        chosen = [term.slug for term in terms.LEVELS if term.slug in self.values]
        await self._keep(interaction, lambda _newest: {"levels": chosen})


class ChangeText(PersistentButton, template=rf"suggest-text:{NUMBER}"):
    """Opens the form again, filled."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Change the text", custom_id=f"suggest-text:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        draft = await draft_of(interaction, self.draft)
        await interaction.response.send_modal(
            host_of(interaction).forms["suggest"].opened(str(self.draft), draft.answers)
        )


class AddDetails(PersistentButton, template=rf"suggest-details:{NUMBER}"):
    """Opens the form for author, publisher, year, license and language."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Add details", custom_id=f"suggest-details:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it with what is known."""
        draft = await draft_of(interaction, self.draft)
        await interaction.response.send_modal(DetailsForm().opened(str(self.draft), draft.answers))


class AddSubjects(PersistentButton, template=rf"suggest-subjects:{NUMBER}"):
    """Opens the form for topics, identifier and closing date."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Topics and dates", custom_id=f"suggest-subjects:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it with what is known."""
        draft = await draft_of(interaction, self.draft)
        known = {**draft.answers, "topics": ", ".join(draft.answers.get("topics", ()))}
        await interaction.response.send_modal(SubjectsForm().opened(str(self.draft), known))


ITEMS = (ChooseKind, ChooseTools, ChooseAudience, ChooseLevels, ChangeText, AddDetails, AddSubjects)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (DetailsForm(), SubjectsForm())
