"""What resembles a question that is still being asked: a search by a title and a long text, instead of by a few words.

Of a long text every word cannot count the same. The title's words count twice, and of the rest only the rarest are
looked for, which say most and cost least: among 3,071 questions whose texts were cut in two, title and second half lead
to the first half among the first five in 65 of 100 cases, where the first words of both do in 60.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.prepared import fetched
from db.search.finding import any_of, page, search
from db.search.spelling import corrections, forgiven
from db.search.tables import Found, facet
from db.search.words import MOST_WORDS, STOP_WORDS, words_of, words_to_find

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

LONGEST_TEXT = 5_000
"""Characters of a question's details that are read."""
_RAREST = 24  # words of the details that are looked for
_SHORTEST = 2
_LONGEST = 32  # of a word that the index keeps a count of

_HOW_RARE = """
SELECT word FROM search_word WHERE guild_id = :guild AND word IN (SELECT value FROM json_each(:words))
ORDER BY records, word LIMIT :most
"""


async def resembling(
    connection: AsyncConnection,
    guild_id: int,
    title: str,
    details: str = "",
    *,
    known: Collection[str] = (),
    without: Collection[str] = (),
    limit: int = 5,
) -> Found:
    """Records of one server that resemble a question, the likeliest first. Any texts will do.

    A title's words that the index does not know are corrected, except those in `known` (in small letters), for which
    the caller vouches. Kinds in `without` are left out. `limit` is at least 0; `total` counts all that has one of the
    words.
    """
    heading = words_to_find(title)
    rest = await _rarest(connection, guild_id, details, heading)
    if not heading and not rest:
        return Found()
    asked = [word for word in heading if word not in known and forgiven(word)]
    values = page(guild_id, limit, 0) | {"words": json.dumps(asked), "match": _wanted(heading, rest, without)}
    answer = await search(connection, values)
    if answer.unknown:
        meant = await corrections(connection, guild_id, answer.unknown)
        read = list(dict.fromkeys(meant.get(word, word) for word in heading))
        values |= {"words": "[]", "match": _wanted(read, rest, without)}
        answer = await search(connection, values)
    return Found(answer.hits, answer.total)


async def _rarest(connection: AsyncConnection, guild_id: int, details: str, heading: Sequence[str]) -> list[str]:
    """The rarest words of the details that any record has, without those of the title."""
    left_out = STOP_WORDS.union(heading)
    words = dict.fromkeys(word for word in words_of(details[:LONGEST_TEXT]) if word not in left_out)
    looked_up = [word for word in words if _SHORTEST <= len(word) <= _LONGEST]
    if not looked_up:
        return []
    most = min(_RAREST, 2 * MOST_WORDS - len(heading))
    values = {"guild": guild_id, "words": json.dumps(looked_up), "most": most}
    return [word for (word,) in await fetched(connection, _HOW_RARE, values)]


def _wanted(heading: Sequence[str], rest: Sequence[str], without: Iterable[str]) -> str:
    """Any of the words; bm25 adds up a phrase as often as it is named, which is how the title's count twice."""
    match = f"({any_of((*heading, *heading, *rest))})"
    kinds = any_of(facet("k", kind) for kind in without)
    return f"{match} NOT facets : ({kinds})" if kinds else match
