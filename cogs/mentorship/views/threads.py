"""The private threads of pairs: made once, found again after a crash, and closed at the end."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

import discord

from bot.kit.words import clip, listed, tidy
from cogs.mentorship.service import Answering, Meeting
from cogs.mentorship.service.telling import number_in
from db.mentorship.leaving import A_PAIR
from db.mentorship.values import ACTIVE

if TYPE_CHECKING:
    from bot.kit.host import Host
    from cogs.mentorship.service.meeting import Together
    from db.delivery import Delivery

_LONGEST_NAME = 100
_A_WEEK: Final = 10_080  # minutes: https://docs.discord.com/developers/resources/channel#channel-object
_HEAD = "Mentoring: "


class Threads:
    """Makes and closes the threads of pairs."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._client = cast("discord.Client", host)

    async def make(self, delivery: Delivery) -> None:
        """Make the thread of a pair, or find the one an earlier try made, and let its people in.

        Who has left the server cannot be let in: their pair ends, and the other is told; a group goes on. Raises as
        discord.py does, and LookupError where there is no channel to make it in: organizers are told once, and it is
        tried again later.
        """
        service = self._host.service(Meeting)
        together = await service.together(number_in(delivery.subject))
        if together is None or together.pair.state != ACTIVE:
            return
        guild = await self._client.fetch_guild(delivery.guild_id, with_counts=False)
        names = []
        for member in together.people:
            try:
                names.append(tidy((await guild.fetch_member(member.user_id)).display_name) or "a member")
            except discord.NotFound:
                await self._host.service(Answering).gone(member.guild_id, member.user_id)
        if len(names) < len(together.people):  # a group goes on without them
            together = await service.together(together.pair.pair_id)
            if together is None or together.pair.state != ACTIVE or len(together.people) < A_PAIR:
                return
        try:
            thread = await self._known(guild, together) or await self._made(guild, together, names)
            for member in together.people:
                await thread.add_user(discord.Object(member.user_id))
        except (LookupError, discord.Forbidden, discord.NotFound):
            await service.has_no_thread(together.pair.pair_id)
            raise
        await service.has_thread(together.pair.pair_id, thread.id, delivery.moment)

    async def _known(self, guild: discord.Guild, together: Together) -> discord.Thread | None:
        if together.pair.thread_id is not None:  # after a quiet week it is no longer among the active ones
            with suppress(discord.NotFound):
                known = await guild.fetch_channel(together.pair.thread_id)
                if isinstance(known, discord.Thread):
                    return await known.edit(archived=False) if known.archived else known
        for thread in await guild.active_threads():
            ours = self._client.user is not None and thread.owner_id == self._client.user.id
            named = thread.name.startswith(_HEAD) and thread.name.endswith(_tail(together))
            if ours and named:
                return thread
        return None

    async def _made(self, guild: discord.Guild, together: Together, names: list[str]) -> discord.Thread:
        place = self._host.service(Meeting).place(together)
        channel = None if place is None else await guild.fetch_channel(place)
        if isinstance(channel, discord.Thread):
            channel = await guild.fetch_channel(channel.parent_id)
        if not isinstance(channel, discord.TextChannel):
            msg = "there is no channel for the threads of mentoring pairs; choose one with /setup settings"
            raise LookupError(msg)  # noqa: TRY004 - a channel is missing, whatever is there instead
        tail = _tail(together)
        return await channel.create_thread(
            name=clip(_HEAD + listed(names), _LONGEST_NAME - len(tail)) + tail,
            type=discord.ChannelType.private_thread,
            invitable=False,
            auto_archive_duration=_A_WEEK,
        )

    async def let_out(self, delivery: Delivery) -> None:
        """Take somebody who has left a group or circle out of its thread; not who has come back meanwhile."""
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        if together is None or together.pair.thread_id is None:
            return
        if any(one.user_id == delivery.target_id for one in together.people):
            return
        guild = await self._client.fetch_guild(delivery.guild_id, with_counts=False)
        try:
            thread = await guild.fetch_channel(together.pair.thread_id)
            if isinstance(thread, discord.Thread):
                if thread.archived:  # nobody can be taken out of an archived thread
                    thread = await thread.edit(archived=False)
                await thread.remove_user(discord.Object(delivery.target_id))
        except (discord.NotFound, discord.Forbidden):
            return  # the thread is gone or closed to me, or they have left it

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


def _tail(together: Together) -> str:
    """How a pair's thread's name ends: the pair's number makes it the only one, whatever its people are called."""
    return f" · {together.pair.pair_id}"
