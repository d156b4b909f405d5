"""The private threads of pairs: made once, found again after a crash, and closed at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import discord

from bot.kit.words import clip, listed, tidy
from cogs.mentorship.service import Answering, Meeting
from cogs.mentorship.service.telling import number_in
from db.mentorship.values import ACTIVE

if TYPE_CHECKING:
    from bot.kit.host import Host
    from cogs.mentorship.service.meeting import Together
    from db.delivery import Delivery

_LONGEST_NAME = 100
_A_WEEK: Final = 10_080  # minutes: https://docs.discord.com/developers/resources/channel#channel-object
_NOT_THERE = (10007, 10013)  # unknown member, unknown user


class Threads:
    """Makes and closes the threads of pairs."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._client = cast("discord.Client", host)

    async def make(self, delivery: Delivery) -> None:
        """Make the thread of a pair, or find the one an earlier try made, and let its people in.

        Who has left the server cannot be let in; their pair ends, and the other is told. Raises as discord.py does, and
        LookupError where there is no channel to make it in: then it is tried again later.
        """
        service = self._host.service(Meeting)
        together = await service.together(number_in(delivery.subject))
        if together is None or together.pair.state != ACTIVE:
            return
        guild = await self._client.fetch_guild(delivery.guild_id, with_counts=False)
        thread = await self._known(guild, together) or await self._made(guild, together)
        for member in together.people:
            try:
                await thread.add_user(discord.Object(member.user_id))
            except discord.HTTPException as refused:
                if refused.code not in _NOT_THERE:
                    raise
                await self._host.service(Answering).gone(member.guild_id, member.user_id)
        await service.has_thread(together.pair.pair_id, thread.id)

    async def _known(self, guild: discord.Guild, together: Together) -> discord.Thread | None:
        name = name_of(together)
        for thread in await guild.active_threads():
            ours = self._client.user is not None and thread.owner_id == self._client.user.id
            if ours and (thread.id == together.pair.thread_id or thread.name == name):
                return thread
        return None

    async def _made(self, guild: discord.Guild, together: Together) -> discord.Thread:
        place = self._host.service(Meeting).place(together)
        channel = None if place is None else await guild.fetch_channel(place)
        if isinstance(channel, discord.Thread):
            channel = await guild.fetch_channel(channel.parent_id)
        if not isinstance(channel, discord.TextChannel):
            msg = "there is no channel for the threads of mentoring pairs; choose one with /setup settings"
            raise LookupError(msg)  # noqa: TRY004 - a channel is missing, whatever is there instead
        return await channel.create_thread(
            name=name_of(together),
            type=discord.ChannelType.private_thread,
            invitable=False,
            auto_archive_duration=_A_WEEK,
        )

    async def shut(self, delivery: Delivery) -> None:
        """Close the thread of a pair that has ended; whoever writes in it opens it again."""
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        if together is None or together.pair.thread_id is None or together.pair.state == ACTIVE:
            return
        guild = await self._client.fetch_guild(delivery.guild_id, with_counts=False)
        try:
            thread = await guild.fetch_channel(together.pair.thread_id)
            if isinstance(thread, discord.Thread) and not thread.archived:
                await thread.edit(archived=True)
        except (discord.NotFound, discord.Forbidden):
            return  # it is gone, or closed to me: nothing is left to be done


def name_of(together: Together) -> str:
    """What a pair's thread is called: its number makes it the only one of that name."""
    names = listed([tidy(one.name) or "a member" for one in together.people])
    number = f" · {together.pair.pair_id}"
    return clip(f"Mentoring: {names}", _LONGEST_NAME - len(number)) + number
