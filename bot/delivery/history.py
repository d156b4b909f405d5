"""Looking whether a message is there already, when its first try is too long ago for Discord to recognize it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.delivery.verdict import ParkError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from db.delivery import Delivery

MOST_READ = 5_000
"""Messages read of a channel at most, 100 in a request; where that is not enough, a person has to look."""
CLOCKS_DIFFER = timedelta(minutes=10)
"""How far back before the first try to look: clocks differ."""
_MARKS_FROM = 1_000
"""Discord numbers the components that have no number from 1 on (40 a message at most), so marks lie above
(https://docs.discord.com/developers/components/reference#anatomy-of-a-component)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a delivery's message stands."""

    message_id: int | None
    channel_id: int | None


def mark_of(delivery: Delivery) -> int:
    """The number of its card's container, by which a delivery's message is known (1,001 to 2^31-1)."""
    return _MARKS_FROM + delivery.delivery_id


class History:
    """Reads channels and forums for one delivery at a time."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def in_channel(
        self, channel: discord.abc.Messageable, delivery: Delivery, *, guild_channel: int | None
    ) -> Placed | None:
        """The delivery's message in a channel, from the newest back to ten minutes before the first try.

        `guild_channel` is the channel's number where it belongs to a server. Raises ParkError where the bot may not
        read there: Discord then answers an empty list, which says nothing.
        """
        await self._require_reading(delivery, guild_channel)
        oldest = _oldest(delivery)
        read = 0
        async for message in channel.history(limit=MOST_READ, oldest_first=False):
            if message.created_at < oldest:
                break
            read += 1
            if self._is(message, delivery):
                return Placed(message.id, message.channel.id)
        if read >= MOST_READ:
            raise ParkError("history-long")
        await self._require_reading(delivery, guild_channel)  # the right may have been taken while we read
        return None

    async def in_forum(self, forum: discord.ForumChannel, delivery: Delivery, title: str) -> Placed | None:
        """The delivery's post in a forum: Discord knows no nonce there, so the threads are listed."""
        await self._require_reading(delivery, forum.id)
        oldest = _oldest(delivery)
        threads = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
        async for thread in forum.archived_threads(limit=MOST_READ):  # those that were archived last come first
            if thread.archive_timestamp < oldest:
                break
            threads.append(thread)
        for thread in threads:
            ours = self._client.user is not None and thread.owner_id == self._client.user.id
            recent = thread.created_at is None or thread.created_at >= oldest
            if ours and recent and await self._starts(thread, delivery, title):
                return Placed(thread.id, thread.id)
        await self._require_reading(delivery, forum.id)  # the right may have been taken while we read
        return None

    async def _starts(self, thread: discord.Thread, delivery: Delivery, title: str) -> bool:
        """Whether the thread is the delivery's post. Its title says little: it may be drawn anew, or changed there."""
        try:
            return self._is(await thread.fetch_message(thread.id), delivery)
        except discord.NotFound:  # a moderator took the first message away; the post is there all the same
            return thread.name == title

    def _is(self, message: discord.Message, delivery: Delivery) -> bool:
        ours = self._client.user is not None and message.author.id == self._client.user.id
        return ours and mark_of(delivery) in _numbers(message.components)

    async def _require_reading(self, delivery: Delivery, channel_id: int | None) -> None:
        """Raise ParkError unless Discord, not the cache, says that the bot may read there; None is a direct message."""
        if channel_id is None:
            return
        guild = await self._client.fetch_guild(delivery.guild_id, with_counts=False)
        channel = await guild.fetch_channel(channel_id)
        if isinstance(channel, discord.Thread):
            channel = await guild.fetch_channel(channel.parent_id)
        me = await guild.fetch_member(self._client.user.id if self._client.user else 0)
        allowed = channel.permissions_for(me)
        if not (allowed.read_message_history and allowed.view_channel):
            raise ParkError("no-history")


def _oldest(delivery: Delivery) -> datetime:
    return (delivery.first_try_at or delivery.created_at) - CLOCKS_DIFFER


def _numbers(components: Any) -> Iterator[int]:
    """The numbers of all components, nested ones too."""
    for component in components:
        yield getattr(component, "id", 0)
        yield from _numbers(getattr(component, "children", ()))
