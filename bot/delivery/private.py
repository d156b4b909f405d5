"""A private thread for one member: remembered, found again, or made.

Its making has no nonce. A thread that was made and then forgotten, because the process ended in between, is empty and
has no member yet; it is taken up again for the next who needs one.
"""

from __future__ import annotations

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


async def room_for(client: discord.Client, database: Database, delivery: Delivery) -> discord.Thread:
    """The member's private thread. Raises as discord.py does, and ParkError where there is no place to make it."""
    guild = await client.fetch_guild(delivery.guild_id, with_counts=False)
    async with database.read() as connection:
        known = await thread_of(connection, delivery.guild_id, delivery.target_id)
    if known is not None:
        try:
            thread = await guild.fetch_channel(known)
        except discord.NotFound:
            thread = None
        if isinstance(thread, discord.Thread):
            return thread
    thread = await _made(client, guild, delivery)
    async with database.write() as connection:
        await keep_thread(connection, delivery.guild_id, delivery.target_id, thread.id)
    return thread


async def _made(client: discord.Client, guild: discord.Guild, delivery: Delivery) -> discord.Thread:
    place = None if delivery.place_id is None else await guild.fetch_channel(delivery.place_id)
    if isinstance(place, discord.Thread):
        place = await guild.fetch_channel(place.parent_id)
    if not isinstance(place, discord.TextChannel):
        raise ParkError("no-place")
    thread = await _forgotten(client, guild, place)
    if thread is None:
        thread = await place.create_thread(
            name=NAME, type=discord.ChannelType.private_thread, invitable=False, auto_archive_duration=_A_WEEK
        )
    await thread.add_user(discord.Object(delivery.target_id))
    return thread


async def _forgotten(client: discord.Client, guild: discord.Guild, place: discord.TextChannel) -> discord.Thread | None:
    for thread in await guild.active_threads():
        ours = client.user is not None and thread.owner_id == client.user.id
        private = thread.type is discord.ChannelType.private_thread
        if ours and private and (thread.parent_id, thread.name, thread.message_count) == (place.id, NAME, 0):
            members = {member.id for member in await thread.fetch_members()}
            if members <= {thread.owner_id}:
                return thread
    return None
