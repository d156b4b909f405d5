"""**Turn into a question** and **Save as resource**: what is said in a chat gets a place where it is found again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.errors import NotAllowedError, UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_organizer
from bot.kit.words import clip
from cogs.questions.limits import LONGEST_DETAILS, LONGEST_TITLE
from cogs.questions.service import Asking
from cogs.questions.service.records import link_of
from cogs.questions.views.asking import AskForm, draft_of, preview
from cogs.questions.views.places import is_post, require_forum
from cogs.questions.wording import title_from

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction
    from db.drafts import Draft

_MESSAGE = re.compile(r"discord(?:app)?\.com/channels/(\d{1,20})/(\d{1,20})/(\d{1,20})")
_LINK = re.compile(r"https?://[^\s<>]{4,500}")


async def turn(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Open the form with what a message says; what is posted then is its author's question."""
    draft = await _begun(interaction, message)
    form = host_of(interaction).forms[AskForm.name]
    await interaction.response.send_modal(form.opened(str(draft.draft_id), draft.answers))


async def _begun(interaction: discord.Interaction[Any], message: discord.Message) -> Draft:
    """Keep a draft of what a message says.

    The draft says whose question it is: a form's own argument comes from outside, and could name anybody.
    """
    guild, host, author = guild_of(interaction), host_of(interaction), message.author
    require_forum(guild, host)
    _require_open(message.channel)
    if author.bot:
        raise UserError("A bot wrote that. Choose a message that a person wrote.")
    if is_post(message.channel, host):
        raise UserError("This stands in a question's post already. To ask something new, use **/ask**.")
    if author.id != interaction.user.id and not is_organizer(interaction.user, guild, host):
        raise NotAllowedError(
            "Only the person who wrote this and organizers can turn it into a question. Ask one of them, or use "
            "**/ask**."
        )
    title = title_from(message.content, LONGEST_TITLE)
    details = "" if message.content.strip() == title else message.content[:LONGEST_DETAILS]
    service = host.service(Asking)
    kept = service.described({"title": title, "details": details})
    kept["tools"] = list(await service.suggested(guild.id, title, details))
    kept |= {"from": [message.channel.id, message.id], "asker": author.id, "asker_name": author.display_name}
    number = await host.drafts.keep(guild_id=guild.id, user_id=interaction.user.id, form=AskForm.name, answers=kept)
    return await draft_of(interaction, number)


class TurnForm(Form):
    """A link to a message, for people who do not find the message's menu."""

    name, title = "question-turn", "Turn a message into a question"
    fields = (
        Field(
            "link",
            "Link to the message",
            "https://discord.com/channels/…",
            limit=200,
            required=True,
            help="Hold the message (on a computer: right-click it) and choose Copy Message Link.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:  # noqa: ARG002 - it needs none
        """Show the message as a question before it is posted."""
        message = await _linked(interaction, answers["link"])
        draft = await _begun(interaction, message)
        await interaction.response.send_message(view=await preview(interaction, draft), ephemeral=True)


async def _linked(interaction: discord.Interaction[Any], link: str) -> discord.Message:
    """The message that a link leads to, where whoever gave it may read it. Raises UserError."""
    guild = guild_of(interaction)
    found = _MESSAGE.search(link)
    channel = guild.get_channel_or_thread(int(found[2])) if found and int(found[1]) == guild.id else None
    if not isinstance(channel, discord.TextChannel | discord.Thread) or found is None:
        raise UserError("That is no link to a message in this server. Copy it from the message's menu, and try again.")
    _require_open(channel)
    member = interaction.user
    allowed = channel.permissions_for(member) if isinstance(member, discord.Member) else discord.Permissions.none()
    try:
        if not (allowed.view_channel and allowed.read_message_history):
            raise _not_there()
        return await channel.fetch_message(int(found[3]))
    except (discord.NotFound, discord.Forbidden):
        raise _not_there() from None


def _require_open(channel: object) -> None:
    """Raise UserError in a private thread: the bot reads along in some, and whoever has a link does not."""
    if isinstance(channel, discord.Thread) and channel.is_private():
        raise UserError(
            "That stands in a private thread, and everyone can read a question. To ask it anew in your own words, "
            "use **/ask**."
        )


def _not_there() -> UserError:
    return UserError("I cannot find that message, or you and I may not both read it. Try the link of another one.")


class Turn(PersistentButton, template=r"question-turn"):
    """Opens the form that takes a message's link."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Make it a question", emoji="↪️", custom_id="question-turn"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        await interaction.response.send_modal(TurnForm().opened())


async def save(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Open the form that suggests a resource, with the first link in a message, or the message's own."""
    guild, host = guild_of(interaction), host_of(interaction)
    named = _LINK.search(message.content)
    link = named[0].rstrip(".,;:!?)") if named else link_of(guild.id, message.channel.id, message.id)
    text = message.content.replace(link, "").strip()
    filled = {"link": link, "title": title_from(text, LONGEST_TITLE), "text": clip(text, 1_000) if text else ""}
    await interaction.response.send_modal(host.forms["suggest"].opened("", filled))


ITEMS = (Turn,)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (TurnForm(),)
