"""What simcord 3.2.1 lacks of Discord and Benchmate asks for; importing this is enough."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from simcord.http import route

if TYPE_CHECKING:
    from simcord.http import RequestContext


@route("GET", "/guilds/{guild_id}/roles/member-counts")
def role_member_counts(context: RequestContext) -> dict[str, Any]:
    """How many members hold each role, by the role's number; everyone's is left out.

    https://docs.discord.com/developers/resources/guild#get-guild-role-member-counts
    """
    guild = context.backend.get_guild(context.int_arg("guild_id"))
    counted = Counter(number for member in guild.members.values() for number in member.role_ids)
    return {str(number): counted[number] for number in guild.roles if number != guild.id}
