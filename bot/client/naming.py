"""What servers are called, kept for whoever speaks of them without asking Discord: `benchmate export`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from db import guilds

if TYPE_CHECKING:
    import discord

    from bot.kit.clock import Clock
    from db.engine import Database


class House(Protocol):
    """What knows servers."""

    database: Database
    clock: Clock


async def note(house: House, guild: discord.Guild) -> None:
    """Remember a server's name, where it has another one than was known."""
    async with house.database.read() as connection:
        known = await guilds.name_of(connection, guild.id)
    if known == guild.name:
        return
    async with house.database.write() as connection:
        await guilds.note_name(connection, guild.id, guild.name, house.clock())
