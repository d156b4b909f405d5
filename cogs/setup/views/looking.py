"""Looking at a server through discord.py: the snapshot that everything else thinks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs.setup.needed import FLAGS
from cogs.setup.snapshot import Channel, Role, Server

if TYPE_CHECKING:
    from collections.abc import Iterable

    from discord.abc import GuildChannel

    from db.setup import Settings


def look(
    guild: discord.Guild,
    settings: Settings,
    *,
    channels: Iterable[GuildChannel] | None = None,
    me: discord.Member | None = None,
) -> Server:
    """The server as it is; from what Discord has told us, or from `channels` that were just fetched."""
    me = me or guild.me
    organizers = guild.get_role(settings.organizer_role_id) if settings.organizer_role_id else None
    found = sorted(guild.channels if channels is None else channels, key=lambda one: (one.position, one.id))
    return Server(
        guild.id,
        guild.name,
        channels=tuple(
            _channel(one, me, organizers)
            for one in found
            if isinstance(one, discord.TextChannel | discord.ForumChannel)
        ),
        roles=tuple(
            Role(role.id, role.name, role < me.top_role) for role in reversed(guild.roles) if can_be_given(role)
        ),
        mine=_flags(me.guild_permissions),
    )


async def look_closely(guild: discord.Guild, settings: Settings) -> Server:
    """The server as Discord has it this moment. Raises discord.HTTPException."""
    return look(guild, settings, channels=await guild.fetch_channels())


def can_be_given(role: discord.Role) -> bool:
    """Whether people can be given this role: it is neither everyone's nor a bot's."""
    return not role.is_default() and not role.managed


def _channel(
    channel: discord.TextChannel | discord.ForumChannel, me: discord.Member, organizers: discord.Role | None
) -> Channel:
    return Channel(
        channel.id,
        channel.name,
        forum=isinstance(channel, discord.ForumChannel),
        mine=_flags(channel.permissions_for(me)),
        everyone=_flags(channel.permissions_for(channel.guild.default_role)),
        organizers=_flags(channel.permissions_for(organizers)) if organizers is not None else frozenset(),
        tags=tuple(tag.name for tag in channel.available_tags) if isinstance(channel, discord.ForumChannel) else (),
    )


def _flags(permissions: discord.Permissions) -> frozenset[str]:
    return frozenset(flag for flag in FLAGS if getattr(permissions, flag))
