"""Words with typing slips: what they are corrected to, and what is left as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.search import Found, SearchRecord, find, nearest, put, put_many
from db.search.spelling import edits
from db.search.words import MOST_WORDS, folded, words_of, words_to_find

if TYPE_CHECKING:
    from db.engine import Database

HOME, ELSEWHERE = 1, 2


@pytest.fixture
async def known(database: Database) -> Database:
    """A server that knows these words, some from more records than others, and another server that knows others."""
    texts = ("laser cutter", "laser cutters", "laser", "loser", "laminator filament", "saw", "maintenance", "printing")
    async with database.write() as connection:
        await put_many(connection, [SearchRecord(HOME, "r", str(at), "k", title) for at, title in enumerate(texts)])
        await put(connection, SearchRecord(ELSEWHERE, "r", "1", "k", "embroidery"))
    return database


async def search(database: Database, question: str, **how: object) -> Found:
    async with database.read() as connection:
        return await find(connection, HOME, question, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("lasre", "laser"),  # two neighbors swapped
        ("lser", "laser"),  # a letter dropped
        ("laaser", "laser"),  # doubled
        ("lazer", "laser"),  # replaced; the word of most records wins over "loser"
        ("saww", "saw"),
        ("maintainance", "maintenance"),  # two edits in a long word
        ("mantenence", "maintenance"),
        ("filmanet", "filament"),
    ],
)
async def test_a_slip_is_read_as_the_known_word(known: Database, typed: str, read: str) -> None:
    found = await search(known, typed)
    assert found.corrected == read
    assert read in found.hits[0].record.title


@pytest.mark.parametrize("typed", ["swa", "lxxer", "la5er", "aminatr", "embroidry", "zzzzzzzz"])
async def test_what_is_short_or_far_off_or_has_digits_stays(known: Database, typed: str) -> None:
    found = await search(known, typed)
    assert (found.corrected, found.hits) == (None, ())


async def test_known_words_are_left_alone_and_the_rest_keeps_its_place(known: Database) -> None:
    assert (await search(known, "loser")).corrected is None
    assert (await search(known, "Which  LASRE cutter (new)?")).corrected == "Which laser cutter (new)?"


@pytest.mark.parametrize(
    ("everyday", "stored"), [("safe", "save"), ("lost", "list"), ("mask", "ask"), ("near", "year"), ("shirt", "short")]
)
async def test_an_everyday_word_is_not_taken_for_a_slip_of_another(
    database: Database, everyday: str, stored: str
) -> None:
    async with database.write() as connection:
        await put(connection, SearchRecord(HOME, "r", "1", "k", stored))
    assert await search(database, everyday) == Found()


async def test_another_form_of_a_known_word_is_no_slip(known: Database) -> None:
    found = await search(known, "prints")
    assert found.corrected is None
    assert [hit.record.title for hit in found.hits] == ["printing"]


async def test_a_word_the_caller_vouches_for_is_no_slip(known: Database) -> None:
    assert (await search(known, "lazer", known={"lazer"})).corrected is None
    found = await search(known, "Glowfilament", known={"glowfilament"}, extra=("laser cutter",))
    assert found.corrected is None
    assert [hit.record.title for hit in found.hits] == ["laser cutter", "laser cutters"]


async def test_nearest_words_begin_as_the_typed_ones_do(known: Database) -> None:
    async with known.read() as connection:
        assert await nearest(connection, HOME, "laxxxx") == ()
        assert await nearest(connection, HOME, "filter lase") == ("laser", "filament")
        assert await nearest(connection, HOME, "embroider") == ()
        assert await nearest(connection, HOME, "filter lase", limit=1) == ("laser",)
        assert await nearest(connection, HOME, "🧵") == ()


@pytest.mark.parametrize(
    ("one", "other", "most", "far"),
    [("laser", "laser", 2, 0), ("lasre", "laser", 1, 1), ("ca", "abc", 2, 3), ("", "ab", 2, 2), ("kiln", "loom", 2, 3)],
)
def test_edits_are_counted_with_swaps_and_up_to_a_bound(one: str, other: str, most: int, far: int) -> None:
    assert edits(one, other, most) == edits(other, one, most) == far


def test_words_are_read_as_the_index_reads_them() -> None:
    assert words_of("It's a 3D-printer: CAFÉ_Straße!") == ["it", "s", "a", "3d", "printer", "cafe", "straße"]
    assert folded("re\u0301sume\u0301") == "resume"
    assert words_of("مرحبا 🧵 שלום") == ["مرحبا", "שלום"]


def test_small_words_are_dropped_unless_nothing_is_left() -> None:
    assert words_to_find("how do I dry out the filament under a hood, filament?") == [
        "dry",
        "out",
        "filament",
        "under",
        "hood",
    ]
    assert words_to_find("how do I") == ["how", "do", "i"]
    assert len(words_to_find(" ".join(map(str, range(99))))) == MOST_WORDS
    assert words_to_find("") == words_to_find("?! 🧵") == []
