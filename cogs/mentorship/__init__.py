"""The mentorship room: `/mentor` for members, `/mentorship` for organizers; what it keeps is in db/mentorship.

Members say what they can teach or want to learn; a round or the waitlist brings two together, for reasons one can
read; both agree; they meet in a thread of their own, are asked now and then how it goes, and it ends well.
`matching` says who fits whom, and knows neither Discord nor the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.host import Host


async def setup(bot: Host) -> None:
    """Move into the bot."""
    from cogs.mentorship.cog import move_in  # noqa: PLC0415 - importing a room must not import discord

    await move_in(bot)
