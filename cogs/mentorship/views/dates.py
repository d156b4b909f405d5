"""Finding a time to meet, in a pair's thread."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.host import host_of
from cogs.mentorship import times as rules
from cogs.mentorship.cards import dates as cards
from cogs.mentorship.service import Dating
from cogs.mentorship.views.rights import own_pair

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction


class FindTime(PersistentButton, template=rf"mentor-times:{NUMBER}"):
    """Shows times that lie in everybody's day, where all of a pair see them."""

    def __init__(self, pair: str, *, label: str = "Find a time") -> None:
        self.pair = int(pair)
        super().__init__(ui.Button(label=label, emoji="📅", custom_id=f"mentor-times:{pair}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them."""
        await own_pair(interaction, self.pair)
        found, zones = await host_of(interaction).service(Dating).times(interaction.user.id, self.pair)
        if not found:
            await interaction.response.send_message(view=cards.no_time(), ephemeral=True)
            return
        select = ChooseTime(str(self.pair))
        for at in found:
            select.item.add_option(label=rules.at_each(at, zones)[:100], value=str(int(at.timestamp())))
        await interaction.response.send_message(
            view=cards.suggestions(select), allowed_mentions=discord.AllowedMentions.none()
        )


class ChooseTime(PersistentSelect, template=rf"mentor-time:{NUMBER}"):
    """Suggests one of the times."""

    def __init__(self, pair: str) -> None:
        self.pair = int(pair)
        super().__init__(ui.Select(custom_id=f"mentor-time:{pair}", placeholder="Choose a time"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the suggestion, and ask the other."""
        service = host_of(interaction).service(Dating)
        await own_pair(interaction, self.pair)
        value = self.values[0] if self.values else ""
        found, mine, zones = await service.suggest(interaction.user.id, self.pair, value)
        buttons = [Agree(str(found.meeting_id)), FindTime(str(self.pair), label="Another time")]
        await interaction.response.edit_message(view=cards.suggested(found, mine, zones, buttons))


class Agree(PersistentButton, template=rf"mentor-agree:{NUMBER}"):
    """Agrees on a time."""

    def __init__(self, meeting: str) -> None:
        self.meeting = int(meeting)
        button = ui.Button[Any](
            label="That works", style=discord.ButtonStyle.success, custom_id=f"mentor-agree:{meeting}"
        )
        super().__init__(button)

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, and hand the file over."""
        service = host_of(interaction).service(Dating)
        await own_pair(interaction, await service.pair_of(self.meeting))
        found, pair, zones = await service.agree(interaction.user.id, self.meeting)
        server = interaction.guild.name if interaction.guild is not None else ""
        data = service.file(found, pair, server)
        file: ui.File[Any] = ui.File(discord.UnfurledMediaItem(f"attachment://{cards.FILE}"))
        await interaction.response.edit_message(
            view=cards.agreed(found, zones, file), attachments=[discord.File(io.BytesIO(data), cards.FILE)]
        )


ITEMS = (FindTime, ChooseTime, Agree)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
