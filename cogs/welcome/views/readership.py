"""Who is an organizer at this moment, and what they can see, asked of Discord: the facts behind who reads what.

Discord does not list a role's members to a bot that may not see members; so it is asked about those who were met.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.kit.boundary import WIRE_FAULTS
from bot.kit.host import host_of
from bot.kit.permissions import counts_as_organizer, guild_of, organizers_channel
from cogs.welcome.readers import Facts, Readers, readers
from cogs.welcome.service import Telling

if TYPE_CHECKING:
    from bot.kit.host import Host

log = logging.getLogger(__name__)

MET_AT_MOST = 20
"""So many organizers are looked up: those who were here last."""


async def who_reads(interaction: discord.Interaction[Any], without: int | None) -> Readers:
    """Who would read it now, as Discord has the server at this moment."""
    host, guild = host_of(interaction), guild_of(interaction)
    members = await _organizers(host, guild)
    desk = organizers_channel(guild, host)
    one = None if without is None else members.get(without) or await member_of(guild, without)
    allowed = desk.permissions_for(guild.me) if desk else discord.Permissions.none()
    facts = Facts(
        teller=interaction.user.id,
        owner=guild.owner_id or 0,
        met=tuple(members),
        unmet=await _unmet(host, guild, {**members, **({one.id: one} if one else {})}),
        desk=desk.id if desk else None,
        desk_name=desk.name if desk else "",
        desk_open=desk is not None and desk.permissions_for(guild.default_role).view_channel,
        threads=allowed.create_private_threads and allowed.send_messages_in_threads,
        without=without,
        without_sees_all=without == guild.owner_id or (one is not None and _sees_all(guild, one)),
    )
    return readers(facts)


def _sees_all(guild: discord.Guild, member: discord.Member) -> bool:
    return any(channel.permissions_for(member).manage_threads for channel in guild.text_channels)


async def _organizers(host: Host, guild: discord.Guild) -> dict[int, discord.Member]:
    """The organizers that were met and still are some, and the owner."""
    service = host.service(Telling)
    found: dict[int, discord.Member] = {}
    met = await service.met(guild.id)
    for number in dict.fromkeys([*met[:MET_AT_MOST], *([guild.owner_id] if guild.owner_id else [])]):
        member = await member_of(guild, number)
        if member is not None and counts_as_organizer(member, guild, host):
            found[number] = member
        elif number in met:
            await service.unmeet(guild.id, number)
    return found


async def member_of(guild: discord.Guild, number: int) -> discord.Member | None:
    """Somebody, as Discord has them; None where they have left."""
    try:
        return await guild.fetch_member(number)
    except discord.NotFound:
        return None


async def still_organizer(host: Host, guild_id: int, number: int) -> bool:
    """Whether somebody is an organizer at this moment, as Discord has them."""
    guild = cast("discord.Client", host).get_guild(guild_id)
    member = None if guild is None else await member_of(guild, number)
    return guild is not None and member is not None and counts_as_organizer(member, guild, host)


async def _unmet(host: Host, guild: discord.Guild, known: dict[int, discord.Member]) -> int | None:
    """How many hold the organizers' role beside those that are known; None where Discord does not say."""
    chosen = host.servers.of(guild.id).organizer_role_id
    if chosen is None:
        return None
    try:
        counts = await guild.role_member_counts()
    except WIRE_FAULTS as fault:
        log.warning("The members of server %s were not counted: %s", guild.id, fault)
        return None
    held = next((number for role, number in counts.items() if role.id == chosen), 0)
    return max(0, held - sum(any(role.id == chosen for role in member.roles) for member in known.values()))


def would_read(host: Host, guild: discord.Guild, member: discord.Member) -> bool:
    """Whether somebody would read what goes to the organizers: as one of them, or because they see their channel."""
    desk = organizers_channel(guild, host)
    sees = desk is not None and desk.permissions_for(member).view_channel
    return counts_as_organizer(member, guild, host) or sees
