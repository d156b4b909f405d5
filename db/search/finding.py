"""The search itself.

It is one statement over the full-text table, which looks at the vocabulary first. Only where a word is unknown it stops
there, and is asked again with the words corrected.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.prepared import fetched
from db.search.spelling import corrections, forgiven
from db.search.tables import COLUMNS, PLACE, Found, Hit, facet, hit
from db.search.words import (
    MOST_CHARACTERS,
    STOP_WORDS,
    WORD,
    folded,
    storable,
    words_of,
    words_to_find,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

_MOST_EXTRA = 16  # phrases that a question is widened by
_MOST_PHRASE = 6  # words of one such phrase
_EXTRA_COUNTS = 0.3  # what a widened phrase counts beside a typed word

# Title over keywords over text; the facets' column filters and does not rank, except in "more like this".
_RANK = "bm25(search_text, 10.0, 4.0, 1.0, 1.0, :facets)"
_NOTHING = facet("n", "nothing")  # a word that no record holds
_SHOWN = ", ".join(f'r."{column}"' for column in COLUMNS)

# One step asks all: which words are unknown and, unless one is, what matches. A word is known as it stands, or by its
# stem ("cutters" where only "cutter" is written).
_ASKED = f"""
asked AS MATERIALIZED (
    SELECT place * {PLACE} AS low, (place + 1) * {PLACE} - 1 AS high, (
        SELECT json_group_array(typed.value) FROM json_each(:words) AS typed
        WHERE NOT EXISTS (SELECT 1 FROM search_word w WHERE w.guild_id = s.guild_id AND w.word = typed.value)
            AND NOT EXISTS (SELECT 1 FROM search_text WHERE search_text MATCH '"' || typed.value || '"'
                AND rowid BETWEEN s.place * {PLACE} AND (s.place + 1) * {PLACE} - 1)) AS unknown
    FROM search_scope AS s WHERE guild_id = :guild)
"""  # noqa: S608


def _matching(parameter: str) -> str:
    wanted = f"(SELECT CASE unknown WHEN '[]' THEN :{parameter} ELSE '{_NOTHING}' END FROM asked)"  # noqa: S608
    here = "rowid BETWEEN (SELECT low FROM asked) AND (SELECT high FROM asked)"
    return f"search_text MATCH {wanted} AND {here}"


FIND = f"""
WITH {_ASKED}
SELECT asked.unknown, counted.total, best.score, 0, {_SHOWN}
FROM asked
LEFT JOIN (SELECT count(*) AS total FROM search_text WHERE {_matching("match")} AND rowid <> :skip) AS counted ON true
LEFT JOIN (
    SELECT rowid AS record_id, {_RANK} AS score FROM search_text
    WHERE {_matching("match")} AND rowid <> :skip
    ORDER BY score, rowid LIMIT :limit OFFSET :offset) AS best ON true
LEFT JOIN search_record AS r ON r.record_id = best.record_id
ORDER BY best.score, best.record_id
"""  # noqa: S608
"""The search. Parameters: guild, words (JSON, those to look up), match, skip, facets, limit, offset."""

# A record with all typed words stands before all others and is ranked by them alone, so that no widening moves it.
_FIND_WIDER = f"""
WITH {_ASKED},
matched AS MATERIALIZED (
    SELECT rowid AS record_id, {_RANK} AS typed, 0.0 AS extra, 0 AS exact
    FROM search_text WHERE {_matching("match")}
    UNION ALL
    SELECT rowid, 0.0, {_RANK}, 0 FROM search_text WHERE {_matching("extra")}
    UNION ALL
    SELECT rowid, 0.0, 0.0, 1 FROM search_text WHERE {_matching("exact")}),
scored AS MATERIALIZED (
    SELECT record_id, max(exact) AS exact,
        sum(typed) + CASE max(exact) WHEN 1 THEN 0.0 ELSE {_EXTRA_COUNTS} * sum(extra) END AS score
    FROM matched GROUP BY record_id)
SELECT asked.unknown, counted.total, best.score, best.exact, {_SHOWN}
FROM asked
LEFT JOIN (SELECT count(*) AS total FROM scored) AS counted ON true
LEFT JOIN (SELECT * FROM scored ORDER BY exact DESC, score, record_id LIMIT :limit OFFSET :offset) AS best ON true
LEFT JOIN search_record AS r ON r.record_id = best.record_id
ORDER BY best.exact DESC, best.score, best.record_id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search says: hits and their total, or words that it does not know, and then nothing else."""

    hits: tuple[Hit, ...]
    total: int
    unknown: tuple[str, ...]


async def find(
    connection: AsyncConnection,
    guild_id: int,
    text: str,
    *,
    extra: Sequence[str] = (),
    known: Collection[str] = (),
    kind: str | None = None,
    tools: Collection[str] = (),
    limit: int = 4,
    offset: int = 0,
) -> Found:
    """Search one server's records for the words of `text`, best first. Any text will do; an empty one finds nothing.

    At most MOST_CHARACTERS characters and MOST_WORDS words of it are read. Words the server's index does not know are
    corrected from its vocabulary, except those in `known` (in small letters), which the caller vouches for. `extra`
    are phrases that widen the search, gently: they never move a record that has all typed words. `kind` and `tools`
    keep only records of that kind, and with one of those tools. `limit` (at least 0) and `offset` choose the page.
    """
    typed = words_to_find(text)
    if not typed:
        return Found()
    asked = [word for word in typed if word not in known and forgiven(word)]
    corrected: dict[str, str] = {}
    values = page(guild_id, limit, offset) | {"words": json.dumps(asked)} | _wanted(typed, extra, kind, tools)
    answer = await search(connection, values)
    if answer.unknown:
        corrected = await corrections(connection, guild_id, answer.unknown)
        values |= {"words": "[]"} | _wanted(_corrected(typed, corrected), extra, kind, tools)
        answer = await search(connection, values)
    return Found(answer.hits, answer.total, _as_read(text, corrected) if corrected else None)


async def search(connection: AsyncConnection, values: Mapping[str, object]) -> Answer:
    """Run the search, widened where `values` hold `extra`."""
    answer = await fetched(connection, _FIND_WIDER if "extra" in values else FIND, values)
    unknown, total, hits = "[]", 0, []
    for unknown, total, score, exact, *row in answer:  # noqa: B007
        if row[0] is not None:
            hits.append(hit(row, score, bool(exact)))
    return Answer(tuple(hits), total, tuple(json.loads(unknown)))


def page(guild_id: int, limit: int, offset: int) -> dict[str, object]:
    """The parameters of FIND, all but the match, for one page and without a look at the vocabulary."""
    return {
        "guild": guild_id,
        "words": "[]",
        "skip": 0,
        "facets": 0.0,
        "limit": max(0, limit),
        "offset": max(0, offset),
    }


def _wanted(words: Sequence[str], extra: Sequence[str], kind: str | None, tools: Collection[str]) -> dict[str, object]:
    """What is to be matched: any of the words; where the search is widened also the phrases, and all of the words."""
    wanted: dict[str, object] = {"match": _filtered(any_of(words), kind, tools)}
    phrases = _phrases(extra)
    if phrases:
        wanted["extra"] = _filtered(phrases, kind, tools)
        wanted["exact"] = _filtered(" AND ".join(f'"{word}"' for word in words), kind, tools)
    return wanted


def _corrected(typed: Sequence[str], corrected: Mapping[str, str]) -> list[str]:
    words = list(dict.fromkeys(corrected.get(word, word) for word in typed))
    return [word for word in words if word not in STOP_WORDS] or words


def _as_read(text: str, corrected: Mapping[str, str]) -> str:
    """The question with its corrected words in their places."""
    kept = " ".join(storable(text[:MOST_CHARACTERS]).split())
    return WORD.sub(lambda word: corrected.get(folded(word[0]), word[0]), kept)


def any_of(words: Iterable[str]) -> str:
    """The words quoted and joined by OR (https://sqlite.org/fts5.html#full_text_query_syntax); they hold no quotes."""
    return " OR ".join(f'"{word}"' for word in words)


def _phrases(extra: Sequence[str]) -> str:
    phrases = (" ".join(words_of(phrase)[:_MOST_PHRASE]) for phrase in extra[:_MOST_EXTRA])
    return any_of(dict.fromkeys(phrase for phrase in phrases if phrase))


def _filtered(match: str, kind: str | None, tools: Collection[str]) -> str:
    facets = [] if kind is None else [any_of([facet("k", kind)])]
    if tools:
        facets.append(any_of(facet("t", tool) for tool in tools))
    return " AND ".join([f"({match})", *(f"facets : ({names})" for names in facets)]) if facets else match
