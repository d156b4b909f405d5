"""The welcome room: `/help`, the **Start here** panel and the organizers' desk; what it keeps is in db/welcome.py.

Its buttons open what the other rooms have, by the names that those answer to; it imports none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.host import Host


async def setup(bot: Host) -> None:
    """Move into the bot."""
    from cogs.welcome.cog import move_in  # noqa: PLC0415 - importing a room must not import discord

    await move_in(bot)
