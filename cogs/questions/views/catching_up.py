"""Catching up at a start: posts that were written by hand while nobody looked, and what was said in known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs.questions.service import Following
from cogs.questions.views.places import forum_of, post_of
from cogs.questions.views.standing import tag_for_answered

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.host import Host

_ARCHIVED_AT_MOST = 100
_SAID_AT_MOST = 200


async def catch_up(host: Host, guild: discord.Guild) -> int | None:
    """Look once through a server's questions forum; its number, if there is one. Raises what discord.py raises."""
    forum = forum_of(guild, host)
    if forum is None:
        return None
    await tag_for_answered(host, forum)
    service = host.service(Following)
    posts = {thread.id: thread for thread in guild.threads if thread.parent_id == forum.id}
    async for thread in forum.archived_threads(limit=_ARCHIVED_AT_MOST):
        posts.setdefault(thread.id, thread)
    newest = max([*posts, forum.last_message_id or 0])
    for number in await service.missed(guild.id, posts, newest):
        if posts[number].owner_id != guild.me.id:
            await service.found(post_of(posts[number]))
    await service.looked(guild.id, newest)
    for thread in posts.values():
        await _catch_up_in(service, guild, thread)
    return forum.id


async def _catch_up_in(service: Following, guild: discord.Guild, thread: discord.Thread) -> None:
    if thread.last_message_id is None:
        return
    last: datetime | None = await service.last_words(guild.id, thread.id)
    if last is None or discord.utils.snowflake_time(thread.last_message_id) <= last:
        return
    async for message in thread.history(limit=_SAID_AT_MOST, after=last, oldest_first=True):
        if not message.author.bot and message.id != thread.id and message.created_at > last:
            await service.heard(guild.id, thread.id, message.author.id, message.created_at)
