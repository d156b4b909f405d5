"""Circles: offered by organizers to a round with few people, joined or not by each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer, require_own_server
from cogs.mentorship.cards import circles as cards
from cogs.mentorship.service import Circling

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction


class OfferCircle(PersistentButton, template=rf"mentor-circle-offer:{NUMBER}"):
    """Starts a round as a circle."""

    def __init__(self, round_id: str) -> None:
        self.round = int(round_id)
        super().__init__(ui.Button(label="Offer a circle", emoji="⭕", custom_id=f"mentor-circle-offer:{round_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask everybody."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Circling)
        running, asked = await service.offer(guild.id, self.round, interaction.user.id)
        await interaction.response.edit_message(view=cards.offered(running, asked))


class JoinCircle(PersistentButton, template=rf"mentor-circle-join:{NUMBER}:{NUMBER}"):
    """Joins a circle; also in direct messages."""

    def __init__(self, guild: str, pair: str) -> None:
        self.guild, self.pair = int(guild), int(pair)
        button = ui.Button[Any](
            label="Join the circle", style=discord.ButtonStyle.success, custom_id=f"mentor-circle-join:{guild}:{pair}"
        )
        super().__init__(button)

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Let them in."""
        require_own_server(interaction, self.guild)
        service = host_of(interaction).service(Circling)
        inside = await service.join(self.guild, interaction.user.id, self.pair)
        await interaction.response.edit_message(view=cards.joined(inside))


class NotForMe(PersistentButton, template=rf"mentor-circle-no:{NUMBER}:{NUMBER}"):
    """Says no to a circle."""

    def __init__(self, guild: str, pair: str) -> None:
        self.guild, self.pair = int(guild), int(pair)
        super().__init__(ui.Button(label="Not for me", custom_id=f"mentor-circle-no:{guild}:{pair}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """They go on waiting."""
        require_own_server(interaction, self.guild)
        service = host_of(interaction).service(Circling)
        member = await service.refuse(self.guild, interaction.user.id, self.pair)
        changed_mind = JoinCircle(str(self.guild), str(self.pair))
        await interaction.response.edit_message(view=cards.refused([changed_mind], mentee=member.learns))


def answers(guild_id: int, pair_id: int) -> list[ui.Item[Any]]:
    """What one can say to the offer."""
    return [JoinCircle(str(guild_id), str(pair_id)), NotForMe(str(guild_id), str(pair_id))]


ITEMS = (OfferCircle, JoinCircle, NotForMe)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
