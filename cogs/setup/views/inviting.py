"""Bringing people: one link that does not expire, made once and shown again whenever someone asks for it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import require_manager
from cogs.setup import qr
from cogs.setup.cards import inviting as cards
from cogs.setup.service import Settling
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction

_WHERE = (Part.START, Part.INTRODUCTIONS, Part.ANNOUNCEMENTS)


class BringPeople(PersistentButton, template=r"setup-bring"):
    """Shows the link, its QR code, and the text."""

    def __init__(self) -> None:
        super().__init__(
            ui.Button(label="Bring your people", emoji="✉️", style=discord.ButtonStyle.primary, custom_id="setup-bring")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Make the link if there is none that still leads here."""
        guild, host = require_manager(interaction), host_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        where = _where(host, guild)
        invite = await _kept(interaction.client, host, guild) or await _made(host, guild, where)
        if invite is None:
            await interaction.followup.send(view=cards.cannot(where.mention if where else None), ephemeral=True)
            return
        view = cards.bring(guild.name, invite, where.name if where else "start-here")
        picture = discord.File(io.BytesIO(qr.picture(invite)), filename=cards.PICTURE)
        await interaction.followup.send(view=view, file=picture, ephemeral=True)


async def _kept(client: discord.Client, host: Host, guild: discord.Guild) -> str | None:
    """The link that was made before, if it still leads to this server."""
    code = host.servers.of(guild.id).invitation
    if code is None:
        return None
    try:
        invite = await client.fetch_invite(code, with_counts=False)
    except discord.NotFound:
        return None
    there = invite.channel is not None and guild.get_channel(invite.channel.id) is not None
    return invite.url if there and invite.expires_at is None else None


async def _made(host: Host, guild: discord.Guild, where: discord.TextChannel | None) -> str | None:
    """A link that does not expire; None where I may not make one."""
    if where is None:
        return None
    try:
        invite = await where.create_invite(max_age=0, max_uses=0, unique=False, reason="Bring your people")
    except discord.Forbidden:
        return None
    await host.service(Settling).note(guild.id, invitation=invite.code)
    return invite.url


def _where(host: Host, guild: discord.Guild) -> discord.TextChannel | None:
    """Where newcomers arrive: the start channel, else one that everyone sees."""
    channels = host.servers.of(guild.id).channels
    chosen = [guild.get_channel(channels.get(part, 0)) for part in _WHERE]
    open_to_all = [one for one in guild.text_channels if one.permissions_for(guild.default_role).view_channel]
    return next((one for one in (*chosen, *open_to_all) if isinstance(one, discord.TextChannel)), None)


ITEMS = (BringPeople,)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
