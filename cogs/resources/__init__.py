"""The resource room: `/find`, `/resource` and `/catalogue`; what it keeps is in db/resources and db/search.

Members find, save, suggest and report; organizers review, edit, remove and keep collections. Other rooms meet it only
in the search index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.host import Host


async def setup(bot: Host) -> None:
    """Move into the bot."""
    from cogs.resources.cog import move_in  # noqa: PLC0415 - importing a room must not import discord

    await move_in(bot)
