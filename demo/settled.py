"""The demo's usual server, set up as a manager would have done it: what is there is taken, what lacks is made.

It goes through the same services as `/setup`, so that the rooms find their channels and the panels stand.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.setup.parts import PARTS, ROLE_NAME
from cogs.setup.service import Settling
from cogs.setup.views.looking import look
from cogs.setup.views.making import add_tags, make_channel
from cogs.welcome.service import Standing
from db.setup import Part

if TYPE_CHECKING:
    from bot.client import Benchmate

ZONE = "America/New_York"
_WHY = "The demo's community"


async def set_up(bot: Benchmate, guild_id: int) -> None:
    """Set the server up in its owner's name, and promise its panels. The bot must know the server already."""
    guild = bot.get_guild(guild_id)
    if guild is None:
        msg = "the simulated server has not been introduced to the bot"
        raise RuntimeError(msg)
    settling, by = bot.service(Settling), guild.owner_id or 0
    role = next((one for one in guild.roles if one.name == ROLE_NAME), None)
    if role is not None:
        await settling.role(guild_id, by, role.id)
    for about in PARTS:
        there = look(guild, bot.servers.of(guild_id)).named(about)
        number = there.number if there else (await make_channel(guild, about, role, _WHY)).id
        await settling.channel(guild_id, by, about.part, number)
    await add_tags(bot, guild, bot.servers.of(guild_id).channels[Part.QUESTIONS], _WHY)
    await settling.zone(guild_id, by, ZONE)
    await settling.note(guild_id, tags_given=True, set_up_at=bot.clock(), set_up_by=by)
    standing = bot.service(Standing)
    await standing.look(guild_id)
    for _ in ("what is to stand", "the panels"):  # so that who opens the page finds them there, and pinned
        await bot.delivery.run_due()
    await standing.again(guild_id, timedelta())
    await bot.delivery.run_due()
