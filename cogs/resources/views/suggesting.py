"""Suggesting: the form, the preview with its selects, **Add details**, and sending it to the organizers."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.boundary import WIRE_FAULTS
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.cards import note
from bot.kit.choices import Choice
from bot.kit.errors import GoneError
from bot.kit.forms import Field, Form, OpenAgain
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, organizers_channel
from bot.kit.reactions import question
from cogs.resources import terms
from cogs.resources.cards import suggestions
from cogs.resources.service import Suggesting
from cogs.resources.service.records import ROOM, facts, record_of
from cogs.resources.service.suggesting import LONGEST_DETAIL, LONGEST_TEXT, LONGEST_TITLE
from cogs.resources.views.finding import Save
from cogs.resources.views.reviewing import review_card
from db import resources
from db.search import SearchRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kit.host import Host, PageMaker, Reaction
    from bot.kit.vocabulary import Vocabulary
    from db.drafts import Draft
    from db.resources import Resource

log = logging.getLogger(__name__)

_LONGEST_TYPED_LINK = 2_000
_TOOLS_AT_MOST = 5


async def _draft(interaction: discord.Interaction[Any], number: int) -> Draft:
    return await host_of(interaction).drafts.open(
        number, guild_id=guild_of(interaction).id, user_id=interaction.user.id
    )


def _preview(host: Host, draft: Draft) -> ui.LayoutView:
    described = host.service(Suggesting).described(draft)
    record = SearchRecord(
        guild_id=draft.guild_id,
        room=ROOM,
        key="",
        kind=described.kind,
        title=described.title,
        summary=described.description,
        keywords="",
        facts=facts(described, host.vocabulary),
        tools=described.tools,
        link=described.link,
    )
    number = str(draft.draft_id)
    parts = range(len(choices.groups(tool_choices(host.vocabulary))))
    selects: list[ui.Item[Any]] = [
        ChooseKind(number).showing(described.kind),
        *(ChooseTools(number, str(part)).showing(host.vocabulary, described.tools) for part in parts),
        ChooseAudience(number).showing(described.audience),
    ]
    buttons: list[ui.Item[Any]] = [Send(number), ChangeText(number), AddDetails(number), ThrowAway(number)]
    return suggestions.preview(record, selects, buttons)


def tool_choices(vocabulary: Vocabulary) -> list[Choice]:
    """The vocabulary as choices, in alphabetical order of the labels."""
    tools = sorted(vocabulary.tools, key=lambda tool: tool.label.casefold())
    return [Choice(tool.slug, tool.label, tool.emoji) for tool in tools]


class SuggestForm(Form):
    """Link, title, and why it helps. Its argument is the draft it changes; empty for a new suggestion."""

    name = "suggest"
    title = "Suggest a resource"
    fields = (
        Field("link", "Link", "https://…", limit=_LONGEST_TYPED_LINK, required=True),
        Field("title", "Title", "What it is called", limit=LONGEST_TITLE, required=True),
        Field(
            "text",
            "Why does it help? (optional)",
            "What is in it, and for whom it would be good: a sentence or two",
            limit=LONGEST_TEXT,
            long=True,
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Show the preview, or what there is already."""
        host, guild = host_of(interaction), guild_of(interaction)
        service = host.service(Suggesting)
        kept, known = await service.checked(guild.id, answers)
        if known is not None:
            number = await host.drafts.keep(
                guild_id=guild.id, user_id=interaction.user.id, form=self.name, argument=argument, answers=answers
            )
            again = OpenAgain(str(number))
            view = suggestions.waiting_already([again], own=known.suggested_by == interaction.user.id)
            if known.status == resources.PUBLISHED:
                record = record_of(known, host.vocabulary)
                view = suggestions.there_already(record, [Save(str(known.resource_id)), again])
            await interaction.response.send_message(view=view, ephemeral=True)
            return
        if argument:
            with suppress(GoneError):  # sent or thrown away while the form was open: then it is a new suggestion
                draft = await _draft(interaction, int(argument))
                draft = await host.drafts.change(draft, lambda _newest: kept)
                await interaction.response.edit_message(view=_preview(host, draft))
                return
        number = await host.drafts.keep(
            guild_id=guild.id,
            user_id=interaction.user.id,
            form=self.name,
            answers={**kept, **service.first_guess(kept)},
        )
        draft = await _draft(interaction, number)
        await interaction.response.send_message(view=_preview(host, draft), ephemeral=True)


class DetailsForm(Form):
    """What else is known about a resource. Its argument is the draft it belongs to."""

    name = "suggest-details"
    title = "Details, as far as you know them"
    fields = (
        Field("creator", "Author", "A person or a group", limit=LONGEST_DETAIL),
        Field("publisher", "Publisher", "The library or organization behind it", limit=LONGEST_DETAIL),
        Field("year", "Year", "2024", limit=10),
        Field("license", "License", "CC BY 4.0", limit=LONGEST_DETAIL),
        Field("language", "Language, if it is not English", "Spanish", limit=LONGEST_DETAIL),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Add them to the draft and show the preview again."""
        host = host_of(interaction)
        kept = host.service(Suggesting).details(answers)
        draft = await host.drafts.change(await _draft(interaction, int(argument)), lambda _newest: kept)
        await interaction.response.edit_message(view=_preview(host, draft))


class _Choose(PersistentSelect, template=r"(?!)"):
    """A select of the preview: what is chosen goes into the draft, and the preview shows it."""

    draft: int

    async def _keep(
        self, interaction: discord.Interaction[Any], merge: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> None:
        host = host_of(interaction)
        draft = await host.drafts.change(await _draft(interaction, self.draft), merge)
        await interaction.response.edit_message(view=_preview(host, draft))


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


class ChangeText(PersistentButton, template=rf"suggest-text:{NUMBER}"):
    """Opens the form again, filled."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Change the text", custom_id=f"suggest-text:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        draft = await _draft(interaction, self.draft)
        await interaction.response.send_modal(SuggestForm().opened(str(self.draft), draft.answers))


class AddDetails(PersistentButton, template=rf"suggest-details:{NUMBER}"):
    """Opens the form for author, publisher, year, license and language."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Add details", custom_id=f"suggest-details:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it with what is known."""
        draft = await _draft(interaction, self.draft)
        await interaction.response.send_modal(DetailsForm().opened(str(self.draft), draft.answers))


class ThrowAway(PersistentButton, template=rf"suggest-away:{NUMBER}"):
    """Asks whether to throw the suggestion away."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Throw away", custom_id=f"suggest-away:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first: what was typed cannot be brought back."""
        await _draft(interaction, self.draft)
        words = "Throw this suggestion away? What you typed cannot be brought back."
        view = question(words, "suggest-away", str(self.draft), "Throw it away")
        await interaction.response.edit_message(view=view)


class Send(PersistentButton, template=rf"suggest-send:{NUMBER}"):
    """Sends the suggestion to the organizers."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            ui.Button(label="Send to organizers", style=discord.ButtonStyle.primary, custom_id=f"suggest-send:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Put it into the queue, then show it to the organizers where they have a channel."""
        host, guild = host_of(interaction), guild_of(interaction)
        resource = await host.service(Suggesting).send(await _draft(interaction, self.draft))
        await interaction.response.defer()  # posting may take longer than the three seconds Discord gives
        seen = await _posted(host, guild, resource)
        await interaction.edit_original_response(view=suggestions.thanks(resource.about.title, seen))


async def _posted(host: Host, guild: discord.Guild, resource: Resource) -> bool:
    """Show a suggestion to the organizers, where they have a channel that takes it; it is in the queue anyway."""
    channel = organizers_channel(guild)
    if channel is None:
        return False
    try:
        await channel.send(view=review_card(host, resource))
    except WIRE_FAULTS as refused:
        log.warning("The organizers' channel %s did not take a suggestion: %s", channel.id, refused)
        return False
    return True


async def _kept_after_all(interaction: discord.Interaction[Any], argument: str) -> None:
    draft = await _draft(interaction, int(argument))
    await interaction.response.edit_message(view=_preview(host_of(interaction), draft))


async def _thrown_away(interaction: discord.Interaction[Any], argument: str) -> None:
    await _draft(interaction, int(argument))
    await host_of(interaction).drafts.forget(int(argument))
    await interaction.response.edit_message(view=note("The suggestion was thrown away."))


ITEMS = (ChooseKind, ChooseTools, ChooseAudience, ChangeText, AddDetails, ThrowAway, Send)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {"suggest-away": _thrown_away, "suggest-away-keep": _kept_after_all}
FORMS: tuple[Form, ...] = (SuggestForm(), DetailsForm())
