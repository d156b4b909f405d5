"""The event room: `/event` and `/events`; what it keeps is in db/events.

Organizers post events and series; members say whether they come. Other rooms meet it only in the search index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.host import Host


async def setup(bot: Host) -> None:
    """Move into the bot."""
    from cogs.events.cog import move_in  # noqa: PLC0415 - importing a room must not import discord

    await move_in(bot)
