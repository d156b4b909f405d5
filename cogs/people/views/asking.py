"""**Ask in public**: a question in the channel, addressed to somebody who said that they may be asked.

All of it is here and in service/asking.py, so that a room for questions can take it over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.boundary import WIRE_FAULTS
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.errors import UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.people.cards import questions
from cogs.people.service import Asking, Introducing
from cogs.people.service.asking import LONGEST_QUESTION
from cogs.people.views.viewing import viewer_of
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction

_ELSEWHERE = "Please go to a channel where people ask questions, and look for them there."
_COPY = "**Open the form again** shows your text, so that you can copy it into a channel where people ask questions."


class AskForm(Form):
    """The question. Its argument is the number of the profile it is meant for."""

    name = "people-ask"
    title = "Ask in public"
    posts = True
    fields = (
        Field(
            "question",
            "Your question",
            "What are you trying to do, and what have you tried?",
            limit=LONGEST_QUESTION,
            long=True,
            required=True,
            help="All can read it, with your name: in this channel, or in one where members may write.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Post it where it was asked, and say who was notified."""
        host, channel = host_of(interaction), _place(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)  # Discord is asked twice before the answer
        await _look_for(interaction, read_number(argument))
        service = host.service(Asking)
        question = await service.address(viewer_of(interaction), read_number(argument), answers.get("question", ""))
        helpers = [] if question.helper_id is None else [discord.Object(question.helper_id)]
        try:
            message = await channel.send(
                view=questions.asked(question, interaction.user.id),
                allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=helpers),
                nonce=str(interaction.id),
            )
        except WIRE_FAULTS as refused:
            await service.take_back(question)
            words = f"Discord did not take your question in this channel. {_COPY}"
            raise UserError(words) from refused
        await interaction.followup.send(view=questions.posted(question, message.jump_url), ephemeral=True)


def _place(interaction: discord.Interaction[Any]) -> discord.TextChannel | discord.Thread | discord.VoiceChannel:
    """The channel, if both the member and the bot may write in it; else one of the server's for talking where they may.

    Raises UserError with the way out.
    """
    guild, settings = guild_of(interaction), host_of(interaction).servers.of(guild_of(interaction).id)
    channel = interaction.channel
    chosen = [guild.get_channel(settings.channels.get(part, 0)) for part in (Part.SHOW, Part.INTRODUCTIONS)]
    for place in (channel, *chosen):
        if isinstance(place, discord.TextChannel) and _both_may_write(interaction, place):
            return place
    if not isinstance(channel, discord.TextChannel | discord.Thread | discord.VoiceChannel):
        raise UserError(f"There is no channel to post in here. {_ELSEWHERE}")
    right = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    if not getattr(interaction.permissions, right):
        raise UserError(f"You cannot write in this channel, so I will not do it for you. {_ELSEWHERE}")
    if not (getattr(interaction.app_permissions, right) and interaction.app_permissions.view_channel):
        raise UserError(f"I may not write in this channel. {_ELSEWHERE}")
    return channel


def _both_may_write(interaction: discord.Interaction[Any], place: discord.TextChannel) -> bool:
    if place.id == interaction.channel_id:
        mine, ours = interaction.permissions, interaction.app_permissions
    elif isinstance(interaction.user, discord.Member):
        mine, ours = place.permissions_for(interaction.user), place.permissions_for(place.guild.me)
    else:
        return False
    return mine.send_messages and mine.view_channel and ours.send_messages and ours.view_channel


async def _look_for(interaction: discord.Interaction[Any], profile_id: int) -> None:
    """Note it where the helper has left the server: nobody is addressed who is not here."""
    guild, introducing = guild_of(interaction), host_of(interaction).service(Introducing)
    helper = await introducing.of_number(viewer_of(interaction), profile_id)
    if helper is None or not helper.asks:
        return
    try:
        await guild.fetch_member(helper.user_id)
    except discord.NotFound:
        await introducing.gone(guild.id, helper.user_id)
    except WIRE_FAULTS:
        return  # then they are addressed as if they were here, which disturbs nobody


class AskInPublic(PersistentButton, template=rf"people-ask:{NUMBER}"):
    """Opens the form for a question to somebody."""

    def __init__(self, profile: str) -> None:
        self.profile = profile
        super().__init__(ui.Button(label="Ask in public", emoji="🙋", custom_id=f"people-ask:{profile}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it, if one may write here."""
        _place(interaction)
        await interaction.response.send_modal(AskForm().opened(self.profile))


ITEMS = (AskInPublic,)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (AskForm(),)
