"""The question behind a list of results, so that its pages can be turned, also after a restart.

A short one travels in the pager's custom_id and is stored nowhere; only a long one is kept as a draft.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from bot.kit.arguments import read_number
from bot.kit.errors import GoneError
from bot.kit.host import host_of
from bot.kit.pages import ARGUMENT_LIMIT
from bot.kit.permissions import guild_of

if TYPE_CHECKING:
    import discord

NAME = "find"
"""The list's name in its pager, and the form's under which a long question is kept."""
_INSIDE = "q."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed, and how it was narrowed."""

    query: str
    kind: str | None = None
    tool: str | None = None


async def kept(interaction: discord.Interaction[Any], asked: Asked) -> str:
    """The pager's argument for a question."""
    packed = json.dumps(astuple(asked), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    inside = _INSIDE + urlsafe_b64encode(packed).decode().rstrip("=")
    if len(inside) <= ARGUMENT_LIMIT:
        return inside
    query, kind, tool = astuple(asked)
    return str(
        await host_of(interaction).drafts.keep(
            guild_id=guild_of(interaction).id,
            user_id=interaction.user.id,
            form=NAME,
            answers={"query": query, "kind": kind, "tool": tool},
        )
    )


async def read(interaction: discord.Interaction[Any], argument: str) -> Asked:
    """The question behind a pager's argument. Raises GoneError where it can no longer be read."""
    if argument.startswith(_INSIDE):
        packed = argument.removeprefix(_INSIDE)
        try:
            return Asked(*json.loads(urlsafe_b64decode(packed + "=" * (-len(packed) % 4))))
        except (ValueError, TypeError):
            raise GoneError("This list is from an older version of me. Please search again.") from None
    draft = await host_of(interaction).drafts.read(read_number(argument), guild_id=guild_of(interaction).id)
    if draft.form != NAME:
        raise GoneError("This list is from an older version of me. Please search again.")
    return Asked(**draft.answers)
