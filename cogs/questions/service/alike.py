"""Looking for what may answer a question already: answered questions and resources, ranked together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import search

if TYPE_CHECKING:
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection
    from db.search import Hit

MOST_ALIKE = 5
"""How many are shown with "Does one of these help?"."""


async def alike(
    connection: AsyncConnection,
    guild_id: int,
    vocabulary: Vocabulary,
    title: str,
    details: str = "",
    *,
    limit: int = MOST_ALIKE,
) -> tuple[Hit, ...]:
    """Up to `limit` answered questions and resources that may help, the likeliest first. Any text will do.

    Reads the one search index; what is only open is not in it.
    """
    words = f"{title} {details}"
    found = await search.find(connection, guild_id, words, extra=vocabulary.widen(title), limit=limit)
    return found.hits
