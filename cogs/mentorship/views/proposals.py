"""Answering a proposal, in a direct message or a private thread: **Accept**, **Decline**, **Ask first**."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.boundary import WIRE_FAULTS
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.errors import GoneError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import require_own_server
from cogs.mentorship.cards import proposals as cards
from cogs.mentorship.service import Answering, Joining
from cogs.mentorship.service.answering import LONGEST_QUESTION, LONGEST_REASON
from cogs.mentorship.views.rights import other_of, require_answerer
from db.mentorship.values import ACCEPTED

if TYPE_CHECKING:
    from bot.kit.host import Host, PageMaker, Reaction
    from db.mentorship import Member


def buttons(proposal_id: int) -> list[ui.Item[Any]]:
    """What one can press below a proposal."""
    number = str(proposal_id)
    return [Accept(number), Decline(number), AskFirst(number)]


async def is_here(host: Host, member: Member) -> bool:
    """Whether a member is still in their server, as Discord says; where it cannot say, they count as here."""
    guild = cast("discord.Client", host).get_guild(member.guild_id)
    if guild is None:
        return True
    try:
        await guild.fetch_member(member.user_id)
    except discord.NotFound:
        return False
    except WIRE_FAULTS:
        return True
    return True


class Accept(PersistentButton, template=rf"mentor-yes:{NUMBER}"):
    """Says yes."""

    def __init__(self, proposal: str) -> None:
        self.proposal = int(proposal)
        super().__init__(
            ui.Button(label="Accept", style=discord.ButtonStyle.success, custom_id=f"mentor-yes:{proposal}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Say yes, unless the other has left the server meanwhile."""
        host = host_of(interaction)
        service = host.service(Answering)
        other = await other_of(interaction, self.proposal)
        if not await is_here(host, other):
            await service.gone(other.guild_id, other.user_id)
            raise GoneError(
                "The other has left the server meanwhile, so this one cannot come about. I am looking on for whoever "
                "needs a mentor, and tell you when somebody fits."
            )
        shown = await service.accept(interaction.user.id, self.proposal)
        both = shown.proposal.state == ACCEPTED
        view = cards.accepted_by_both(shown) if both else cards.accepted_by_mentor(shown)
        await interaction.response.edit_message(view=view)


class Decline(PersistentButton, template=rf"mentor-no:{NUMBER}"):
    """Opens a form with room for a reason, which nobody has to give."""

    def __init__(self, proposal: str) -> None:
        self.proposal = int(proposal)
        super().__init__(ui.Button(label="Decline", custom_id=f"mentor-no:{proposal}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it for the one who is asked."""
        await other_of(interaction, self.proposal)
        await interaction.response.send_modal(DeclineForm().opened(str(self.proposal)))


class DeclineForm(Form):
    """A no, with or without a reason. Its argument is the proposal's number."""

    name = "mentor-no"
    title = "No, thank you"
    fields = (
        Field(
            "why",
            "Why not? (optional)",
            "No time this month, another topic, …",
            limit=LONGEST_REASON,
            long=True,
            help="Only you and the organizers can see it; the other hears only that it did not come about.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Say no."""
        service, proposal = host_of(interaction).service(Answering), read_number(argument)
        await other_of(interaction, proposal)
        await service.decline(interaction.user.id, proposal, answers.get("why", ""))
        await _answered(interaction, cards.declined())


class AskFirst(PersistentButton, template=rf"mentor-ask:{NUMBER}"):
    """Opens a form for a question to the other, before one says yes or no."""

    def __init__(self, proposal: str) -> None:
        self.proposal = int(proposal)
        super().__init__(ui.Button(label="Ask first", custom_id=f"mentor-ask:{proposal}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it for the one who is asked."""
        await other_of(interaction, self.proposal)
        await interaction.response.send_modal(AskForm().opened(str(self.proposal)))


class AskForm(Form):
    """A question, which the bot carries. Its argument is the proposal's number."""

    name = "mentor-ask"
    title = "Ask something first"
    posts = True
    fields = (
        Field(
            "question",
            "What would you like to know?",
            "How much time did you think of? Which machine do you have?",
            limit=LONGEST_QUESTION,
            long=True,
            required=True,
            help="I bring it to the other, and the answer to you.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Carry it."""
        service, proposal = host_of(interaction).service(Answering), read_number(argument)
        await other_of(interaction, proposal)
        await service.ask(interaction.user.id, proposal, answers.get("question", ""))
        shown = await service.shown(proposal)
        if shown is not None:
            await interaction.response.send_message(view=cards.asked(shown), ephemeral=interaction.guild_id is not None)


class AnswerQuestion(PersistentButton, template=rf"mentor-tell:{NUMBER}"):
    """Opens a form for the answer."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(
            ui.Button(label="Answer", style=discord.ButtonStyle.primary, custom_id=f"mentor-tell:{question}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it, while the answer still matters."""
        await require_answerer(interaction, self.question)
        await interaction.response.send_modal(AnswerForm().opened(str(self.question)))


class AnswerForm(Form):
    """The answer to a carried question. Its argument is the question's number."""

    name = "mentor-tell"
    title = "Your answer"
    posts = True
    fields = (Field("answer", "Your answer", limit=LONGEST_QUESTION, long=True, required=True),)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Carry it back."""
        service, question = host_of(interaction).service(Answering), read_number(argument)
        await require_answerer(interaction, question)
        await service.answer(interaction.user.id, question, answers.get("answer", ""))
        await _answered(interaction, cards.carried())


async def _answered(interaction: discord.Interaction[Any], view: ui.LayoutView) -> None:
    if interaction.message is not None:
        await interaction.response.edit_message(view=view)
    else:
        await interaction.response.send_message(view=view, ephemeral=interaction.guild_id is not None)


class BackAnywhere(PersistentButton, template=rf"mentor-resume:{NUMBER}"):
    """Ends a pause, also from a direct message: it names its server."""

    def __init__(self, guild: str) -> None:
        self.guild = int(guild)
        super().__init__(
            ui.Button(label="I am back", style=discord.ButtonStyle.primary, custom_id=f"mentor-resume:{guild}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """End it."""
        require_own_server(interaction, self.guild)
        await host_of(interaction).service(Joining).resume(self.guild, interaction.user.id)
        await interaction.response.edit_message(view=cards.settled("### Welcome back\nYou can be paired again."))


class PauseLonger(PersistentButton, template=rf"mentor-longer:{NUMBER}"):
    """Pauses until one comes back, also from a direct message."""

    def __init__(self, guild: str) -> None:
        self.guild = int(guild)
        super().__init__(ui.Button(label="Pause longer", custom_id=f"mentor-longer:{guild}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Pause."""
        require_own_server(interaction, self.guild)
        await host_of(interaction).service(Joining).pause(self.guild, interaction.user.id, None)
        words = "### You are paused\nUntil you come back, with **/mentor status**."
        await interaction.response.edit_message(view=cards.settled(words))


ITEMS = (Accept, Decline, AskFirst, AnswerQuestion, BackAnywhere, PauseLonger)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (DeclineForm(), AskForm(), AnswerForm())
