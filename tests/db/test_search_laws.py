"""Laws of the search index, tried with texts that nobody would think of."""

from __future__ import annotations

import itertools
import string
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from db.search import SearchRecord, complete, find, get, nearest, put, put_many, remove, similar
from db.search.spelling import SHORT, edits, forgiven, is_slip
from db.search.words import MOST_CHARACTERS, STOP_WORDS, words_of

if TYPE_CHECKING:
    from db.engine import Database

COMMON = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SERVERS = itertools.count(1)  # each example has a server of its own in the one file

NASTY = st.sampled_from(
    (
        *('"', "'", "*", "-", "^", ":", "(", ")", "NEAR(", "NEAR", "AND", "OR", "NOT", "title:", "{title}", "+", "\0"),
        *("\ud800", "\u202eabc", "🧵", "👩‍🏭", "שלום", "مرحبا", "漢字", "%", "_", "\\", "\n", "x" * 400, "½", "İ", "ﬁ"),
        *("laser", "lazer", "the", "facets", "rowid", ";--", "[]", "e\u0301", "\u0301"),
    )
)
TEXTS = st.lists(NASTY | st.text(max_size=12), max_size=8).map(" ".join)
LETTERS = st.text(string.ascii_lowercase, min_size=1, max_size=1)


@COMMON
@given(typed=TEXTS, stored=TEXTS, extra=st.lists(TEXTS, max_size=3), kind=st.none() | TEXTS, tool=st.none() | TEXTS)
async def test_any_text_can_be_stored_and_searched_for(
    database: Database, typed: str, stored: str, extra: list[str], kind: str | None, tool: str | None
) -> None:
    server = next(SERVERS)
    async with database.write() as connection:
        number = await put(
            connection, SearchRecord(server, "r", "1", "k", stored, stored, stored, (stored,), (stored,))
        )
    async with database.read() as connection:
        for widened in ((), extra):
            found = await find(
                connection, server, typed, extra=widened, kind=kind, tools=[tool] if tool is not None else []
            )
            assert found.total == len(found.hits) <= 1
        await nearest(connection, server, typed)
        await complete(connection, server, typed)
        await similar(connection, number)
        if words_of(stored) and stored.isascii() and len(stored) <= MOST_CHARACTERS:
            assert (await find(connection, server, stored)).total == 1


@COMMON
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from("abc"), st.none() | st.lists(st.sampled_from(["laser", "cut", "é", "3d", "the", "saw"]))
        )
    )
)
async def test_whatever_comes_and_goes_the_index_is_what_its_records_say(
    database: Database, steps: list[tuple[str, list[str] | None]]
) -> None:
    server, kept = next(SERVERS), dict[str, SearchRecord]()
    async with database.write() as connection:
        for key, words in steps:
            if words is None:
                assert await remove(connection, server, "r", key) == (key in kept)
                kept.pop(key, None)
            else:
                kept[key] = SearchRecord(server, "r", key, "k", " ".join(words), " ".join(words[::2]))
                await put(connection, kept[key])
        await connection.execute(text("INSERT INTO search_text(search_text, rank) VALUES ('integrity-check', 1)"))
        rows = await connection.execute(
            text("SELECT word, records FROM search_word WHERE guild_id = :server"), {"server": server}
        )
        counted = {row.word: row.records for row in rows}
        found = await find(connection, server, "laser cut saw 3d the", limit=9)
    every = [set(words_of(record.title)) for record in kept.values()]
    assert counted == {word: sum(word in words for words in every) for word in set().union(*every) if len(word) > 1}
    assert {hit.record.key for hit in found.hits} == {
        key for key, record in kept.items() if set(words_of(record.title)) & {"laser", "cut", "saw", "3d"}
    }


@COMMON
@given(
    word=st.text(string.ascii_lowercase, min_size=5, max_size=14),
    at=st.lists(
        st.tuples(st.integers(0, 13), st.sampled_from(("drop", "double", "swap", "other")), LETTERS), max_size=2
    ),
)
async def test_every_slip_within_reach_is_corrected(
    database: Database, word: str, at: list[tuple[int, str, str]]
) -> None:
    typed = word
    for place, how, letter in at:
        typed = slipped(typed, place % len(typed), how, letter)
    far = edits(typed, word, 2)
    assume(0 < far <= forgiven(typed) and (far == 1 or typed[0] == word[0]) and not {typed, word} & STOP_WORDS)
    assume(len(typed) >= SHORT or is_slip(typed, word))
    server = next(SERVERS)
    async with database.write() as connection:
        await put(connection, SearchRecord(server, "r", "1", "k", word))
    async with database.read() as connection:
        found = await find(connection, server, typed)
    assert len(found.hits) == 1
    assert found.corrected in {word, None}  # None: the same stem


def slipped(word: str, at: int, how: str, letter: str) -> str:
    before, here, after = word[:at], word[at], word[at + 1 :]
    ways = {"drop": before + after, "double": before + here + here + after, "other": before + letter + after}
    return ways.get(how, before + after[:1] + here + after[1:])


@COMMON
@given(texts=st.lists(TEXTS, max_size=5))
async def test_many_at_once_are_the_same_as_one_by_one(database: Database, texts: list[str]) -> None:
    together, apart = next(SERVERS), next(SERVERS)
    async with database.write() as connection:
        numbers = await put_many(
            connection, [SearchRecord(together, "r", str(at), "k", one) for at, one in enumerate(texts)]
        )
        singly = [await put(connection, SearchRecord(apart, "r", str(at), "k", one)) for at, one in enumerate(texts)]
        for number, single in zip(numbers, singly, strict=True):
            one, other = await get(connection, number), await get(connection, single)
            assert one is not None
            assert other is not None
            assert (one.title, one.key) == (other.title, other.key)
