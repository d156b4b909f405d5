"""A private thread for one member: remembered, found again, or made.

Its making has no nonce. A thread that was made and then forgotten, because the process ended in between, is empty and
has nobody else in it; it is taken up again once whoever made it has surely given up, so that no two members meet there.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import discord

from bot.delivery.verdict import ParkError
from db.delivery import keep_thread, thread_of

if TYPE_CHECKING:
    from db.delivery import Delivery
    from db.engine import Database

NAME = "Notes for you"
"""What the thread is called; only its member and the server's moderators see it."""
_A_WEEK: Final = 10_080  # minutes: https://docs.discord.com/developers/resources/channel#channel-object


MADE_BEFORE = timedelta(minutes=10)
"""A forgotten thread is taken up again when it is older than this, far longer than an attempt takes."""


class Rooms:
    """Finds or makes private threads. In one server one is made at a time, so that nobody gets two."""

    def __init__(self, client: discord.Client, database: Database) -> None:
        self._client = client
        self._database = database
        self._turns: dict[int, asyncio.Lock] = {}

    async def room_for(self, delivery: Delivery) -> discord.Thread:
        """The member's private thread. Raises as discord.py does, and ParkError where there is no place to make it."""
        guild = await self._client.fetch_guild(delivery.guild_id, with_counts=False)
        async with self._turns.setdefault(delivery.guild_id, asyncio.Lock()):
            known = await self._known(delivery)
            thread = None if known is None else await _fetched(guild, known)
            if thread is not None:
                return thread
            thread = await self._made(guild, delivery)
            async with self._database.write() as connection:
                kept = await keep_thread(connection, delivery.guild_id, delivery.target_id, thread.id, instead_of=known)
        if kept == thread.id:
            return thread
        return await _fetched(guild, kept) or thread  # another process made one meanwhile

    async def _known(self, delivery: Delivery) -> int | None:
        async with self._database.read() as connection:
            return await thread_of(connection, delivery.guild_id, delivery.target_id)

    async def _made(self, guild: discord.Guild, delivery: Delivery) -> discord.Thread:
        place = None if delivery.place_id is None else await guild.fetch_channel(delivery.place_id)
        if isinstance(place, discord.Thread):
            place = await guild.fetch_channel(place.parent_id)
        if not isinstance(place, discord.TextChannel):
            raise ParkError("no-place")
        thread = await self._forgotten(guild, place, delivery)
        if thread is None:
            thread = await place.create_thread(
                name=NAME, type=discord.ChannelType.private_thread, invitable=False, auto_archive_duration=_A_WEEK
            )
        await thread.add_user(discord.Object(delivery.target_id))
        return thread

    async def _forgotten(
        self, guild: discord.Guild, place: discord.TextChannel, delivery: Delivery
    ) -> discord.Thread | None:
        before = (delivery.first_try_at or delivery.created_at) - MADE_BEFORE
        for thread in await guild.active_threads():
            ours = self._client.user is not None and thread.owner_id == self._client.user.id
            empty = thread.type is discord.ChannelType.private_thread and thread.message_count == 0
            same = (thread.parent_id, thread.name) == (place.id, NAME)
            if ours and empty and same and discord.utils.snowflake_time(thread.id) < before:
                members = {member.id for member in await thread.fetch_members()}
                if members <= {thread.owner_id, delivery.target_id}:
                    return thread
        return None


async def _fetched(guild: discord.Guild, number: int) -> discord.Thread | None:
    try:
        thread = await guild.fetch_channel(number)
    except discord.NotFound:
        return None
    return thread if isinstance(thread, discord.Thread) else None
