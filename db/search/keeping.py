"""Writing the index: records come, change and go, and the vocabulary goes with them, in the caller's transaction."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from db.prepared import PreparedInsert, fetched
from db.search.spelling import LONGEST
from db.search.tables import PLACE, SearchRecord, facet, record_table, scope_table, word_table
from db.search.words import storable, words_of
from db.turns import in_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

_CHUNK = 500
_AT_A_TIME = 10  # reading the words of a record takes a tenth of a millisecond
_WORDS_AT_A_TIME = 500
_TEXTS = ("title", "keywords", "summary", "facts")

_KNOWN = f"""
SELECT r.room, r."key", r.record_id, {", ".join("r." + name for name in _TEXTS)}
FROM json_each(:names) AS name CROSS JOIN search_record AS r ON r.guild_id = :guild
    AND r.room = json_extract(name.value, '$[0]') AND r."key" = json_extract(name.value, '$[1]')
"""  # noqa: S608

_COUNT_WORDS = """
INSERT INTO search_word (guild_id, word, mirrored, records)
SELECT :guild, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
FROM json_each(:words) WHERE true
ON CONFLICT (guild_id, word) DO UPDATE SET records = records + excluded.records
"""

_FORGET_WORDS = """
DELETE FROM search_word WHERE guild_id = :guild AND records <= 0
    AND word IN (SELECT json_extract(value, '$[0]') FROM json_each(:words))
"""

_INSERT = PreparedInsert(record_table)
_UPDATE = update(record_table).where(record_table.c.record_id == bindparam("number"))


async def put(connection: AsyncConnection, record: SearchRecord) -> int:
    """Add a record, or put it in the place of the one with the same guild_id, room and key; its number in the index.

    What no database takes (NUL, halves of surrogate pairs) is left out of the texts.
    """
    return (await put_many(connection, (record,)))[0]


async def put_many(connection: AsyncConnection, records: Sequence[SearchRecord]) -> tuple[int, ...]:
    """Put many records, some steps for hundreds of them; their numbers in the same order. A later twin wins."""
    numbers: dict[tuple[int, str, str], int] = {}
    by_guild: dict[int, list[SearchRecord]] = {}
    for record in records:
        by_guild.setdefault(record.guild_id, []).append(record)
    for guild_id, theirs in by_guild.items():
        for start in range(0, len(theirs), _CHUNK):
            latest = {(record.room, record.key): record for record in theirs[start : start + _CHUNK]}
            for (room, key), number in (await _put_chunk(connection, guild_id, latest)).items():
                numbers[guild_id, room, key] = number
    return tuple(numbers[record.guild_id, record.room, record.key] for record in records)


async def remove(connection: AsyncConnection, guild_id: int, room: str, key: str) -> bool:
    """Take a record out of the index; False where there is none of that name."""
    known = await _known(connection, guild_id, [(room, key)])
    for number, texts in known.values():
        await connection.execute(delete(record_table).where(record_table.c.record_id == number))
        await _count(connection, guild_id, Counter(dict.fromkeys(_vocabulary(texts), -1)))
    return bool(known)


async def forget_guild(connection: AsyncConnection, guild_id: int) -> int:
    """Forget a server's records and words; return how many rows.

    Its range of record numbers stays taken, under no server's name: should it come back, a button on a card from
    before must not lead to another record.
    """
    gone = 0
    for table in (record_table, word_table):
        gone += int((await connection.execute(delete(table).where(table.c.guild_id == guild_id))).rowcount)
    nobody = update(scope_table).where(scope_table.c.guild_id == guild_id).values(guild_id=-scope_table.c.place)
    await connection.execute(nobody)
    return gone


async def _put_chunk(
    connection: AsyncConnection, guild_id: int, records: dict[tuple[str, str], SearchRecord]
) -> dict[tuple[str, str], int]:
    known = await _known(connection, guild_id, list(records))
    fresh = [name for name in records if name not in known]
    first = await _numbers(connection, guild_id, len(fresh)) if fresh else 0
    numbers = {name: first + place for place, name in enumerate(fresh)}
    words: Counter[str] = Counter()
    changes = []
    rows = []
    async for group in in_groups(list(records.items()), _AT_A_TIME):
        for name, record in group:
            values = _values(record)
            words.update(_vocabulary(tuple(values[column] for column in _TEXTS)))
            if name in known:
                number, texts = known[name]
                words.subtract(_vocabulary(texts))
                numbers[name] = number
                changes.append(values | {"number": number})
            else:
                rows.append(values | {"record_id": numbers[name]})
    await _INSERT.run(connection, rows)
    if changes:
        await connection.execute(_UPDATE, changes)
    await _count(connection, guild_id, words)
    return numbers


async def _known(
    connection: AsyncConnection, guild_id: int, names: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[int, tuple[str, ...]]]:
    """Of the records with these (room, key), those that are in the index: their numbers and the texts they hold."""
    found = await fetched(connection, _KNOWN, {"guild": guild_id, "names": json.dumps(names)})
    return {(room, key): (number, tuple(texts)) for room, key, number, *texts in found}


async def _numbers(connection: AsyncConnection, guild_id: int, many: int) -> int:
    """The first of `many` numbers that were never used; a server that is new here is given its range."""
    taken = (
        update(scope_table)
        .where(scope_table.c.guild_id == guild_id)
        .values(last_number=scope_table.c.last_number + many)
        .returning(scope_table.c.last_number)
    )
    last = (await connection.execute(taken)).scalar_one_or_none()
    if last is None:
        place = (await connection.execute(select(func.coalesce(func.max(scope_table.c.place), 0) + 1))).scalar_one()
        last = place * PLACE + many
        await connection.execute(insert(scope_table).values(guild_id=guild_id, place=place, last_number=last))
    return int(last) - many + 1


async def _count(connection: AsyncConnection, guild_id: int, words: Counter[str]) -> None:
    async for group in in_groups(list(words.items()), _WORDS_AT_A_TIME):
        changed = [(word, word[::-1], count) for word, count in sorted(group) if count]
        values = {"guild": guild_id, "words": json.dumps(changed)}
        await fetched(connection, _COUNT_WORDS, values)
        if any(count < 0 for _, _, count in changed):
            await fetched(connection, _FORGET_WORDS, values)


def _vocabulary(texts: Iterable[str]) -> set[str]:
    """The words of a record that questions may be corrected to, or compared by."""
    return {word for word in words_of("\n".join(texts)) if 1 < len(word) <= LONGEST}


def _values(record: SearchRecord) -> dict[str, Any]:
    title = storable(record.title)
    return {
        "guild_id": record.guild_id,
        "room": record.room,
        "key": record.key,
        "kind": record.kind,
        "title": title,
        "folded_title": " ".join(words_of(title)),
        "summary": storable(record.summary),
        "keywords": storable(record.keywords),
        "facts": _joined(record.facts),
        "tools": _joined(record.tools),
        "link": storable(record.link),
        "facets": " ".join([facet("k", record.kind), *(facet("t", tool) for tool in record.tools)]),
    }


def _joined(lines: Iterable[str]) -> str:
    """Several short texts as one, a line each, without line breaks of their own."""
    flat = (" ".join(storable(line).split()) for line in lines)
    return "\n".join(line for line in flat if line)
