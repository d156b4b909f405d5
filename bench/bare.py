"""The baseline: a bare discord.py client with one slash command that answers with the card of `bench.shelf`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui

from bench.shelf import COLOR, ENTRIES, SHELF, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.shelf import Entry


def card(entries: Sequence[Entry] = ENTRIES) -> ui.LayoutView:
    """The card, built afresh for each answer as a bot does."""
    container: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay(f"## {TITLE}"), accent_color=COLOR)
    for entry in entries:
        container.add_item(ui.TextDisplay(f"### [{entry.title}]({entry.link})\n{entry.summary}\n-# {entry.facts}"))
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        row.add_item(ui.Button(label="Save", custom_id=f"bench:save:{entry.key}"))
        row.add_item(ui.Button(label="More like this", custom_id=f"bench:like:{entry.key}"))
        container.add_item(row)
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


class BareClient(discord.Client):
    """Nothing but discord.py: no command extension, no database."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register the one command."""
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Say so to whoever started this process."""
        print("ready", flush=True)


def build(*, members: bool = False) -> BareClient:
    """A client whose `/card` answers with the card, of as many entries as are asked for.

    It has the product's intents; `members` asks for that one too.
    """
    intents = discord.Intents(guilds=True, members=members)
    client = BareClient(intents)

    @client.tree.command(name="card", description="Show the card")
    async def show_card(interaction: discord.Interaction, entries: str = "4") -> None:
        await interaction.response.send_message(view=card(SHELF[: int(entries)]))

    return client


def main() -> int:
    """Run until stopped."""
    client = build()
    client.run(os.environ["DISCORD_TOKEN"])
    return 0
