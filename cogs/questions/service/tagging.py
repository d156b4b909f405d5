"""Suggesting tools for a question, and learning from those that were answered; in the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.questions import tagging
from db.questions import learning

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
    weights = tagging.traits(vocabulary, title, details)
    learned = await learning.recall(connection, guild_id, weights)
    return tuple(tagging.ranked(vocabulary, title, details, weights, learned)[:most])


async def learn(
    connection: AsyncConnection,
    guild_id: int,
    vocabulary: Vocabulary,
    key: str,
    title: str,
    details: str,
    tools: Sequence[str],
) -> None:
    """Remember an answered question's tools, so that others like it find them. Again with the same `key` replaces it.

    Call it when a question is answered and when an answered one is given other tools. The server must be known
    (db.guilds).
    """
    known = [slug for slug in dict.fromkeys(tools) if vocabulary.get(slug)]
    await learning.learn(connection, guild_id, key, known, tagging.traits(vocabulary, title, details))


async def unlearn(connection: AsyncConnection, guild_id: int, key: str) -> None:
    """Forget what was learned from the question with this `key`: its answer was taken back, or its text deleted."""
    await learning.unlearn(connection, guild_id, key)


async def likely_tools(
    connection: AsyncConnection, guild_id: int, vocabulary: Vocabulary, title: str, details: str = ""
) -> tuple[str, ...]:
    """The tools to begin with where nobody has chosen yet: those that the text names, else the likeliest one.

    What is only likely stands alone: a second guess is more often wrong than right.
    """
    likely = await suggest_tools(connection, guild_id, vocabulary, title, details)
    said = tagging.named(vocabulary, title, details)
    return tuple(slug for slug in likely if slug in said) or likely[:1]
