"""Who counts as what, asked at each click anew: roles change while a card stands in a channel.

Until a server says otherwise, an organizer is who owns the server or holds a role named Organizer.
"""

from __future__ import annotations

from typing import Any

import discord

from bot.kit.errors import NotAllowedError, UserError

ORGANIZER_ROLE = "organizer"
ORGANIZERS_CHANNEL = "organizers-desk"


def guild_of(interaction: discord.Interaction[Any]) -> discord.Guild:
    """The server this happened in. Raises UserError in direct messages."""
    if interaction.guild is None:
        raise UserError("This works inside your community's server. Please try it in one of its channels.")
    return interaction.guild


def is_organizer(user: discord.User | discord.Member, guild: discord.Guild) -> bool:
    """Whether this person owns the server or holds a role named Organizer, in any letter case."""
    if user.id == guild.owner_id:
        return True
    return isinstance(user, discord.Member) and any(
        role.name.casefold() == ORGANIZER_ROLE for role in user.roles if not role.is_default()
    )


def require_organizer(interaction: discord.Interaction[Any]) -> discord.Guild:
    """The server, if an organizer did this. Raises NotAllowedError with words for anybody else."""
    guild = guild_of(interaction)
    if not is_organizer(interaction.user, guild):
        raise NotAllowedError(
            "Only organizers can do this. If you should be one, ask the server's owner for the Organizer role."
        )
    return guild


def organizers_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """The channel named organizers-desk if there is one where the bot may post."""
    for channel in guild.text_channels:
        if channel.name.casefold() == ORGANIZERS_CHANNEL:
            allowed = channel.permissions_for(guild.me)
            if allowed.view_channel and allowed.send_messages:
                return channel
    return None
