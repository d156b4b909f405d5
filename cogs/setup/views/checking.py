"""Checking: look at everything, and put right what the bot can put right itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.boundary import WIRE_FAULTS
from bot.kit.buttons import PersistentButton
from bot.kit.cards import link
from bot.kit.host import host_of
from bot.kit.permissions import require_manager
from cogs.setup.cards import checks as cards
from cogs.setup.examining import Fact, Fix, examine
from cogs.setup.needed import IN_PART
from cogs.setup.parts import about
from cogs.setup.service import Settling
from cogs.setup.views.asking import asking_link
from cogs.setup.views.looking import look_closely
from cogs.setup.views.making import add_tags, allowed, make_channel, refused
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

log = logging.getLogger(__name__)


async def facts_of(interaction: discord.Interaction[Any]) -> list[Fact]:
    """All facts about the server as Discord has it now."""
    guild = require_manager(interaction)
    host = host_of(interaction)
    settings = host.servers.of(guild.id)
    server = await look_closely(guild, settings)
    return examine(
        server,
        settings,
        organizers=await organizers_in(guild, settings.organizer_role_id),
        public_url=host.public_url,
        told_of_members=interaction.client.intents.members,
    )


async def organizers_in(guild: discord.Guild, role_id: int | None) -> int | None:
    """How many people have the organizers' role, as Discord counts them; None where it does not say."""
    if role_id is None:
        return None
    try:
        counts = await guild.role_member_counts()
    except WIRE_FAULTS as fault:
        log.warning("The members of server %s were not counted: %s", guild.id, fault)
        return None
    return next((number for role, number in counts.items() if role.id == role_id), 0)


async def checked(interaction: discord.Interaction[Any], heading: str = "") -> ui.LayoutView:
    """The card with everything that was looked at."""
    facts = await facts_of(interaction)
    buttons: list[ui.Item[Any]] = [FixIt()] if any(fact.fix for fact in facts) else []
    buttons.append(Check("Look again"))
    if any("**Allow it**" in fact.todo for fact in facts):
        buttons.append(link("Allow it", asking_link(interaction)))
    return cards.checked(facts, buttons, heading)


class Check(PersistentButton, template=r"setup-check"):
    """Looks at everything."""

    def __init__(self, label: str = "Check") -> None:
        super().__init__(ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id="setup-check"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Look, and show it in place."""
        require_manager(interaction)
        await interaction.response.defer()
        await interaction.edit_original_response(view=await checked(interaction))


class FixIt(PersistentButton, template=r"setup-fix"):
    """Puts right all that the bot can put right."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Fix", style=discord.ButtonStyle.success, custom_id="setup-fix"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, and look again."""
        require_manager(interaction)
        await interaction.response.defer()
        troubles = []
        for fact in await facts_of(interaction):
            if fact.fix is None or fact.part is None:
                continue
            try:
                await _fixed(interaction, fact.fix, fact.part)
            except WIRE_FAULTS as fault:
                log.warning("The setup could not do %s for %s: %s", fact.fix, fact.part, fault)
                needs = "Manage Roles" if fact.fix in (Fix.CLOSE, Fix.OPEN) else "Manage Channels"
                troubles.append(refused(f"#{about(fact.part).channel}", fault, needs))
        heading = "".join(f"{trouble} ⚠️\n" for trouble in troubles)
        await interaction.edit_original_response(view=await checked(interaction, heading))


async def _fixed(interaction: discord.Interaction[Any], fix: Fix, part: Part) -> None:
    """Do one thing. Raises discord.HTTPException where Discord refuses it."""
    guild, host, what = require_manager(interaction), host_of(interaction), about(part)
    settings, reason = host.servers.of(guild.id), f"Setup check, asked for by {interaction.user.name}"
    role = guild.get_role(settings.organizer_role_id) if settings.organizer_role_id else None
    number = settings.channels.get(part)
    channel = guild.get_channel(number) if number else None
    if fix is Fix.MAKE and channel is None:
        channel = await make_channel(guild, what, role, reason)
        await host.service(Settling).channel(guild.id, interaction.user.id, part, channel.id)
        if part is Part.QUESTIONS:
            await add_tags(host, guild, channel.id, reason)
            await host.service(Settling).note(guild.id, tags_given=True)
    elif fix is Fix.TAGS and channel is not None:
        await add_tags(host, guild, channel.id, reason)
    elif fix is Fix.CLOSE and channel is not None:
        wanted = allowed(guild, what, role)
        for target in sorted(wanted, key=lambda one: one == guild.default_role):  # else it would lock itself out
            if not isinstance(target, discord.Object):
                await channel.set_permissions(target, overwrite=wanted[target], reason=reason)
    elif fix is Fix.OPEN and channel is not None:
        overwrite = channel.overwrites_for(guild.me)
        overwrite.update(**{need.flag: True for need in IN_PART[part]})
        await channel.set_permissions(guild.me, overwrite=overwrite, reason=reason)


ITEMS = (Check, FixIt)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
