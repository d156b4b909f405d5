"""Where things are: the questions forum, and whether a thread is a post in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.kit.errors import UserError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_organizer
from cogs.questions.marking import Who
from cogs.questions.service import Answering, Following
from cogs.questions.service.following import Post
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.host import Host
    from db.questions import Question


def forum_of(guild: discord.Guild, host: Host) -> discord.ForumChannel | None:
    """The questions forum, if the server has one that the bot sees."""
    channel = guild.get_channel(host.servers.of(guild.id).channels.get(Part.QUESTIONS) or 0)
    return channel if isinstance(channel, discord.ForumChannel) else None


def require_forum(guild: discord.Guild, host: Host) -> discord.ForumChannel:
    """The questions forum, where the bot may post. Raises UserError with words where there is none."""
    forum = forum_of(guild, host)
    if forum is None:
        raise UserError(
            "This server has no forum for questions yet. Ask an organizer to make one with **/setup start**; "
            "what you typed is kept for two weeks."
        )
    allowed = forum.permissions_for(guild.me)
    if not (allowed.view_channel and allowed.send_messages):
        raise UserError(
            f"I may not post in {forum.mention} yet. Ask an organizer to allow me that with **/setup check**; "
            "what you typed is kept for two weeks."
        )
    return forum


def who_of(interaction: discord.Interaction[Any]) -> Who:
    """Who does this, as the rules of marking see them."""
    guild, user = guild_of(interaction), interaction.user
    return Who(user.id, organizer=is_organizer(user, guild, host_of(interaction)))


def post_of(thread: discord.Thread, text: str = "") -> Post:
    """A post of the forum as a value; `text` is its first message, where it may be read."""
    written = thread.created_at or discord.utils.snowflake_time(thread.id)
    return Post(
        guild_id=thread.guild.id,
        forum_id=thread.parent_id,
        thread_id=thread.id,
        owner_id=thread.owner_id,
        title=thread.name,
        tags=tuple(tag.name for tag in thread.applied_tags),
        written_at=written,
        text=text,
    )


def is_post(channel: object, host: Host) -> bool:
    """Whether this is a post in the server's questions forum."""
    if not isinstance(channel, discord.Thread):
        return False
    return channel.parent_id == host.servers.of(channel.guild.id).channels.get(Part.QUESTIONS)


async def question_here(interaction: discord.Interaction[Any]) -> Question:
    """The question in whose post this happens; a post from before the bot came is taken in now.

    Raises UserError where this is no post of the questions forum.
    """
    host, guild, channel = host_of(interaction), guild_of(interaction), interaction.channel
    if isinstance(channel, discord.Thread):
        question = await host.service(Answering).of_post(guild.id, channel.id)
        if question is None and is_post(channel, host):
            question = await host.service(Following).found(post_of(channel))
        if question is not None:
            return question
    raise UserError("This works inside a question's post. Open the post in the questions forum, and try it there.")
