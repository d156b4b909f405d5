"""Suggesting: the form, sending it to the organizers, and hearing what becomes of it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.agreement import agreed
from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import note
from bot.kit.errors import GoneError
from bot.kit.forms import Field, Form, OpenAgain
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, organizers_channel
from bot.kit.reactions import KEPT, question
from cogs.resources.cards import suggestions
from cogs.resources.checking import leads_to
from cogs.resources.limits import LONGEST_TEXT, LONGEST_TITLE
from cogs.resources.service import Describing, Suggesting
from cogs.resources.service.records import record_of
from cogs.resources.views.describing import ENDINGS, draft_of, preview
from cogs.resources.views.saving import Save
from cogs.resources.views.telling import TellMe
from db import resources

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction
    from db.drafts import Draft

LONGEST_TYPED_LINK = 2_000
_SEND = "suggest-send"
"""What goes on once the community agreement was accepted."""

TEXT_FIELDS = (
    Field("link", "Link", "https://…", limit=LONGEST_TYPED_LINK, required=True),
    Field("title", "Title", "What it is called", limit=LONGEST_TITLE, required=True),
    Field(
        "text",
        "Why does it help? (optional)",
        "What is in it, and for whom it would be good: a sentence or two",
        limit=LONGEST_TEXT,
        long=True,
    ),
)


class SuggestForm(Form):
    """Link, title, and why it helps. Its argument is the draft it changes; empty for a new suggestion."""

    name = "suggest"
    title = "Suggest a resource"
    fields = TEXT_FIELDS

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Show the preview, or what there is already."""
        host, guild = host_of(interaction), guild_of(interaction)
        service = host.service(Describing)
        kept, known = await service.checked(guild.id, answers)
        if known is None and (target := await leads_to(host.fetcher, kept["link"])):
            known = await service.at(guild.id, target)
        draft: Draft | None = None
        if argument:
            with suppress(GoneError):  # sent or thrown away while the form was open: then it is a new suggestion
                draft = await draft_of(interaction, read_number(argument))
        if known is not None and (draft is None or known.resource_id != _edited(draft)):
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
        if draft is not None:
            with suppress(GoneError):
                draft = await host.drafts.change(draft, lambda _newest: kept)
                await interaction.response.edit_message(view=preview(host, draft))
                return
        number = await host.drafts.keep(
            guild_id=guild.id,
            user_id=interaction.user.id,
            form=self.name,
            answers={**kept, **service.first_guess(kept)},
        )
        draft = await draft_of(interaction, number)
        await interaction.response.send_message(view=preview(host, draft), ephemeral=True)


def _edited(draft: Draft) -> int:
    """The number of the resource that a draft edits; 0 where it is a new suggestion."""
    number, _, _version = draft.argument.partition(".")
    return int(number) if draft.form == "edit" else 0


class ThrowAway(PersistentButton, template=rf"suggest-away:{NUMBER}"):
    """Asks whether to throw the suggestion away."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Throw away", custom_id=f"suggest-away:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first: what was typed cannot be brought back."""
        await draft_of(interaction, self.draft)
        words = "Throw this suggestion away? What you typed cannot be brought back."
        view = question(words, "suggest-away", str(self.draft), "Throw it away")
        await interaction.response.edit_message(view=view)


class Send(PersistentButton, template=rf"suggest-send:{NUMBER}"):
    """Sends the suggestion to the organizers."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            ui.Button(label="Send to organizers", style=discord.ButtonStyle.success, custom_id=f"suggest-send:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Send it, once the member has accepted the community agreement."""
        await draft_of(interaction, self.draft)
        if await agreed(interaction, _SEND, str(self.draft)):
            await _sent(interaction, str(self.draft))


async def _sent(interaction: discord.Interaction[Any], argument: str) -> None:
    """Put it into the queue, and promise it to the organizers' channel where there is one."""
    host, guild = host_of(interaction), guild_of(interaction)
    desk = organizers_channel(guild, host)
    draft = await draft_of(interaction, read_number(argument))
    resource = await host.service(Suggesting).send(draft, desk.id if desk else None)
    view = suggestions.thanks(resource.about.title, desk is not None, TellMe(str(resource.resource_id)))
    await interaction.response.edit_message(view=view)


async def _kept_after_all(interaction: discord.Interaction[Any], argument: str) -> None:
    draft = await draft_of(interaction, read_number(argument))
    await interaction.response.edit_message(view=preview(host_of(interaction), draft))


async def _thrown_away(interaction: discord.Interaction[Any], argument: str) -> None:
    await draft_of(interaction, read_number(argument))
    await host_of(interaction).drafts.forget(read_number(argument))
    await interaction.response.edit_message(view=note("The suggestion was thrown away."))


def _ending(number: str) -> tuple[str, list[ui.Item[Any]], list[ui.Item[Any]]]:
    heading = "### Your suggestion, before it is sent\nI guessed the kind and the tools; change what is not right."
    return heading, [Send(number)], [ThrowAway(number)]


ENDINGS[SuggestForm.name] = _ending
ITEMS = (ThrowAway, Send)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {
    _SEND: _sent,
    "suggest-away": _thrown_away,
    **dict.fromkeys((f"{_SEND}{KEPT}", f"suggest-away{KEPT}"), _kept_after_all),
}
FORMS: tuple[Form, ...] = (SuggestForm(),)
