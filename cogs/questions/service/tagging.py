"""Suggesting tools for a question, and learning from those that were answered; in the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.questions import tagging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection


async def suggest_tools(
    connection: AsyncConnection,
    guild_id: int,
    vocabulary: Vocabulary,
    title: str,
    details: str = "",
    *,
    most: int = tagging.MOST_TOOLS,
) -> tuple[str, ...]:
    """The slugs of up to `most` tools that the text is likely about, the likeliest first; empty where nothing says so.

    Any text will do. Reading only.
    """
    del connection, guild_id  # what the server's answered questions say comes next
    return tagging.named(vocabulary, title, details)[:most]


async def learn(
    connection: AsyncConnection, guild_id: int, key: str, title: str, details: str, tools: Sequence[str]
) -> None:
    """Remember an answered question's tools, so that others like it find them. Again with the same `key` replaces it.

    Call it when a question is answered and when an answered one is given other tools.
    """


async def unlearn(connection: AsyncConnection, guild_id: int, key: str) -> None:
    """Forget what was learned from the question with this `key`: its answer was taken back, or its text deleted."""
