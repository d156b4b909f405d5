"""Asking: the form, the preview with what exists already, and posting."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.agreement import agreed
from bot.kit.arguments import read_number
from bot.kit.boundary import WIRE_FAULTS
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.cards import note
from bot.kit.choices import Choice
from bot.kit.errors import GoneError, UserError
from bot.kit.forms import Field, Form, sent_files
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from bot.kit.reactions import KEPT
from bot.kit.reactions import question as asked_before
from cogs.questions.cards import asking as cards
from cogs.questions.limits import LONGEST_DETAILS, LONGEST_TITLE, LONGEST_TRIED
from cogs.questions.service import Asking
from cogs.questions.service.asking import require_picture
from cogs.questions.tagging import MOST_TOOLS
from cogs.questions.views.places import require_forum
from cogs.questions.views.retagging import chosen_in, fill, parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.kit.host import PageMaker, Reaction
    from bot.kit.vocabulary import Vocabulary
    from db.drafts import Draft

log = logging.getLogger(__name__)
_POST = "ask-post"
_FIRST = 25
"""The tools that libraries ask about most come first in the vocabulary; a form has room for so many."""


class AskForm(Form):
    """The question, details, what was tried, tools and a picture. Its argument is the draft it changes, if any.

    After a point the argument may name a tool to begin with: `.laser-cutter`.
    """

    name, title = "ask", "Ask a question"
    fields = (
        Field("title", "Your question", "How do I cut felt with our laser?", limit=LONGEST_TITLE, required=True),
        Field("details", "Details (optional)", "Which machine, which material, for whom", LONGEST_DETAILS, long=True),
        Field(
            "tried", "What did you try? (optional)", "What happened, and what you expected", LONGEST_TRIED, long=True
        ),
    )

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def choices(self, argument: str, _answers: Mapping[str, Any]) -> tuple[ui.Label[Any], ...]:
        """Tools, and a picture."""
        if argument and not argument.startswith("."):
            return ()  # the preview has both
        return self._tools(argument.removeprefix(".")), _picture()

    def _tools(self, chosen: str) -> ui.Label[Any]:
        tools = [*self._vocabulary.tools[:_FIRST]]
        given = self._vocabulary.get(chosen)
        if given is not None and given not in tools:
            tools[-1] = given
        options = choices.options([Choice(tool.slug, tool.label, tool.emoji) for tool in tools], [chosen])
        select: ui.Select[Any] = ui.Select(
            custom_id="tools",
            options=options,
            required=False,
            min_values=0,
            max_values=MOST_TOOLS,
            placeholder="I guess if you choose none",
        )
        return ui.Label(text="Which tools? (optional)", description="Up to three.", component=select)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep what was typed, and show the preview."""
        host, guild = host_of(interaction), guild_of(interaction)
        service = host.service(Asking)
        kept = service.described(answers)
        draft: Draft | None = None
        if argument and not argument.startswith("."):
            with suppress(GoneError):  # posted or thrown away while the form was open: then it is a new question
                draft = await draft_of(interaction, read_number(argument))
        if draft is not None and "tools" not in answers:
            kept.pop("tools")
        elif kept["tools"]:
            kept["chosen"] = True
        else:
            kept["tools"] = list(await service.suggested(guild.id, kept["title"], kept["details"]))
        if draft is None:
            number = await host.drafts.keep(
                guild_id=guild.id, user_id=interaction.user.id, form=self.name, answers=kept
            )
            draft = await draft_of(interaction, number)
        else:
            draft = await host.drafts.change(draft, lambda _newest: kept)
        files = sent_files(interaction, answers.get("picture", ""))
        if files:
            await _with_picture(interaction, draft, files[0])
            return
        await _show(interaction, draft)


def _picture() -> ui.Label[Any]:
    upload: ui.FileUpload[Any] = ui.FileUpload(custom_id="picture", required=False, min_values=0, max_values=1)
    return ui.Label(text="A picture? (optional)", description="PNG, JPG, GIF or WebP, up to 8 MB.", component=upload)


async def _with_picture(interaction: discord.Interaction[Any], draft: Draft, file: discord.Attachment) -> None:
    """Fetch the picture, which may take a while, then show the preview; the question is kept whatever becomes of it."""
    host = host_of(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    words = ""
    try:
        require_picture(file.filename, file.size)
        content = await file.read()
        number = await host.service(Asking).keep_picture(draft.guild_id, draft.user_id, file.filename, content)
        draft = await host.drafts.change(draft, lambda _newest: {"picture": number})
    except UserError as refused:
        words = refused.words
    except WIRE_FAULTS as fault:
        log.warning("A picture that was sent could not be fetched: %s", fault)
        words = "I could not get the picture from Discord just now. You can add it in the post itself."
    await interaction.followup.send(view=await preview(interaction, draft), ephemeral=True)
    if words:
        await interaction.followup.send(view=note(words), ephemeral=True)


async def draft_of(interaction: discord.Interaction[Any], number: int) -> Draft:
    """The draft, for the person it belongs to. Raises GoneError or NotAllowedError."""
    guild = guild_of(interaction)
    return await host_of(interaction).drafts.open(number, guild_id=guild.id, user_id=interaction.user.id)


async def _show(interaction: discord.Interaction[Any], draft: Draft) -> None:
    view = await preview(interaction, draft)
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.edit_message(view=view)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


async def preview(interaction: discord.Interaction[Any], draft: Draft) -> ui.LayoutView:
    """How the question will read, with its tools to correct, and what may help already."""
    host, number, kept = host_of(interaction), str(draft.draft_id), draft.answers
    hits = await host.service(Asking).alike(draft.guild_id, kept["title"], kept["details"], kept["tools"])
    selects = [AskTools(number, str(part)).showing(host.vocabulary, kept["tools"]) for part in parts(host.vocabulary)]
    helped: list[ui.Item[Any]] = [YesThanks(number)] if hits else []
    picture: list[ui.Item[Any]] = [DescribePicture(number)] if kept.get("picture") else []
    buttons = [PostIt(number), *helped, ChangeIt(number), *picture, ThrowAway(number)]
    return cards.preview(kept, hits, selects, buttons)


class AskTools(PersistentSelect, template=rf"ask-tools:{NUMBER}:(\d{{1,2}})"):
    """The tools the question is about: one part of the vocabulary."""

    def __init__(self, draft: str, part: str) -> None:
        self.draft, self.part = int(draft), int(part)
        super().__init__(ui.Select(custom_id=f"ask-tools:{draft}:{part}"))

    def showing(self, vocabulary: Vocabulary, chosen: Collection[str]) -> AskTools:
        """With its options, the chosen ones marked."""
        fill(self.item, vocabulary, self.part, chosen)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep them beside what is chosen in the other part."""
        host = host_of(interaction)

        def merge(newest: dict[str, Any]) -> dict[str, Any]:
            return {"tools": chosen_in(host.vocabulary, self.part, newest["tools"], self.values), "chosen": True}

        draft = await host.drafts.change(await draft_of(interaction, self.draft), merge)
        await interaction.response.edit_message(view=await preview(interaction, draft))


class PostIt(PersistentButton, template=rf"ask-post:{NUMBER}"):
    """Posts the question."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        style = discord.ButtonStyle.success
        super().__init__(ui.Button(label="Post my question", style=style, custom_id=f"ask-post:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Post it, once the server's agreement is accepted where there is one."""
        if await agreed(interaction, _POST, str(self.draft)):
            await _posted(interaction, str(self.draft))


class YesThanks(PersistentButton, template=rf"ask-helped:{NUMBER}"):
    """Says that something which was shown helps: nothing is posted."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Yes, thanks", custom_id=f"ask-helped:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Count it, and ask which one, if they care to say."""
        service = host_of(interaction).service(Asking)
        draft = await draft_of(interaction, self.draft)
        hits = await service.alike(draft.guild_id, draft.answers["title"], draft.answers["details"])
        number = await service.spared(draft)
        told = [Choice(f"{hit.record.room}/{hit.record.key}"[:100], hit.record.title) for hit in hits]
        items = [WhichHelped(str(number)).showing(told)] if len(told) > 1 else []
        await interaction.response.edit_message(view=cards.spared(items))


class WhichHelped(PersistentSelect, template=rf"ask-which:{NUMBER}"):
    """Which of what was shown helped."""

    def __init__(self, spared: str) -> None:
        self.spared = int(spared)
        super().__init__(ui.Select(custom_id=f"ask-which:{spared}", placeholder="Which one helped? (optional)"))

    def showing(self, told: list[Choice]) -> WhichHelped:
        """With its options."""
        self.item.options = choices.options(told, ())
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it."""
        room, _, key = (self.values[0] if self.values else "").partition("/")
        await host_of(interaction).service(Asking).spared_by(guild_of(interaction).id, self.spared, room[:32], key)
        await interaction.response.edit_message(view=cards.spared(()))


class ChangeIt(PersistentButton, template=rf"ask-change:{NUMBER}"):
    """Opens the form again, filled."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Change it", custom_id=f"ask-change:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        draft = await draft_of(interaction, self.draft)
        form = host_of(interaction).forms[AskForm.name]
        await interaction.response.send_modal(form.opened(str(self.draft), draft.answers))


class DescribePicture(PersistentButton, template=rf"ask-picture:{NUMBER}"):
    """Asks what the picture shows, for people who cannot see it."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Describe the picture", custom_id=f"ask-picture:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        draft = await draft_of(interaction, self.draft)
        await interaction.response.send_modal(PictureForm().opened(str(self.draft), draft.answers))


class PictureForm(Form):
    """What the picture shows. Its argument is the draft."""

    name, title = "ask-picture", "What does the picture show?"
    fields = (
        Field("picture_about", "In a sentence", "A cut edge of felt, brown and frayed", limit=300, required=True),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep it beside the picture."""
        host, about = host_of(interaction), answers["picture_about"]
        draft = await draft_of(interaction, read_number(argument))
        draft = await host.drafts.change(draft, lambda _newest: {"picture_about": about})
        await _show(interaction, draft)


class ThrowAway(PersistentButton, template=rf"ask-away:{NUMBER}"):
    """Asks whether to throw the question away."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Throw away", custom_id=f"ask-away:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first: what was typed cannot be brought back."""
        await draft_of(interaction, self.draft)
        words = "Throw this question away? What you typed cannot be brought back."
        await interaction.response.edit_message(view=asked_before(words, "ask-away", str(self.draft), "Throw it away"))


class AskOne(PersistentButton, template=r"ask"):
    """Opens the form, for people who do not type commands."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Ask a question", style=discord.ButtonStyle.primary, custom_id="ask"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        await open_form(interaction)


async def open_form(interaction: discord.Interaction[Any], tool: str = "") -> None:
    """Open the form, with a tool to begin with; not where there is no forum to post in."""
    host = host_of(interaction)
    require_forum(guild_of(interaction), host)
    known = host.vocabulary.get(tool)
    await interaction.response.send_modal(host.forms[AskForm.name].opened(f".{known.slug}" if known else ""))


async def _posted(interaction: discord.Interaction[Any], argument: str) -> None:
    """Promise a draft's question to the forum."""
    host, guild = host_of(interaction), guild_of(interaction)
    draft = await draft_of(interaction, read_number(argument))
    forum = require_forum(guild, host)
    await host.service(Asking).post(draft, forum.id)
    await interaction.response.edit_message(view=cards.posted(forum.id))


async def _thrown_away(interaction: discord.Interaction[Any], argument: str) -> None:
    await host_of(interaction).service(Asking).throw_away(await draft_of(interaction, read_number(argument)))
    await interaction.response.edit_message(view=note("The question was thrown away."))


async def _kept_after_all(interaction: discord.Interaction[Any], argument: str) -> None:
    draft = await draft_of(interaction, read_number(argument))
    await interaction.response.edit_message(view=await preview(interaction, draft))


ITEMS = (AskTools, PostIt, YesThanks, WhichHelped, ChangeIt, DescribePicture, ThrowAway, AskOne)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {
    "ask-away": _thrown_away,
    f"ask-away{KEPT}": _kept_after_all,
    _POST: _posted,
    f"{_POST}{KEPT}": _kept_after_all,
}
FORMS: tuple[Form, ...] = (PictureForm(),)
