"""A room of the product that exists only here: the baseline's card, without a read and with one.

It goes through all that a command of the product goes through: its tree, its boundary, its cards and its buttons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui
from discord.ext import commands
from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, delete, insert, select

from bench.shelf import SHELF, TITLE, Entry
from bot.kit import cards
from bot.kit.buttons import NUMBER, PersistentButton
from db.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.client import Benchmate

shelf_table = Table(
    "bench_shelf",
    MetaData(),
    Column("key", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("summary", Text, nullable=False),
)

_SHELF = Prepared(select(shelf_table).order_by(shelf_table.c.key).limit(bindparam("shown", type_=Integer)))
"""Read as the rooms read what is asked for often."""


class Save(PersistentButton, template=rf"bench:save:{NUMBER}"):
    """As the product's own **Save** is made."""

    def __init__(self, key: str) -> None:
        super().__init__(ui.Button(label="Save", custom_id=f"bench:save:{key}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Nobody presses it here."""
        await interaction.response.defer()


class Like(PersistentButton, template=rf"bench:like:{NUMBER}"):
    """As the product's own **More like this** is made."""

    def __init__(self, key: str) -> None:
        super().__init__(ui.Button(label="More like this", custom_id=f"bench:like:{key}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Nobody presses it here."""
        await interaction.response.defer()


def card(entries: Iterable[Entry]) -> ui.LayoutView:
    """The baseline's card, made with the product's kit."""
    parts: list[cards.Part] = [cards.text(f"## {TITLE}")]
    for entry in entries:
        parts.append(cards.text(f"### [{entry.title}]({entry.link})\n{entry.summary}\n-# {entry.facts}"))
        parts.append(cards.row(Save(entry.key), Like(entry.key)))
    return cards.card(*parts)


class Room(commands.Cog):
    """The two commands."""

    bench = app_commands.Group(name="bench", description="Show the card")

    def __init__(self, bot: Benchmate) -> None:
        self.bot = bot

    @bench.command(name="plain", description="Show the card, without a read")
    async def plain(self, interaction: discord.Interaction[Any], entries: str = "4") -> None:
        """Answer from memory."""
        await interaction.response.send_message(view=card(SHELF[: int(entries)]))

    @bench.command(name="read", description="Show the card, with one read")
    async def read(self, interaction: discord.Interaction[Any], entries: str = "4") -> None:
        """Answer from the database."""
        async with self.bot.database.read() as connection:
            rows = await _SHELF.all(connection, shown=int(entries))
            found = [Entry(str(row.key), row.title, row.link, row.facts, row.summary) for row in rows]
        await interaction.response.send_message(view=card(found))


async def setup(bot: Benchmate) -> None:
    """Fill the shelf and open the room."""
    async with bot.database.write() as connection:
        await connection.run_sync(shelf_table.metadata.create_all)
        await connection.execute(delete(shelf_table))
        rows = [{**vars(entry), "key": int(entry.key)} for entry in SHELF]
        await connection.execute(insert(shelf_table), rows)
    bot.add_dynamic_items(Save, Like)
    await bot.add_cog(Room(bot))
