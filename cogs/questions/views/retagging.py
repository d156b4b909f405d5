"""**Change tools**: what a question is about, corrected by the person who asked or an organizer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit import choices
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.cards import Tone, card, note, row, text
from bot.kit.choices import Choice
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, require_organizer
from bot.kit.words import listed, plain
from cogs.questions.marking import require_keeper
from cogs.questions.service import Answering, Keeping
from cogs.questions.tagging import MOST_TOOLS
from cogs.questions.views.places import who_of

if TYPE_CHECKING:
    from collections.abc import Collection

    import discord

    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from bot.kit.vocabulary import Vocabulary
    from cogs.questions.marking import Who
    from db.questions import Question


def tool_choices(vocabulary: Vocabulary) -> list[Choice]:
    """The vocabulary as choices, in alphabetical order of the labels."""
    tools = sorted(vocabulary.tools, key=lambda tool: tool.label.casefold())
    return [Choice(tool.slug, tool.label, tool.emoji) for tool in tools]


def fill(select: ui.Select[Any], vocabulary: Vocabulary, part: int, chosen: Collection[str]) -> None:
    """Give a select one part of the vocabulary, the chosen tools marked."""
    groups = choices.groups(tool_choices(vocabulary))
    group = groups[min(part, len(groups) - 1)]
    select.placeholder = choices.placeholder("Tools", group, len(groups) > 1)
    select.options = choices.options(group, chosen)
    select.min_values, select.max_values = 0, min(MOST_TOOLS, len(group))


def chosen_in(vocabulary: Vocabulary, part: int, before: Collection[str], values: Collection[str]) -> list[str]:
    """What is chosen after a press in one part; the newest choice wins where it would be more than three."""
    every = tool_choices(vocabulary)
    groups = choices.groups(every)
    merged = choices.merged(before, values, groups[min(part, len(groups) - 1)], every)
    fresh = [slug for slug in merged if slug not in before]
    return [*fresh, *(slug for slug in merged if slug in before)][:MOST_TOOLS]


def parts(vocabulary: Vocabulary) -> range:
    """The parts into which the vocabulary is cut, since Discord shows 25 options in a select."""
    return range(len(choices.groups(tool_choices(vocabulary))))


def retagging(host: Host, question: Question, who: Who) -> ui.LayoutView:
    """The card on which the tools of a question are changed; an organizer decides there as well how its answer ages."""
    number = str(question.question_id)
    selects = [PickTools(number, str(part)).showing(host.vocabulary, question.tools) for part in parts(host.vocabulary)]
    named = [f"{tool.label} {tool.emoji}" for slug in question.tools if (tool := host.vocabulary.get(slug))]
    now = f"Now: {listed(named)}. " if named else ""
    words = f"### What is “{plain(question.title)}” about?\n{now}Up to three tools; the post gets their tags."
    below = [row(YearlyCheck(number, "off" if question.safety else "on"))] if who.organizer else []
    return card(text(words), *(row(select) for select in selects), *below, tone=Tone.ASK)


def require_retagger(interaction: discord.Interaction[Any], question: Question) -> None:
    """Raise NotAllowedError unless they may change what a question is about."""
    require_keeper(question, who_of(interaction))


class ChangeTools(PersistentButton, template=rf"question-tools:{NUMBER}"):
    """Shows the card on which the tools can be changed."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Button(label="Change tools", custom_id=f"question-tools:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately, to whoever may."""
        host = host_of(interaction)
        question = await host.service(Answering).current(guild_of(interaction).id, self.question)
        require_retagger(interaction, question)
        await interaction.response.send_message(view=retagging(host, question, who_of(interaction)), ephemeral=True)


class YearlyCheck(PersistentButton, template=rf"question-yearly:{NUMBER}:(on|off)"):
    """Lets an organizer say that a question's answer is, or is not, one to look at again every year."""

    def __init__(self, question: str, way: str) -> None:
        self.question, self.on = int(question), way == "on"
        label = "Check it every year" if self.on else "No yearly check"
        super().__init__(ui.Button(label=label, custom_id=f"question-yearly:{question}:{way}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it."""
        guild, host = require_organizer(interaction), host_of(interaction)
        changed = await host.service(Keeping).set_safety(guild.id, self.question, safety=self.on)
        await interaction.response.edit_message(view=retagging(host, changed, who_of(interaction)))


class PickTools(PersistentSelect, template=rf"question-pick:{NUMBER}:(\d{{1,2}})"):
    """The tools a question is about: one part of the vocabulary."""

    def __init__(self, question: str, part: str) -> None:
        self.question, self.part = int(question), int(part)
        super().__init__(ui.Select(custom_id=f"question-pick:{question}:{part}"))

    def showing(self, vocabulary: Vocabulary, chosen: Collection[str]) -> PickTools:
        """With its options, the chosen ones marked."""
        fill(self.item, vocabulary, self.part, chosen)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep them beside what is chosen in the other part."""
        host, guild = host_of(interaction), guild_of(interaction)
        question = await host.service(Answering).current(guild.id, self.question)
        tools = chosen_in(host.vocabulary, self.part, question.tools, self.values)
        if not tools:
            await interaction.response.edit_message(view=retagging(host, question, who_of(interaction)))
            words = "A question keeps at least one tool. Choose another one first."
            await interaction.followup.send(view=note(words, tone=Tone.ASK), ephemeral=True)
            return
        changed = await host.service(Keeping).retag(guild.id, self.question, who_of(interaction), tools)
        await interaction.response.edit_message(view=retagging(host, changed, who_of(interaction)))


ITEMS = (ChangeTools, PickTools, YearlyCheck)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
