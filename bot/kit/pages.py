"""Lists one can turn the pages of. A list belongs to who opened it; anybody else who turns it gets a copy of their own.

A room registers, by name, what draws page `n` of a list; the pager carries that name, an argument and the owner.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import note
from bot.kit.errors import GoneError
from bot.kit.host import host_of
from bot.kit.paging import PER_PAGE

ARGUMENT_LIMIT = 50
"""Characters of the argument: with the longest name, owner and page the custom_id stays below 100."""


class Turn(
    PersistentButton, template=rf"page:([a-z-]{{1,10}}):([\w.-]{{0,{ARGUMENT_LIMIT}}}):{NUMBER}:{NUMBER}:(back|next)"
):
    """**Back** or **Next** under a list: its name, its argument, its owner, and the page to show (from 0)."""

    def __init__(self, name: str, argument: str, owner: str, page: str, way: str) -> None:
        self.name, self.argument, self.owner, self.page = name, argument, int(owner), int(page)
        super().__init__(
            ui.Button(
                label="← Back" if way == "back" else "Next →",
                style=discord.ButtonStyle.secondary,
                custom_id=f"page:{name}:{argument}:{owner}:{page}:{way}",
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Turn the owner's list in place; give anyone else a private copy."""
        draw = host_of(interaction).pages.get(self.name)
        if draw is None:
            raise GoneError("This list is from an older version of me. Please open it again.")
        view = await draw(interaction, self.argument, self.page)
        if interaction.user.id == self.owner:
            await interaction.response.edit_message(view=view)
            return
        await interaction.response.send_message(view=view, ephemeral=True)
        await interaction.followup.send(
            view=note(f"<@{self.owner}> opened that list, so I made you a copy of your own. You can turn its pages."),
            ephemeral=True,
        )


class OpenList(PersistentButton, template=r"open:([a-z-]{1,10})"):
    """Opens a list that needs no argument, such as one's own: from a card that stands for everyone, or of another room.

    Who may see it is for the list itself to say.
    """

    def __init__(self, name: str, label: str = "Open", emoji: str | None = None) -> None:
        self.name = name
        super().__init__(ui.Button(label=label, emoji=emoji, custom_id=f"open:{name}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show its first page, privately."""
        draw = host_of(interaction).pages.get(self.name)
        if draw is None:
            raise GoneError(
                "This button is from an older version of me, and leads nowhere any more. Open it anew with **/help**."
            )
        await interaction.response.send_message(view=await draw(interaction, "", 0), ephemeral=True)


def turns(name: str, argument: str, owner: int, page: int, total: int, per_page: int = PER_PAGE) -> list[Turn]:
    """The pager of a list of `total` things, for page `page` (from 0): empty where everything is on one page."""
    made: list[Turn] = []
    if page > 0:
        made.append(Turn(name, argument, str(owner), str(page - 1), "back"))
    if (page + 1) * per_page < total:
        made.append(Turn(name, argument, str(owner), str(page + 1), "next"))
    return made
