"""A small discord.py bot with one of everything the demo must show: the hub's tests need no room of the product."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.kit.errors import UserError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from demo.world import WorldClock

TOOLS = ("laser cutter", "sewing machine", "3D printer")


class SuggestForm(discord.ui.Modal, title="Suggest a resource"):
    link: discord.ui.Label[SuggestForm] = discord.ui.Label(
        text="Link", component=discord.ui.TextInput(custom_id="link")
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert interaction.guild is not None
        assert isinstance(self.link.component, discord.ui.TextInput)
        desk = discord.utils.get(interaction.guild.text_channels, name="organizers-desk")
        assert desk is not None
        await desk.send(view=ReviewCard(self.link.component.value))
        await interaction.response.send_message("Thank you! An organizer will look at it.", ephemeral=True)


class ReviewCard(discord.ui.LayoutView):
    def __init__(self, link: str) -> None:
        super().__init__(timeout=None)
        publish: discord.ui.Button[ReviewCard] = discord.ui.Button(label="Publish", custom_id="toy:publish")
        publish.callback = self.publish  # type: ignore[method-assign]
        self.add_item(discord.ui.Container(discord.ui.TextDisplay(f"Suggested: {link}"), discord.ui.ActionRow(publish)))

    async def publish(self, interaction: discord.Interaction) -> None:
        assert interaction.guild is not None
        card = discord.ui.LayoutView()
        card.add_item(discord.ui.TextDisplay("Published."))
        await interaction.response.edit_message(view=card)
        general = discord.utils.get(interaction.guild.text_channels, name="general")
        assert general is not None
        thread = await general.create_thread(name="A new resource", type=discord.ChannelType.public_thread)
        await thread.send("Talk about it here.")
        await interaction.user.send("You published a resource.")


class FindCard(discord.ui.LayoutView):
    def __init__(self, query: str) -> None:
        super().__init__()
        save: discord.ui.Button[FindCard] = discord.ui.Button(label="Save")
        save.callback = self.save  # type: ignore[method-assign]
        kind: discord.ui.Select[FindCard] = discord.ui.Select(
            placeholder="Kind", options=[discord.SelectOption(label="Guide"), discord.SelectOption(label="Policy")]
        )
        kind.callback = self.save  # type: ignore[method-assign]
        text: discord.ui.TextDisplay[FindCard] = discord.ui.TextDisplay(
            f"## Results for {query}\n[A laser guide](https://example.org/laser)"
        )
        self.add_item(discord.ui.Container(text, discord.ui.ActionRow(save), discord.ui.ActionRow(kind)))

    async def save(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Saved.", ephemeral=True)


async def _complete(_interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=tool, value=tool) for tool in TOOLS if typed.casefold() in tool.casefold()]


@app_commands.autocomplete(query=_complete)
async def _find(interaction: discord.Interaction, query: str) -> None:
    await interaction.response.send_message(view=FindCard(query), ephemeral=True)


async def _suggest(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(SuggestForm())


async def _say_it(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    await interaction.response.send_message(str(cause), ephemeral=True)


async def _refuse(_interaction: discord.Interaction) -> None:
    words = "Not today. Try tomorrow."
    raise UserError(words)


class ToyBot(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        self.tree = app_commands.CommandTree(self)
        self.tree.command(name="find", description="Find a resource")(_find)
        self.tree.command(name="suggest", description="Suggest one")(_suggest)
        self.tree.command(name="refuse", description="Say no in words")(_refuse)
        self.tree.error(_say_it)

    async def setup_hook(self) -> None:
        await self.tree.sync()


@asynccontextmanager
async def open_toy(_clock: WorldClock) -> AsyncIterator[discord.Client]:
    yield ToyBot()
