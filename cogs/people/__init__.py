"""The people room: `/profile`, `/people` and `/privacy`; what it keeps is in db/people.

Members say who they are and what of it is shown to whom, find each other by tool and kind of library, and take their
data with them or delete it. What other rooms keep about a person they register themselves (bot/kit/privacy.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.host import Host


async def setup(bot: Host) -> None:
    """Move into the bot."""
    from cogs.people.cog import move_in  # noqa: PLC0415 - importing a room must not import discord

    await move_in(bot)
