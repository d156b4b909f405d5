"""**Turn into a question** and **Save as resource**: what is said in a chat gets a place where it is found again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord  # noqa: TC002 - the message menus read the annotations

from bot.kit.errors import NotAllowedError, UserError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_organizer
from bot.kit.words import clip
from cogs.questions.limits import LONGEST_DETAILS, LONGEST_TITLE
from cogs.questions.service import Asking
from cogs.questions.service.records import link_of
from cogs.questions.views.asking import AskForm
from cogs.questions.views.places import is_post, require_forum
from cogs.questions.wording import title_from

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

_LINK = re.compile(r"https?://[^\s<>]{4,500}")


async def turn(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Open the form with what a message says; what is posted then is its author's question.

    The draft says where it comes from: a form's own argument comes from outside, and could name anybody.
    """
    guild, host, author = guild_of(interaction), host_of(interaction), message.author
    require_forum(guild, host)
    if author.bot:
        raise UserError("A bot wrote that. Choose a message that a person wrote.")
    if is_post(message.channel, host):
        raise UserError("This stands in a question's post already. To ask something new, use **/ask**.")
    if author.id != interaction.user.id and not is_organizer(interaction.user, guild, host):
        raise NotAllowedError("Only the person who wrote this and organizers can turn it into a question.")
    title = title_from(message.content, LONGEST_TITLE)
    details = "" if message.content.strip() == title else message.content[:LONGEST_DETAILS]
    service = host.service(Asking)
    kept = service.described({"title": title, "details": details})
    kept["tools"] = list(await service.suggested(guild.id, title, details))
    kept |= {"from": [message.channel.id, message.id], "asker": author.id, "asker_name": author.display_name}
    number = await host.drafts.keep(guild_id=guild.id, user_id=interaction.user.id, form=AskForm.name, answers=kept)
    await interaction.response.send_modal(host.forms[AskForm.name].opened(str(number), kept))


async def save(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Open the form that suggests a resource, with the first link in a message, or the message's own."""
    guild, host = guild_of(interaction), host_of(interaction)
    named = _LINK.search(message.content)
    link = named[0].rstrip(".,;:!?)") if named else link_of(guild.id, message.channel.id, message.id)
    text = message.content.replace(link, "").strip()
    filled = {"link": link, "title": title_from(text, LONGEST_TITLE), "text": clip(text, 1_000) if text else ""}
    await interaction.response.send_modal(host.forms["suggest"].opened("", filled))


ITEMS: tuple[type[discord.ui.DynamicItem[Any]], ...] = ()
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
