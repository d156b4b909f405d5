"""Who may do what with an event, asked at each press anew; and what a server has that an event needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.kit.errors import NotAllowedError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_organizer, organizers_channel
from db.delivery import Way
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.host import Host
    from db.events import Event


def may_change(interaction: discord.Interaction[Any], event: Event) -> bool:
    """Whether this person hosts the event or is an organizer."""
    guild = guild_of(interaction)
    return interaction.user.id in event.plan.hosts or is_organizer(interaction.user, guild, host_of(interaction))


def require_change(interaction: discord.Interaction[Any], event: Event) -> discord.Guild:
    """The server, if this person may change the event. Raises NotAllowedError with words for anybody else."""
    if not may_change(interaction, event):
        raise NotAllowedError(
            "Only its hosts and organizers can change this event. Ask one of them; the card names them."
        )
    return guild_of(interaction)


def announcements(guild: discord.Guild, host: Host, here: int | None) -> int | None:
    """The channel in which events are announced; `here`, where the server has none that I may write in."""
    chosen = host.servers.of(guild.id).channels.get(Part.ANNOUNCEMENTS)
    channel = guild.get_channel(chosen or 0)
    if isinstance(channel, discord.TextChannel) and channel.permissions_for(guild.me).send_messages:
        return channel.id
    other, desk = guild.get_channel(here or 0), organizers_channel(guild, host)
    return other.id if isinstance(other, discord.TextChannel) and other != desk else None


def channels_of(guild: discord.Guild) -> dict[str, int]:
    """The server's channels in which people meet, by name in lower case."""
    meet = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel)
    return {channel.name.casefold(): channel.id for channel in reversed(guild.channels) if isinstance(channel, meet)}


def desk_of(guild: discord.Guild, host: Host) -> tuple[Way, int]:
    """How the organizers are reached: in their channel, else by a note to the server's owner."""
    channel = organizers_channel(guild, host)
    return (Way.CHANNEL, channel.id) if channel is not None else (Way.NOTE, guild.owner_id or 0)


def private_place(interaction: discord.Interaction[Any]) -> int | None:
    """The channel under which a private thread may be made for who pressed."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    return interaction.channel_id
