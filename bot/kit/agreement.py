"""The community agreement: a text that a member accepts once, before their first post through the bot.

A room asks at the moment of posting: a form by `posts = True` (bot/kit/forms.py), a button by `agreed`. Who has not
accepted sees the text; after **Accept** what they were doing goes straight on, with everything they typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, card, line, note, row, text
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from bot.kit.reactions import KEPT, react
from db import agreement

if TYPE_CHECKING:
    from bot.kit.host import Host

LONGEST = 1_500
"""Characters of the text."""
OPENS = "agreement"
"""The custom_id that shows the text, on any card."""
_STATE = r"([a-z-]{1,24}):([\w.-]{0,40})"


async def agreed(interaction: discord.Interaction[Any], name: str, argument: str = "") -> bool:
    """Whether the member may post: there is no agreement here, or they accepted it.

    Else they are shown the text, and False is returned: the caller stops. After **Accept** the reaction `name` of
    `host.reactions` is called with `argument` (and `name` with `-keep` behind it, if there is one, after **Not now**).
    """
    if await has_agreed(interaction):
        return True
    settings = host_of(interaction).servers.of(guild_of(interaction).id)
    state = f"{settings.agreement_version}:{name}:{argument}"
    view = asking(settings.agreement, row(Accept(*state.split(":")), NotNow(name, argument)))
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True)
    elif interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.edit_message(view=view)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)
    return False


async def has_agreed(interaction: discord.Interaction[Any]) -> bool:
    """Whether there is nothing to accept here, or the member accepted it. In direct messages nothing is asked."""
    host = host_of(interaction)
    if interaction.guild_id is None or not (settings := host.servers.of(interaction.guild_id)).agreement:
        return True
    async with host.database.read() as connection:
        accepted = await agreement.accepted(connection, interaction.guild_id, interaction.user.id)
    return accepted >= settings.agreement_version


def asking(words: str, *below: ui.Item[Any]) -> ui.LayoutView:
    """The agreement before a first post. The text is the organizers' own, and may use Discord's markdown."""
    heading = "### Before your first post here\nThe organizers ask everyone to agree to this, once:"
    kept = "-# What you wrote is kept. After **Accept** it goes straight on."
    return card(text(heading), line(), text(words), line(), text(kept), *below, tone=Tone.ASK)


def shown(words: str, *, accepted: bool) -> ui.LayoutView:
    """The agreement, for who wants to read it."""
    if not words:
        return note("The organizers of this server have written no agreement. Be kind; that is always a good start.")
    below = "-# You have accepted this." if accepted else "-# You are asked to accept this before your first post."
    return card(text("### What we agreed on"), line(), text(words), line(), text(below))


class Accept(PersistentButton, template=rf"agree:{NUMBER}:{_STATE}"):
    """Accepts the version that was shown, and goes on."""

    def __init__(self, version: str, name: str, argument: str) -> None:
        self.version, self.name, self.argument = int(version), name, argument
        super().__init__(
            ui.Button(label="Accept", style=discord.ButtonStyle.success, custom_id=f"agree:{version}:{name}:{argument}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, and do what the member was about to do; a text that is newer by now is shown first."""
        host, guild = host_of(interaction), guild_of(interaction)
        settings = host.servers.of(guild.id)
        if self.version != settings.agreement_version and not await agreed(interaction, self.name, self.argument):
            return
        if settings.agreement:
            await _accept(host, guild.id, interaction.user.id, settings.agreement_version)
        await react(interaction, self.name, self.argument)


async def _accept(host: Host, guild_id: int, user_id: int, version: int) -> None:
    now = host.clock()
    async with host.database.write() as connection:
        await agreement.accept(connection, guild_id, user_id, version, now)


class NotNow(PersistentButton, template=rf"agree-not:{_STATE}"):
    """Puts the agreement away; what was typed is kept."""

    def __init__(self, name: str, argument: str) -> None:
        self.name, self.argument = name, argument
        super().__init__(ui.Button(label="Not now", custom_id=f"agree-not:{name}:{argument}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show what was there before, where a room registered how."""
        back = host_of(interaction).reactions.get(f"{self.name}{KEPT}")
        if back is not None:
            await back(interaction, self.argument)
            return
        words = "Nothing was posted. What you typed is kept for two weeks: do it again, and I ask again."
        await interaction.response.edit_message(view=note(words))


class Read(PersistentButton, template=OPENS):
    """Shows the agreement."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Our agreement", emoji="🤝", custom_id=OPENS))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        words = host_of(interaction).servers.of(guild_of(interaction).id).agreement
        view = shown(words, accepted=await has_agreed(interaction))
        await interaction.response.send_message(view=view, ephemeral=True)


ITEMS = (Accept, NotNow, Read)
