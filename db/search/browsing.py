"""Looking around in the index: more like this, titles for autocomplete, counts for the facets, one record."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select

from db.prepared import fetched
from db.search.finding import any_of, page, search
from db.search.tables import COLUMNS, Found, SearchRecord, facet, hit, record_table
from db.search.words import MOST_CHARACTERS, MOST_WORDS, STOP_WORDS, words_of

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncConnection

_TOOLS_COUNT = 4.0  # a tool in common, beside 10 for a title and 1 for the text
_LIKE_THIS = 12  # words that stand for a record in "more like this"

_HOW_COMMON = """
SELECT word, records FROM search_word WHERE guild_id = :guild AND word IN (SELECT value FROM json_each(:words))
"""


async def similar(connection: AsyncConnection, record_id: int, limit: int = 4, offset: int = 0) -> Found:
    """Records of the same server that share a record's telling words and tools, most alike first, without itself."""
    record = await get(connection, record_id)
    if record is None:
        return Found()
    match = any_of(await _telling(connection, record))
    tools = " OR ".join(f'"{facet("t", tool)}"' for tool in record.tools)
    match = " OR ".join(part for part in (match, tools) if part)
    if not match:
        return Found()
    values = page(record.guild_id, limit, offset) | {"match": match, "skip": record_id, "facets": _TOOLS_COUNT}
    answer = await search(connection, values)
    return Found(answer.hits, answer.total)


async def complete(
    connection: AsyncConnection, guild_id: int, prefix: str, limit: int = 25
) -> tuple[tuple[int, str], ...]:
    """Number and title of records in whose title a word begins with each word of `prefix`.

    Titles that begin with the whole of it come first; with an empty prefix, the newest records.
    """
    query = _titled(select(record_table.c.record_id, record_table.c.title), guild_id, prefix).limit(max(0, limit))
    return tuple((number, title) for number, title in await connection.execute(query))


def _titled(query: Select[Any], guild_id: int, prefix: str) -> Select[Any]:
    """Records in whose title a word begins with each word of `prefix`, those that begin with all of it first."""
    table = record_table.c
    query = query.where(table.guild_id == guild_id)
    typed = words_of(prefix[:MOST_CHARACTERS])[:MOST_WORDS]
    if not typed:
        return query.order_by(table.record_id.desc())
    starts = literal(" ") + table.folded_title
    return query.where(*(starts.like(f"% {word}%") for word in typed)).order_by(
        table.folded_title.like(" ".join(typed) + "%").desc(), table.folded_title, table.record_id
    )


async def titles(
    connection: AsyncConnection, guild_id: int, room: str, prefix: str, limit: int = 25
) -> list[tuple[int, str]]:
    """Key and title of a room's records in whose title a word begins with each word of `prefix`, as `complete` sorts.

    For rooms whose keys are numbers.
    """
    table = record_table.c
    query = _titled(select(table.key, table.title), guild_id, prefix).where(table.room == room).limit(max(0, limit))
    return [(int(key), title) for key, title in await connection.execute(query)]


async def kinds(connection: AsyncConnection, guild_id: int) -> dict[str, int]:
    """How many records of each kind a server has, the most frequent first."""
    many = func.count().label("records")
    query = (
        select(record_table.c.kind, many)
        .where(record_table.c.guild_id == guild_id)
        .group_by(record_table.c.kind)
        .order_by(many.desc(), record_table.c.kind)
    )
    return {row.kind: row.records for row in await connection.execute(query)}


async def get(connection: AsyncConnection, record_id: int) -> SearchRecord | None:
    """A record by its number; None where it is gone. The caller checks that it is of the right server."""
    shown = [record_table.c[column] for column in COLUMNS]
    row = (await connection.execute(select(*shown).where(record_table.c.record_id == record_id))).first()
    return None if row is None else hit(tuple(row)).record


async def _telling(connection: AsyncConnection, record: SearchRecord) -> list[str]:
    """The words that say most about a record: those of its title and keywords before others, rare before common."""
    weights: dict[str, float] = {}
    for text, weight in ((record.summary, 1.0), (record.keywords, 2.0), (record.title, 3.0)):
        weights.update((word, weight) for word in words_of(text) if word not in STOP_WORDS)
    values = {"guild": record.guild_id, "words": json.dumps(list(weights))}
    common = {word: records for word, records in await fetched(connection, _HOW_COMMON, values) if records > 1}
    most = max(common.values(), default=1)
    return sorted(common, key=lambda word: (-weights[word] * (1 + math.log(most / common[word])), word))[:_LIKE_THIS]
