"""**Mark as answer**: the buttons on a question's card, and the card that asks which message or words it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.errors import GoneError, UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from bot.kit.words import clip, tidy
from cogs.questions.cards import answering as cards
from cogs.questions.limits import LONGEST_ANSWER
from cogs.questions.service import Answering
from cogs.questions.service.answering import Said
from cogs.questions.service.records import post_of
from cogs.questions.views.joining import Apart, SameAs
from cogs.questions.views.places import question_here, who_of
from cogs.questions.views.retagging import ChangeTools
from db import questions

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction
    from db.questions import Question

_LOOKED_AT = 75
"""Messages of a post that are looked through for the chooser, the newest first."""
_BEGINNING = 70


def buttons_for(question: Question) -> list[ui.Item[Any]]:
    """What can be done about a question, on its card."""
    number = str(question.question_id)
    if question.state == questions.MERGED:
        return [Apart(number)]
    if question.state == questions.ANSWERED:
        return [MarkAnswer(number, "Change the answer"), Reopen(number), ChangeTools(number), SaveAnswer(number)]
    again: list[ui.Item[Any]] = [StillAnswered(number)] if question.answer is not None else []
    return [MarkAnswer(number), *again, ChangeTools(number), SameAs(number)]


def said_in(message: discord.Message, client: discord.Client) -> Said:
    """A message as what somebody points at. Without the intent Discord shows its text only where it was pressed on."""
    del client
    author = message.author
    return Said(message.id, None if author.bot else author.id, author.display_name, message.clean_content)


async def mark(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Mark a message of this post as its answer, and say so privately."""
    question = await question_here(interaction)
    _require_answer(question, message)
    host = host_of(interaction)
    said = said_in(message, interaction.client)
    marked = await host.service(Answering).mark(
        guild_of(interaction).id, question.question_id, who_of(interaction), said
    )
    await interaction.response.send_message(view=_marked(marked, interaction.user.id), ephemeral=True)


def _require_answer(question: Question, message: discord.Message) -> None:
    if message.id in (question.thread_id, question.card_id):
        raise UserError("That is the question itself. Choose the message that answers it.")
    if message.author.bot:
        raise UserError("A bot wrote that. Choose a message that a person wrote, or say the answer in your own words.")


def _marked(question: Question, who_id: int) -> ui.LayoutView:
    number, given = str(question.question_id), question.answer
    words: list[ui.Item[Any]] = [] if given and given.text else [InWords(number, "Say it in a sentence")]
    return cards.marked(question, who_id, [*words, MarkAnswer(number, "Add a resource")])


class MarkAnswer(PersistentButton, template=rf"question-mark:{NUMBER}"):
    """Asks which message, resource or words answer the question."""

    def __init__(self, question: str, label: str = "Mark as answer") -> None:
        self.question = int(question)
        emoji = "✅" if label == "Mark as answer" else None
        super().__init__(ui.Button(label=label, emoji=emoji, custom_id=f"question-mark:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show what there is to choose from, privately."""
        guild, service = guild_of(interaction), host_of(interaction).service(Answering)
        question = await service.may_mark(guild.id, self.question, who_of(interaction))
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(view=await chooser(interaction, question), ephemeral=True)


async def chooser(interaction: discord.Interaction[Any], question: Question) -> ui.LayoutView:
    """The card that asks what answers a question."""
    number, service = str(question.question_id), host_of(interaction).service(Answering)
    selects: list[ui.Item[Any]] = []
    said = await _messages(interaction, question)
    if said:
        selects.append(ChooseMessage(number).showing(said))
    there = await service.resources_for(question.guild_id, question)
    if there:
        selects.append(ChooseResource(number).showing([Choice(str(key), title, "📄") for key, title in there]))
    buttons: list[ui.Item[Any]] = [InWords(number)]
    if question.state == questions.ANSWERED:
        buttons.append(Reopen(number, "No answer yet"))
    return cards.chooser(question, selects, buttons)


async def _messages(interaction: discord.Interaction[Any], question: Question) -> list[Choice]:
    """The newest messages of people in the post, as choices, in the order in which they were written."""
    guild = guild_of(interaction)
    thread = interaction.client.get_partial_messageable(question.thread_id or 0, guild_id=guild.id)
    zone = host_of(interaction).servers.zone(guild.id)
    found: list[Choice] = []
    try:
        async for message in thread.history(limit=_LOOKED_AT):
            if message.author.bot or message.id == question.thread_id or len(found) == choices.OPTIONS_LIMIT:
                continue
            at = message.created_at.astimezone(zone)
            when = f"{at:%b} {at.day}, {at:%H:%M}"
            beginning = clip(tidy(message.content), _BEGINNING) if message.content else ""
            name = clip(message.author.display_name, 25)
            about = when if beginning else None
            found.append(
                Choice(str(message.id), f"{name}: {beginning}" if beginning else f"{name}, {when}", None, about)
            )
    except discord.HTTPException:
        return []
    return found[::-1]


class ChooseMessage(PersistentSelect, template=rf"question-choose:{NUMBER}"):
    """One of the messages in the post."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Select(custom_id=f"question-choose:{question}", placeholder="Which message solved it?"))

    def showing(self, said: list[Choice]) -> ChooseMessage:
        """With its options."""
        self.item.options = choices.options(said, ())
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Mark it."""
        guild, service = guild_of(interaction), host_of(interaction).service(Answering)
        question = await service.current(guild.id, self.question)
        thread = interaction.client.get_partial_messageable(question.thread_id or 0, guild_id=guild.id)
        number = int(self.values[0]) if self.values and self.values[0].isdigit() else 0
        try:
            message = await thread.fetch_message(number)
        except discord.NotFound:
            raise GoneError("That message is no longer there. Please choose another one.") from None
        _require_answer(question, message)
        said = said_in(message, interaction.client)
        marked = await service.mark(guild.id, question.question_id, who_of(interaction), said)
        await interaction.response.edit_message(view=_marked(marked, interaction.user.id))


class ChooseResource(PersistentSelect, template=rf"question-resource:{NUMBER}"):
    """A resource that answers the question, or belongs to its answer."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Select(custom_id=f"question-resource:{question}", placeholder="Does a resource answer it?"))

    def showing(self, there: list[Choice]) -> ChooseResource:
        """With its options."""
        self.item.options = choices.options(there, ())
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Mark it, beside the message if one is marked."""
        guild, service = guild_of(interaction), host_of(interaction).service(Answering)
        number = int(self.values[0]) if self.values and self.values[0].isdigit() else 0
        marked = await service.add_resource(guild.id, self.question, who_of(interaction), number)
        await interaction.response.edit_message(view=_marked(marked, interaction.user.id))


class InWords(PersistentButton, template=rf"question-words:{NUMBER}"):
    """Opens the form for an answer in one's own words."""

    def __init__(self, question: str, label: str = "In my own words") -> None:
        self.question = int(question)
        super().__init__(ui.Button(label=label, custom_id=f"question-words:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it with what is there."""
        question = await host_of(interaction).service(Answering).current(guild_of(interaction).id, self.question)
        known = {"words": question.answer.text} if question.answer else {}
        await interaction.response.send_modal(WordsForm().opened(str(self.question), known))


class WordsForm(Form):
    """What solved it, in somebody's own words. Its argument is the question."""

    name, title = "question-words", "What solved it?"
    fields = (
        Field(
            "words",
            "What solved it?",
            "A sentence or two, for the next person with this question",
            limit=LONGEST_ANSWER,
            long=True,
            required=True,
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep it as the answer, or as the words of the message that is marked."""
        host, user = host_of(interaction), interaction.user
        marked = await host.service(Answering).in_words(
            guild_of(interaction).id, read_number(argument), who_of(interaction), user.display_name, answers["words"]
        )
        view = _marked(marked, user.id)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


class Reopen(PersistentButton, template=rf"question-reopen:{NUMBER}"):
    """Takes the answer back: the question is open again."""

    def __init__(self, question: str, label: str = "Open it again") -> None:
        self.question = int(question)
        super().__init__(ui.Button(label=label, custom_id=f"question-reopen:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it back."""
        service = host_of(interaction).service(Answering)
        opened = await service.take_back(guild_of(interaction).id, self.question, who_of(interaction))
        await interaction.response.send_message(view=cards.taken_back(opened), ephemeral=True)


class StillAnswered(PersistentButton, template=rf"question-still:{NUMBER}"):
    """Says that the answer from before still stands."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Button(label="Still answered", custom_id=f"question-still:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Put the answer back in its place."""
        service = host_of(interaction).service(Answering)
        marked = await service.still_answered(guild_of(interaction).id, self.question, who_of(interaction))
        await interaction.response.send_message(view=_marked(marked, interaction.user.id), ephemeral=True)


class SaveAnswer(PersistentButton, template=rf"question-save:{NUMBER}"):
    """Opens the form that suggests a resource, filled with the question and its answer."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Button(label="Save as resource", custom_id=f"question-save:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it filled: sending it is the one step that is left."""
        host = host_of(interaction)
        question = await host.service(Answering).current(guild_of(interaction).id, self.question)
        text = question.answer.text if question.answer else ""
        filled = {"link": post_of(question), "title": question.title, "text": text}
        await interaction.response.send_modal(host.forms["suggest"].opened("", filled))


ITEMS = (MarkAnswer, ChooseMessage, ChooseResource, InWords, Reopen, StillAnswered, SaveAnswer)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (WordsForm(),)
