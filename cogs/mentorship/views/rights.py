"""Whose a proposal, a question or a pair is: asked at each press anew, in direct messages and in their own server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.host import host_of
from bot.kit.permissions import require_own_server
from cogs.mentorship.service import Answering, Meeting

if TYPE_CHECKING:
    import discord

    from cogs.mentorship.service.meeting import Together
    from db.mentorship import Member


async def other_of(interaction: discord.Interaction[Any], proposal_id: int) -> Member:
    """The other one of a proposal, for who is asked now. Raises NotAllowedError or GoneError for anybody else."""
    other = await host_of(interaction).service(Answering).other_of(interaction.user.id, proposal_id)
    require_own_server(interaction, other.guild_id)
    return other


async def require_answerer(interaction: discord.Interaction[Any], question_id: int) -> None:
    """Raise NotAllowedError or GoneError unless this question was asked of who presses."""
    shown = await host_of(interaction).service(Answering).to_answer(interaction.user.id, question_id)
    require_own_server(interaction, shown.proposal.guild_id)


async def own_pair(interaction: discord.Interaction[Any], pair_id: int, *, ended: bool = False) -> Together:
    """A pair, for one of its people; also one whose time is over, if so said. Raises as `require_answerer`."""
    together = await host_of(interaction).service(Meeting).mine(interaction.user.id, pair_id, ended=ended)
    require_own_server(interaction, together.pair.guild_id)
    return together
