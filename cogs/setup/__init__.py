"""The setup room: `/setup start`, `/setup check` and `/setup settings`; what it keeps is in db/setup.py.

It makes or takes the channels that the other rooms use. They find them through `host.servers`, not through this room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.host import Host


async def setup(bot: Host) -> None:
    """Move into the bot."""
    from cogs.setup.cog import move_in  # noqa: PLC0415 - importing a room must not import discord

    await move_in(bot)
