"""Whom one would rather not be paired with: shown to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton, PersistentSelect, PersistentUserSelect
from bot.kit.choices import OPTIONS_LIMIT
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.mentorship.cards import joining as cards
from cogs.mentorship.service import Joining

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction


async def exclusions(interaction: discord.Interaction[Any], excluded: Sequence[int]) -> ui.LayoutView:
    """The list, with what changes it."""
    stand = await host_of(interaction).service(Joining).stand(guild_of(interaction).id, interaction.user.id)
    together = {one.user_id for one in stand.others.values()} if stand and stand.pairs else set()
    parts: list[ui.Item[Any]] = [AddExcluded()]
    if excluded:
        numbered = list(enumerate(excluded, 1))[-OPTIONS_LIMIT:]
        options = [
            discord.SelectOption(label=f"Number {place} on the list", value=str(user)) for place, user in numbered
        ]
        parts.append(TakeBack(options))
    return cards.excluding(excluded, parts, together=bool(together & set(excluded)))


class OpenExclusions(PersistentButton, template="mentor-excluded"):
    """Shows the list to whom it belongs."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Rather not with…", custom_id="mentor-excluded"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        found = await host_of(interaction).service(Joining).excluded(guild_of(interaction).id, interaction.user.id)
        await interaction.response.send_message(view=await exclusions(interaction, found), ephemeral=True)


class AddExcluded(PersistentUserSelect, template="mentor-exclude"):
    """Names somebody."""

    def __init__(self) -> None:
        super().__init__(ui.UserSelect(custom_id="mentor-exclude", placeholder="Rather not paired with…"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        service = host_of(interaction).service(Joining)
        found = await service.exclude(guild_of(interaction).id, interaction.user.id, self.item.values[0].id)
        await interaction.response.edit_message(view=await exclusions(interaction, found))


class TakeBack(PersistentSelect, template="mentor-include"):
    """Takes somebody off the list."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            ui.Select(custom_id="mentor-include", placeholder="Take somebody off the list", options=list(options))
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take them off."""
        service, guild = host_of(interaction).service(Joining), guild_of(interaction)
        chosen = int(self.values[0]) if self.values and self.values[0].isdigit() else 0
        found = await service.include(guild.id, interaction.user.id, chosen)
        await interaction.response.edit_message(view=await exclusions(interaction, found))


ITEMS = (OpenExclusions, AddExcluded, TakeBack)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
