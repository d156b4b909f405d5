"""The one boundary between the rooms and the person: every fault of a command, a button or a form ends here.

A UserError shows its words. A fault of the storage shows words of its own. Anything else gets a reference number, in
the answer and in the log, so that a member can say it and the caretaker can find it.
"""

from __future__ import annotations

import logging
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import app_commands

from bot.kit.cards import Tone, note
from bot.kit.errors import UserError
from bot.kit.host import host_of
from db.faults import StorageFault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

log = logging.getLogger(__name__)

WIRE_FAULTS = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError)
"""What Discord, or the way to it, may raise where a message is sent."""
_TOO_LATE = 10062  # Unknown interaction: three seconds have passed, or Discord lost it
_ANSWERED_TWICE = 40060


@asynccontextmanager
async def boundary(interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
    """Let no exception out: whoever pressed or typed gets an answer in words, privately."""
    try:
        yield
    except Exception as fault:  # noqa: BLE001 - this is the boundary
        await answer_fault(interaction, fault)
    else:
        await host_of(interaction).answered(interaction)


async def answer_fault(interaction: discord.Interaction[Any], fault: Exception) -> None:
    """Tell the person what happened, privately; log what a caretaker must see."""
    cause = fault.original if isinstance(fault, app_commands.CommandInvokeError) else fault
    if no_longer_taken(cause):
        log.warning("Discord no longer took the answer to %s: %s", _what(interaction), cause)
        return
    await tell(interaction, note(words_for(interaction, cause), tone=Tone.TROUBLE))


def no_longer_taken(cause: Exception) -> bool:
    """Whether an answer merely came too late or twice, which happens by chance and is nobody's fault."""
    if isinstance(cause, discord.InteractionResponded):
        return True
    return isinstance(cause, discord.HTTPException) and cause.code in (_TOO_LATE, _ANSWERED_TWICE)


def words_for(interaction: discord.Interaction[Any], cause: Exception) -> str:
    """The words a person gets for a fault; what is not theirs to put right is logged with the same reference."""
    if isinstance(cause, UserError):
        return cause.words
    if isinstance(cause, app_commands.CheckFailure):
        return "This works only inside a server, for people who may use it there."
    if isinstance(cause, app_commands.CommandSignatureMismatch | app_commands.CommandNotFound):
        return "This command has just been updated. Close and open Discord once, then try it again."
    reference = secrets.token_hex(4).upper()
    if isinstance(cause, StorageFault):
        log.error("Reference %s: %s: %s", reference, _what(interaction), cause.words, exc_info=cause)
        return f"{cause.for_members} (Reference {reference})"
    log.error("Reference %s: %s failed", reference, _what(interaction), exc_info=cause)
    return (
        "Something went wrong on my side, and it is not your doing. Please try again; if it happens again, tell an "
        f"organizer this number: **{reference}**"
    )


async def tell(interaction: discord.Interaction[Any], view: discord.ui.LayoutView) -> None:
    """Show a card privately, whether or not the interaction has been answered yet; if Discord refuses, log it."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)
    except WIRE_FAULTS as refused:
        log.warning("Could not answer %s: %s", _what(interaction), refused)


def _what(interaction: discord.Interaction[Any]) -> str:
    """What was pressed or typed, without anybody's words in it."""
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    data: dict[str, Any] = dict(interaction.data or {})
    return f"{interaction.type.name} {':'.join(str(data.get('custom_id', '')).split(':')[:2])[:40]!r}"
