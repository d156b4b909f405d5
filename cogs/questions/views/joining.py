"""**Same question as...**: joins a question to another one, and takes them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit import choices
from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.delivery import Kind, Letter
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.questions.cards import joining as cards
from cogs.questions.service import Joining, Keeping
from cogs.questions.service.promises import LEADS_TO, LED_HERE, number_in
from cogs.questions.views.places import who_of
from db import questions

if TYPE_CHECKING:
    import discord

    from bot.kit.host import Host, PageMaker, Reaction
    from db.delivery import Delivery


class SameAs(PersistentButton, template=rf"question-same:{NUMBER}"):
    """Asks which other question it is the same as."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Button(label="Same question as…", custom_id=f"question-same:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show those it may be, privately."""
        service, number = host_of(interaction).service(Joining), str(self.question)
        question, others = await service.likely(guild_of(interaction).id, self.question, who_of(interaction))
        offered = [
            Choice(str(one.question_id), one.title, "✅" if one.state == questions.ANSWERED else "❓") for one in others
        ]
        select = ChooseSame(number).showing(offered) if offered else None
        view = cards.chooser(question, select, [SameByLink(number)])
        await interaction.response.send_message(view=view, ephemeral=True)


class ChooseSame(PersistentSelect, template=rf"question-same-as:{NUMBER}"):
    """One of the questions it may be the same as."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Select(custom_id=f"question-same-as:{question}", placeholder="The same question is…"))

    def showing(self, offered: list[Choice]) -> ChooseSame:
        """With its options."""
        self.item.options = choices.options(offered, ())
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Join them."""
        number = int(self.values[0]) if self.values and self.values[0].isdigit() else 0
        await interaction.response.edit_message(view=await _joined(interaction, self.question, number))


class SameByLink(PersistentButton, template=rf"question-same-link:{NUMBER}"):
    """Opens the form for the link of another post."""

    def __init__(self, question: str) -> None:
        self.question = question
        super().__init__(ui.Button(label="By its link", custom_id=f"question-same-link:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        await interaction.response.send_modal(SameForm().opened(self.question))


class SameForm(Form):
    """The link of another question's post. Its argument is the question."""

    name, title = "question-same", "Same question as…"
    fields = (Field("link", "Link of the other post", "https://discord.com/channels/…", limit=200, required=True),)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Join them."""
        service = host_of(interaction).service(Joining)
        other = await service.by_link(guild_of(interaction).id, answers["link"])
        view = await _joined(interaction, read_number(argument), other)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


async def _joined(interaction: discord.Interaction[Any], question_id: int, other: int) -> ui.LayoutView:
    service = host_of(interaction).service(Joining)
    question, target = await service.join(guild_of(interaction).id, question_id, other, who_of(interaction))
    return cards.joined(question, target, [Apart(str(question.question_id))])


class Apart(PersistentButton, template=rf"question-apart:{NUMBER}"):
    """Takes joined questions apart."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Button(label="Take them apart", custom_id=f"question-apart:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        service = host_of(interaction).service(Joining)
        question = await service.apart(guild_of(interaction).id, self.question, who_of(interaction))
        await interaction.response.send_message(view=cards.apart(question), ephemeral=True)


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """What is said in both posts."""

    async def leads_to(due: Delivery) -> Letter | None:
        question = await host.service(Keeping).get(due.guild_id, number_in(due.subject))
        target = await host.service(Joining).leads_to(question) if question else None
        if question is None or target is None:
            return None
        if due.moment.startswith("answered") and target.state != questions.ANSWERED:
            return None
        members = (question.asker_id,) if question.asker_id else ()
        return Letter(cards.leads_to(question, target), members=members)

    async def led_here(due: Delivery) -> Letter | None:
        question = await host.service(Keeping).get(due.guild_id, number_in(due.subject))
        target = await host.service(Joining).leads_to(question) if question else None
        return Letter(cards.led_here(question)) if question and target and target.thread_id == due.target_id else None

    return (
        Kind(LEADS_TO, "word about a twin", "words about twins", render=leads_to, says_late=False),
        Kind(LED_HERE, "link to a twin", "links to twins", render=led_here, says_late=False),
    )


ITEMS = (SameAs, ChooseSame, SameByLink, Apart)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (SameForm(),)
