"""**Tell me** on the thanks card, and **Answer** under an organizer's question: the suggester's side of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, note
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, require_own_server
from cogs.resources.cards import suggestions, told
from cogs.resources.limits import LONGEST_TEXT, LONGEST_TITLE
from cogs.resources.service import Answering, Telling
from cogs.resources.service.answering import LONGEST_ANSWER
from cogs.resources.service.records import record_of
from db import resources
from db.delivery import Way

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction

_LABELS = {Way.DM: "Direct message", Way.PRIVATE: "Private thread", Way.NOTE: "Next time I am here"}
_PROMISED = {
    Way.DM: "I will send you a direct message.",
    Way.PRIVATE: "I will open a private thread with you, below this channel.",
    Way.NOTE: "I will tell you privately the next time you use one of my buttons or commands.",
}


class TellMe(PersistentButton, template=rf"tell-me:{NUMBER}"):
    """Asks how the suggester wants to hear what becomes of it."""

    def __init__(self, resource: str) -> None:
        self.resource = int(resource)
        super().__init__(ui.Button(label="Tell me", emoji="🔔", custom_id=f"tell-me:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show the ways; nobody gets a direct message who did not choose it."""
        service = host_of(interaction).service(Telling)
        resource = await service.own(guild_of(interaction).id, interaction.user.id, self.resource)
        ways = [TellBy(way.value, str(self.resource)) for way in _LABELS]
        await interaction.response.edit_message(view=suggestions.how_to_tell(resource.about.title, ways))


class TellBy(PersistentButton, template=rf"tell-by:(dm|private|note):{NUMBER}"):
    """One of the ways to be told."""

    def __init__(self, way: str, resource: str) -> None:
        self.way, self.resource = Way(way), int(resource)
        super().__init__(ui.Button(label=_LABELS[self.way], custom_id=f"tell-by:{way}:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, or say at once what was decided meanwhile."""
        host = host_of(interaction)
        place = interaction.channel
        place_id = place.parent_id if isinstance(place, discord.Thread) else interaction.channel_id
        resource = await host.service(Telling).tell_me(
            guild_of(interaction).id, interaction.user.id, self.resource, self.way, place_id
        )
        if resource.status in (resources.PUBLISHED, resources.DECLINED):
            view = told.decided(record_of(resource, host.vocabulary), resource)
        else:
            view = note(f"{_PROMISED[self.way]} Thank you for the suggestion!", tone=Tone.DONE)
        await interaction.response.edit_message(view=view)


class Answer(PersistentButton, template=rf"asked:{NUMBER}:{NUMBER}"):
    """Opens the suggestion's form again, with room for an answer. It names its server, since it may be in a DM."""

    def __init__(self, guild: str, resource: str) -> None:
        self.guild, self.resource = int(guild), int(resource)
        super().__init__(
            ui.Button(label="Answer", style=discord.ButtonStyle.primary, custom_id=f"asked:{guild}:{resource}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it for the person who was asked."""
        require_own_server(interaction, self.guild)
        service = host_of(interaction).service(Answering)
        about = (await service.asked(self.guild, interaction.user.id, self.resource)).about
        known = {"link": about.link, "title": about.title, "text": about.description}
        await interaction.response.send_modal(AnswerForm().opened(f"{self.guild}.{self.resource}", known))


class AnswerForm(Form):
    """The answer, and the suggestion's text, which can be changed with it. Its argument: server and resource."""

    name = "suggest-answer"
    title = "Your answer"
    fields = (
        Field("answer", "Your answer", limit=LONGEST_ANSWER, long=True, required=True),
        Field("link", "Link", limit=2_000, required=True),
        Field("title", "Title", limit=LONGEST_TITLE, required=True),
        Field("text", "Why does it help? (optional)", limit=LONGEST_TEXT, long=True),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Put it back into the queue."""
        guild_id, number = read_numbers(argument)
        require_own_server(interaction, guild_id)
        service = host_of(interaction).service(Answering)
        resource = await service.answer(guild_id, interaction.user.id, number, answers)
        view = suggestions.answered(resource.about.title)
        if interaction.message is not None:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


ITEMS = (TellMe, TellBy, Answer)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (AnswerForm(),)
