"""The room's commands: `/events` for members, `/event` for organizers and hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.events.personal import CALENDARS, PERSONAL

if TYPE_CHECKING:
    from bot.kit.host import Host


async def move_in(bot: Host) -> None:
    """Bring the room's services, commands and buttons into the bot."""
    bot.personal[PERSONAL.name] = PERSONAL
    bot.personal[CALENDARS.name] = CALENDARS
