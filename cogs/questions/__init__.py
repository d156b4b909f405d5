"""The questions room: `/ask`, `/question` and **Mark as answer**; what it keeps is in db/questions and db/search.

Members ask in a forum, where each post carries the tool it is about; an answer is marked, and found again by `/find`.
Other rooms meet it only in the search index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.host import Host


async def setup(bot: Host) -> None:
    """Move into the bot."""
    from cogs.questions.cog import move_in  # noqa: PLC0415 - importing a room must not import discord

    await move_in(bot)
