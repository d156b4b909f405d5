"""Making what was planned: one Discord call at a time, and each thing that is there is written down at once."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import discord

from bot.kit.boundary import WIRE_FAULTS
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.setup import tags
from cogs.setup.parts import PARTS, ROLE_NAME
from cogs.setup.planning import Deed
from cogs.setup.service import Making, Settling
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.host import Host
    from cogs.setup.parts import About
    from cogs.setup.planning import Plan

    Overwrites = dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite]

log = logging.getLogger(__name__)


@dataclass
class Outcome:
    """What was done, and what did not work and what to do about it: a sentence each."""

    lines: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


async def carry_out(interaction: discord.Interaction[Any], plan: Plan) -> Outcome:
    """Carry a plan out; the caller holds the claim. What Discord refuses is told, and the rest is done."""
    return await _Maker(interaction, plan).run()


class _Maker:
    def __init__(self, interaction: discord.Interaction[Any], plan: Plan) -> None:
        self._host: Host = host_of(interaction)
        self._guild = guild_of(interaction)
        self._by = interaction.user
        self._plan = plan
        self._outcome = Outcome()
        self._settling = self._host.service(Settling)
        self._making = self._host.service(Making)

    async def run(self) -> Outcome:
        role = await self._role()
        for line in self._plan.lines:
            about = line.about
            if line.deed is Deed.LEAVE:
                await self._settling.leave_out(self._guild.id, self._by.id, about.part, until=self._making.until)
            elif line.deed is Deed.USE and line.channel is not None:
                await self._took(about, line.channel.number)
            elif line.deed is Deed.MAKE:
                if about.private and role is None:  # it would be closed to the very people it is for
                    self._outcome.troubles.append(f"#{about.channel} waits until there is the organizers' role.")
                    continue
                await self._make(about, role)
        await self._tags()
        if self._plan.zone is not None:
            await self._settling.zone(self._guild.id, self._by.id, self._plan.zone, until=self._making.until)
        return self._outcome

    async def _role(self) -> discord.Role | None:
        """The organizers' role, made if need be and given to who set it up; None where it could not be made."""
        there = None if self._plan.role is None else self._guild.get_role(self._plan.role.number)
        role = there
        try:
            if role is None:
                role = await self._guild.create_role(name=ROLE_NAME, reason=self._reason)
                self._outcome.lines.append(f"Made the role {role.mention}")
            await self._settling.role(self._guild.id, self._by.id, role.id, until=self._making.until)
            if there is None and isinstance(self._by, discord.Member):
                await self._by.add_roles(role, reason=self._reason)
        except WIRE_FAULTS as fault:
            self._trouble(f"the role {ROLE_NAME}", fault, "Manage Roles")
        return role

    async def _make(self, about: About, role: discord.Role | None) -> None:
        try:
            channel = await make_channel(self._guild, about, role, self._reason)
        except WIRE_FAULTS as fault:
            self._trouble(f"#{about.channel}", fault, "Manage Channels")
            return
        self._outcome.lines.append(f"Made {channel.mention}")
        await self._took(about, channel.id)

    async def _took(self, about: About, number: int) -> None:
        await self._settling.channel(self._guild.id, self._by.id, about.part, number, until=self._making.until)

    async def _tags(self) -> None:
        """Give the questions forum its tags, once; from then on they are the organizers' own."""
        settings = self._host.servers.of(self._guild.id)
        number = settings.channels.get(Part.QUESTIONS)
        if number is None or settings.tags_given:
            return
        try:
            added = await add_tags(self._host, self._guild, number, self._reason)
        except WIRE_FAULTS as fault:
            self._trouble(f"the tags of <#{number}>", fault, "Manage Channels")
            return
        if added:
            self._outcome.lines.append(f"Gave <#{number}> {added} tags")
        await self._settling.note(self._guild.id, tags_given=True, making_until=self._making.until)

    @property
    def _reason(self) -> str:
        return f"Setup, asked for by {self._by.name}"

    def _trouble(self, what: str, fault: Exception, permission: str) -> None:
        log.warning("The setup of server %s could not make %s: %s", self._guild.id, what, fault)
        self._outcome.troubles.append(refused(what, fault, permission))


async def make_channel(
    guild: discord.Guild, about: About, role: discord.Role | None, reason: str
) -> discord.TextChannel | discord.ForumChannel:
    """Make the channel of a part, open to whom it is for. Raises discord.HTTPException."""
    overwrites = allowed(guild, about, role)
    if about.forum:
        return await guild.create_forum(about.channel, topic=about.topic, overwrites=overwrites, reason=reason)
    return await guild.create_text_channel(about.channel, topic=about.topic, overwrites=overwrites, reason=reason)


def allowed(guild: discord.Guild, about: About, role: discord.Role | None) -> Overwrites:
    """Who may do what in the channel of a part, where it differs from the rest of the server."""
    if not about.private and not about.read_only:
        return {}
    may = discord.PermissionOverwrite(view_channel=True, send_messages=True, read_message_history=True)
    closed = (
        discord.PermissionOverwrite(view_channel=False)
        if about.private
        else discord.PermissionOverwrite(send_messages=False)
    )
    overwrites: Overwrites = {guild.default_role: closed, guild.me: may}
    if role is not None:
        overwrites[role] = may
    return overwrites


async def add_tags(host: Host, guild: discord.Guild, number: int, reason: str) -> int:
    """Add the tags that a forum should get, and return how many. Raises discord.HTTPException."""
    forum = guild.get_channel(number) or await guild.fetch_channel(number)
    if not isinstance(forum, discord.ForumChannel):
        return 0
    fresh = tags.to_add([tag.name for tag in forum.available_tags], host.vocabulary)
    if fresh:
        await forum.edit(available_tags=[*forum.available_tags, *_as_discord(fresh)], reason=reason)
    return len(fresh)


def _as_discord(fresh: Sequence[tags.Tag]) -> list[discord.ForumTag]:
    return [discord.ForumTag(name=tag.name, emoji=tag.emoji, moderated=tag.moderated) for tag in fresh]


def refused(what: str, fault: Exception, permission: str) -> str:
    """What Discord did not let me do, and what to do about it."""
    if isinstance(fault, discord.Forbidden):
        return f"Discord did not let me make {what}: give my role the permission **{permission}**."
    if isinstance(fault, discord.HTTPException) and fault.status < 500:  # noqa: PLR2004 - not Discord's own trouble
        forum = next((about for about in PARTS if about.forum and f"#{about.channel}" == what), None)
        if forum is not None:
            return (
                f"Discord did not take the forum {what}. Some servers need **Enable Community** in the server's "
                "settings first; or leave the part out."
            )
        return f"Discord did not take {what}. Make it by hand, and choose it here."
    return f"Discord could not be reached for {what}. Try again in a minute."
