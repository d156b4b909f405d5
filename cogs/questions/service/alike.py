"""Looking for what may answer a question already: answered questions and resources, ranked together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.vocabulary.words import fold
from db import search

if TYPE_CHECKING:
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection
    from db.search import Hit

MOST_ALIKE = 5
"""How many are shown with "Does one of these help?"."""
NOT_ANSWERS = ("event",)
"""Kinds of records that answer no question."""


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

    What has the words of the question comes first; where that is little, what is about the tools that it names by
    brand. Reads the one search index; what is only open is not in it.
    """
    tools = vocabulary.find(title)
    known = {word for tool in tools for name in tool.names for word in name.casefold().split()}
    found = await search.resembling(connection, guild_id, title, details, known=known, without=NOT_ANSWERS, limit=limit)
    said = set(fold(title))
    labels = [tool.label for tool in tools if said.isdisjoint(fold(tool.label))]
    if len(found.hits) == limit or not labels:
        return found.hits
    about = await search.resembling(
        connection, guild_id, " ".join(labels), known=known, without=NOT_ANSWERS, limit=limit
    )
    there = {hit.record_id for hit in found.hits}
    return (*found.hits, *(hit for hit in about.hits if hit.record_id not in there))[:limit]
