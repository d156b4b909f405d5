"""Who counts as what, asked at each click anew: roles change while a card stands in a channel.

What the server has set up decides. Where it has set up nothing, an organizer is who owns it or holds a role named
Organizer, and the organizers' channel is the one named organizers-desk.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.kit.boundary import WIRE_FAULTS
from bot.kit.errors import GoneError, NotAllowedError, UserError
from bot.kit.host import host_of
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.host import Host

log = logging.getLogger(__name__)

ORGANIZER_ROLE = "organizer"
ORGANIZERS_CHANNEL = "organizers-desk"

USED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    read_message_history=True,
    create_public_threads=True,
    create_private_threads=True,
    send_messages_in_threads=True,
    manage_threads=True,
    attach_files=True,
    pin_messages=True,
    create_events=True,
    manage_events=True,
    manage_channels=True,
    manage_roles=True,
    create_instant_invite=True,
)
"""What Benchmate uses of what a server can allow; the invitation asks for no more.

To see its channels and post there; to look whether a message is there already before it is sent again; to write to a
member in a private thread; to pin its panels; to open a thread for each event and to keep Discord's own list of events
in step; to tag questions and put answered ones away; to pass on pictures; and for `/setup`, to make channels, the
organizers' role and a link that invites people.
"""


def guild_of(interaction: discord.Interaction[Any]) -> discord.Guild:
    """The server this happened in. Raises UserError in direct messages."""
    if interaction.guild is None:
        raise UserError("This works inside your community's server. Please try it in one of its channels.")
    return interaction.guild


def require_own_server(interaction: discord.Interaction[Any], guild_id: int) -> None:
    """For what also works in direct messages and so names its server. Raises GoneError in any other server."""
    if interaction.guild_id not in (None, guild_id):
        raise GoneError("This button belongs to another server. Press it there, or in my direct message.")


def is_organizer(user: discord.User | discord.Member, guild: discord.Guild, host: Host) -> bool:
    """Whether the person who presses or types owns the server or holds the organizers' role; who does was met."""
    if not counts_as_organizer(user, guild, host):
        return False
    host.servers.meet(guild.id, user.id)
    return True


def counts_as_organizer(user: discord.User | discord.Member, guild: discord.Guild, host: Host) -> bool:
    """Whether somebody owns the server or holds the organizers' role."""
    if user.id == guild.owner_id:
        return True
    if not isinstance(user, discord.Member):
        return False
    chosen = host.servers.of(guild.id).organizer_role_id
    if chosen is not None:
        return any(role.id == chosen for role in user.roles)
    return any(role.name.casefold() == ORGANIZER_ROLE for role in user.roles if not role.is_default())


def require_organizer(interaction: discord.Interaction[Any]) -> discord.Guild:
    """The server, if an organizer did this. Raises NotAllowedError with words for anybody else."""
    guild = guild_of(interaction)
    if not is_organizer(interaction.user, guild, host_of(interaction)):
        raise NotAllowedError(
            "Only organizers can do this. If you should be one, ask the server's owner for the organizers' role."
        )
    return guild


def is_manager(interaction: discord.Interaction[Any]) -> bool:
    """Whether this person may manage the server, by Discord's own permission of that name."""
    guild = guild_of(interaction)
    return interaction.user.id == guild.owner_id or interaction.permissions.manage_guild


def require_manager(interaction: discord.Interaction[Any]) -> discord.Guild:
    """The server, if someone did this who may manage it. Raises NotAllowedError with words for anybody else."""
    if not is_manager(interaction):
        raise NotAllowedError(
            "Only people with the permission Manage Server can do this. The server's owner can, or can give it to you."
        )
    return guild_of(interaction)


def organizers_channel(guild: discord.Guild, host: Host) -> discord.TextChannel | None:
    """The organizers' channel, if there is one where the bot may post."""
    settings = host.servers.of(guild.id)
    if Part.DESK in settings.left_out:
        return None
    chosen = settings.channels.get(Part.DESK)
    for channel in guild.text_channels:
        if channel.id == chosen or (chosen is None and channel.name.casefold() == ORGANIZERS_CHANNEL):
            allowed = channel.permissions_for(guild.me)
            if allowed.view_channel and allowed.send_messages:
                return channel
    return None


async def has_left(host: Host, guild_id: int, user_id: int) -> bool:
    """Whether Discord says that somebody is no longer in the server; where it says nothing, they are."""
    guild = cast("discord.Client", host).get_guild(guild_id)
    if guild is None or guild.get_member(user_id) is not None:
        return False
    try:
        await guild.fetch_member(user_id)
    except discord.NotFound:
        return True
    except WIRE_FAULTS as fault:
        log.info("Whether member %s is still there could not be seen: %s", user_id, fault)
    return False
