"""**Event news**: a role that members take and lay down themselves; who has it is mentioned when an event is near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.cards import Tone, note
from bot.kit.errors import UserError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.events.service import News
from cogs.events.service.news import ROLE_NAME

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

_MAY_NOT = (
    "I cannot give you that role yet. An organizer can help: my role needs **Manage Roles** and has to stand above "
    "**Event news** in the server's settings under Roles."
)


class EventNews(PersistentButton, template=r"event-news"):
    """Takes the role, or lays it down."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Event news", emoji="🔔", custom_id="event-news"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Change it, and say so privately."""
        guild, member = guild_of(interaction), interaction.user
        if not isinstance(member, discord.Member):
            raise UserError("Discord did not tell me who you are here. Please press once more.")
        role = await _role(interaction, guild)
        has = any(one.id == role.id for one in member.roles)
        try:
            if has:
                await member.remove_roles(role, reason="They asked for it")
            else:
                await member.add_roles(role, reason="They asked for it")
        except discord.Forbidden:
            raise UserError(_MAY_NOT) from None
        words = (
            "### No more news\nYou are no longer mentioned when an event is near."
            if has
            else f"### You get event news\nYou have the role <@&{role.id}>, which I mention a day before an event. "
            "Press **Event news** again to lay it down."
        )
        await interaction.response.send_message(view=note(words, tone=Tone.DONE), ephemeral=True)


async def _role(interaction: discord.Interaction[Any], guild: discord.Guild) -> discord.Role:
    """The role, made where there is none."""
    service = host_of(interaction).service(News)
    async with service.turns[guild.id]:
        known = await _known(guild, await service.role(guild.id))
        if known is not None:
            return known
        role = discord.utils.get(guild.roles, name=ROLE_NAME)
        if role is None:
            try:
                # Mentionable, or nobody would be notified: I do not ask for the permission to mention every role
                role = await guild.create_role(name=ROLE_NAME, mentionable=True, reason="For those who want event news")
            except discord.Forbidden:
                raise UserError(_MAY_NOT) from None
        await service.note(guild.id, role.id)
        return role


async def _known(guild: discord.Guild, role_id: int | None) -> discord.Role | None:
    """The role of that number. Discord is asked where it has not told of it: it may have been made just now."""
    if role_id is None:
        return None
    try:
        return guild.get_role(role_id) or await guild.fetch_role(role_id)
    except discord.NotFound:
        return None


ITEMS = (EventNews,)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
