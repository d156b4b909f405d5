"""Finding a time to meet, in a pair's thread."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.host import host_of
from bot.kit.reactions import undo
from cogs.mentorship import times as rules
from cogs.mentorship.cards import dates as cards
from cogs.mentorship.service import Dating
from cogs.mentorship.views.rights import own_pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from db.mentorship import Meeting, Pair

_OFF = "mentor-off"


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
        await _show_agreed(interaction, found, pair, zones)


class CallOff(PersistentButton, template=rf"mentor-off:{NUMBER}"):
    """Calls off what was agreed on; either of the two may, and it can be undone."""

    def __init__(self, meeting: str) -> None:
        self.meeting = int(meeting)
        super().__init__(
            ui.Button(label="Call it off", style=discord.ButtonStyle.danger, custom_id=f"{_OFF}:{meeting}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Say so in a message of its own, which the other notices; a changed card nobody would."""
        host = host_of(interaction)
        await own_pair(interaction, await host.service(Dating).pair_of(self.meeting))
        found, pair, by = await host.service(Dating).call_off(interaction.user.id, self.meeting)
        await interaction.response.edit_message(view=cards.was_agreed(found), attachments=[])
        buttons = [undo(_OFF, str(self.meeting), host.clock()), FindTime(str(pair.pair_id), label="Another time")]
        view = cards.called_off(found, by, _shown(), buttons)
        await interaction.followup.send(
            view=view, file=_file(interaction, found, pair), allowed_mentions=discord.AllowedMentions.none()
        )


async def _on_again(interaction: discord.Interaction[Any], number: str) -> None:
    service, meeting = host_of(interaction).service(Dating), read_number(number)
    await own_pair(interaction, await service.pair_of(meeting))
    found, pair, zones = await service.on_again(interaction.user.id, meeting)
    await _show_agreed(interaction, found, pair, zones)


async def _show_agreed(interaction: discord.Interaction[Any], found: Meeting, pair: Pair, zones: Sequence[str]) -> None:
    view = cards.agreed(found, zones, _shown(), [CallOff(str(found.meeting_id))])
    await interaction.response.edit_message(view=view, attachments=[_file(interaction, found, pair)])


def _file(interaction: discord.Interaction[Any], found: Meeting, pair: Pair) -> discord.File:
    server = interaction.guild.name if interaction.guild is not None else ""
    return discord.File(io.BytesIO(host_of(interaction).service(Dating).file(found, pair, server)), cards.FILE)


def _shown() -> ui.File[Any]:
    return ui.File(discord.UnfurledMediaItem(f"attachment://{cards.FILE}"))


ITEMS = (FindTime, ChooseTime, Agree, CallOff)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {_OFF: _on_again}
FORMS: tuple[Form, ...] = ()
