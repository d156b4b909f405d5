"""Rounds: opened with a form, and closed after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.errors import UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from bot.kit.reactions import question
from cogs.mentorship.cards import rounds as cards
from cogs.mentorship.service import Opening
from cogs.mentorship.service.opening import LONGEST_NAME
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction

_CLOSE = "mentor-close"


async def open_round(interaction: discord.Interaction[Any], typed: dict[str, str]) -> None:
    """Open a round in the mentoring channel, or here where there is none."""
    guild, host = require_organizer(interaction), host_of(interaction)
    place = host.servers.of(guild.id).channels.get(Part.MENTORING)
    channel = guild.get_channel(place) if place is not None else interaction.channel
    if not isinstance(channel, discord.TextChannel):
        raise UserError(
            "I need a text channel for the sign-up card and the pairs' threads. Choose one for **Mentoring** with "
            "**/setup settings**, or type the command in the channel it shall stand in."
        )
    allowed = channel.permissions_for(guild.me)
    if not (allowed.view_channel and allowed.send_messages and allowed.create_private_threads):
        raise UserError(
            f"In {channel.mention} I may not do what a round needs. Allow me **Send Messages** and **Create Private "
            "Threads** there; **/setup check** shows what is missing."
        )
    made = await host.service(Opening).open(guild.id, interaction.user.id, typed, channel.id)
    await interaction.response.send_message(view=cards.opened(made), ephemeral=True)


class OpenForm(Form):
    """A new round."""

    name = "mentor-open"
    title = "Open a mentoring round"
    fields = (
        Field("name", "What is it called?", "Spring 2027", limit=LONGEST_NAME, required=True),
        Field("until", "Sign-up until which day?", "2027-01-15 or Jan 15", limit=30, required=True),
        Field("weeks", "How many weeks do pairs last?", "16", limit=3),
        Field("most", "How many people may join? (optional)", "empty: everybody", limit=5),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Open it."""
        del argument
        await open_round(interaction, answers)


class OpenRound(PersistentButton, template="mentor-round-open"):
    """Opens the form for a new round; on any card."""

    def __init__(self) -> None:
        super().__init__(
            ui.Button(
                label="Open a round", emoji="🌱", style=discord.ButtonStyle.primary, custom_id="mentor-round-open"
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it, for organizers."""
        require_organizer(interaction)
        await interaction.response.send_modal(OpenForm().opened("", {"weeks": "16"}))


class CloseRound(PersistentButton, template=rf"mentor-round-close:{NUMBER}"):
    """Asks before a round is closed."""

    def __init__(self, round_id: str) -> None:
        self.round = int(round_id)
        super().__init__(ui.Button(label="Close this round", custom_id=f"mentor-round-close:{round_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask."""
        await interaction.response.send_message(view=await closing(interaction, self.round), ephemeral=True)


async def closing(interaction: discord.Interaction[Any], round_id: int | None = None) -> ui.LayoutView:
    """The question before a round is closed: of that number, or the newest that is open or running."""
    guild, service = require_organizer(interaction), host_of(interaction).service(Opening)
    found = await service.newest(guild.id) if round_id is None else None
    if round_id is not None and (counted := await service.counted(guild.id, round_id)) is not None:
        found = counted.round
    if found is None:
        return cards.no_round([OpenRound()])
    return question(cards.before_closing(found), _CLOSE, f"{found.round_id}.{found.version}", "Close it", "Leave it")


async def _closed(interaction: discord.Interaction[Any], argument: str) -> None:
    guild = require_organizer(interaction)
    closed = await host_of(interaction).service(Opening).close(guild.id, *read_numbers(argument))
    await interaction.response.edit_message(view=cards.closed(closed))


ITEMS = (OpenRound, CloseRound)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {_CLOSE: _closed}
FORMS: tuple[Form, ...] = (OpenForm(),)
