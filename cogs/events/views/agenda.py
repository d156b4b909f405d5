"""The agenda of an event: **Put it on the agenda** for members, the list to tick off for hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.permissions import guild_of
from cogs.events.cards import agenda as cards
from cogs.events.service import Agenda, Looking
from cogs.events.service.agenda import LONGEST_QUESTION
from cogs.events.views.rights import may_change, require_change

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction
    from db.events import Event

LIST = "agenda"
ASKED = "ama"
"""The template of events that gather questions."""
_OWN_SHOWN = 5


def on_card(event: Event) -> list[ui.Item[Any]]:
    """What stands on the card of an event that gathers questions."""
    return [PutOnAgenda(str(event.event_id))] if event.plan.template == ASKED else []


async def _asking(interaction: discord.Interaction[Any], event_id: int, note: str = "") -> ui.LayoutView:
    guild, host = guild_of(interaction), host_of(interaction)
    event, questions = await host.service(Agenda).mine(guild.id, event_id, interaction.user.id)
    number = str(event_id)
    buttons: list[ui.Item[Any]] = [AskQuestion(number, "named"), AskQuestion(number, "nameless")]
    if may_change(interaction, event):
        buttons.append(ShowAgenda(number))
    mine = [(one, Withdraw(number, str(one.question_id))) for one in questions[-_OWN_SHOWN:]]
    return cards.asking(event, mine, buttons, note_=note)


class PutOnAgenda(PersistentButton, template=rf"event-agenda:{NUMBER}"):
    """Says how to ask the hosts something, and shows one's own questions."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Put it on the agenda", emoji="🙋", custom_id=f"event-agenda:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it privately."""
        await interaction.response.send_message(view=await _asking(interaction, self.event), ephemeral=True)


class AskQuestion(PersistentButton, template=rf"event-ask:{NUMBER}:(named|nameless)"):
    """Opens the form for a question, with one's name or without."""

    def __init__(self, event: str, how: str) -> None:
        self.event, self.how = event, how
        label = "Ask with my name" if how == "named" else "Ask without a name"
        style = discord.ButtonStyle.primary if how == "named" else discord.ButtonStyle.secondary
        super().__init__(ui.Button(label=label, style=style, custom_id=f"event-ask:{event}:{how}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        await interaction.response.send_modal(QuestionForm().opened(f"{self.event}.{int(self.how == 'named')}"))


class QuestionForm(Form):
    """One question. Its argument is the event, and whether the hosts see who asks (1 or 0)."""

    name = "event-question"
    title = "Put it on the agenda"
    posts = True
    fields = (
        Field(
            "question",
            "Your question",
            "How do you pay for the filament?",
            limit=LONGEST_QUESTION,
            long=True,
            required=True,
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Put it on the agenda, and show one's own questions."""
        event_id, named = read_numbers(argument)
        guild, service = guild_of(interaction), host_of(interaction).service(Agenda)
        words = answers.get("question", "")
        await service.ask(guild.id, event_id, interaction.user.id, words, named=bool(named))
        view = await _asking(interaction, event_id, "### It is on the agenda\nYou can ask more, or take it back.")
        await interaction.response.send_message(view=view, ephemeral=True)


class Withdraw(PersistentButton, template=rf"event-withdraw:{NUMBER}:{NUMBER}"):
    """Takes one's own question back."""

    def __init__(self, event: str, question: str) -> None:
        self.event, self.question = int(event), int(question)
        super().__init__(ui.Button(label="Take it back", custom_id=f"event-withdraw:{event}:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it back, and show what is left."""
        service = host_of(interaction).service(Agenda)
        await service.withdraw(guild_of(interaction).id, self.event, self.question, interaction.user.id)
        view = await _asking(interaction, self.event, "### Taken back\nYour question is no longer on the agenda.")
        await interaction.response.edit_message(view=view)


async def page_of_agenda(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of an event's agenda, for those who may change the event; its argument is the event."""
    guild, host = guild_of(interaction), host_of(interaction)
    event_id, _ = read_numbers(argument)
    event = (await host.service(Looking).one(guild.id, event_id)).event
    require_change(interaction, event)
    found = await host.service(Agenda).listed(guild.id, event_id, page)
    entries = [
        (one, Tick(argument, str(one.question_id), "no" if one.answered_at is not None else "yes", str(found.page)))
        for one in found.questions
    ]
    below = [*turns(LIST, argument, interaction.user.id, found.page, found.total), ShowAgenda(argument, "again")]
    return cards.listed(found, entries, below)


class ShowAgenda(PersistentButton, template=rf"event-agenda-list:{NUMBER}:(new|again)"):
    """Opens the agenda for its hosts, or looks at it anew."""

    def __init__(self, event: str, how: str = "new") -> None:
        self.event, self.how = event, how
        label = "Agenda" if how == "new" else "Back to the agenda"
        super().__init__(ui.Button(label=label, emoji="📋", custom_id=f"event-agenda-list:{event}:{how}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it privately."""
        view = await page_of_agenda(interaction, self.event, 0)
        if self.how == "again":
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


class Tick(PersistentButton, template=rf"event-tick:{NUMBER}:{NUMBER}:(yes|no):{NUMBER}"):
    """Ticks a question off, or opens it again."""

    def __init__(self, event: str, question: str, done: str, page: str) -> None:
        self.event, self.question, self.done, self.page = event, int(question), done == "yes", int(page)
        style = discord.ButtonStyle.success if self.done else discord.ButtonStyle.secondary
        label = "Answered" if self.done else "Open again"
        custom_id = f"event-tick:{event}:{question}:{done}:{page}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it, and show the page anew."""
        host = host_of(interaction)
        event = (await host.service(Looking).one(guild_of(interaction).id, int(self.event))).event
        require_change(interaction, event)
        await host.service(Agenda).tick(int(self.event), self.question, done=self.done)
        await interaction.response.edit_message(view=await page_of_agenda(interaction, self.event, self.page))


ITEMS = (PutOnAgenda, AskQuestion, Withdraw, ShowAgenda, Tick)
PAGES: dict[str, PageMaker] = {LIST: page_of_agenda}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (QuestionForm(),)
