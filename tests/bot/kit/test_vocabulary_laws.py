"""What holds for every term of the vocabulary and for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.vocabulary import MAX_PHRASES, Tool, Vocabulary, load
from bot.kit.vocabulary.words import fold, singular

VOCABULARY = load()
NAMED = [(tool, name) for tool in VOCABULARY.tools for name in tool.names]
NAMES = [name for _, name in NAMED]

named = st.sampled_from(NAMED)
ordinary = st.lists(st.sampled_from(["we", "have", "one", "which", "often", "breaks"]), max_size=4).map(" ".join)
wordings = st.lists(st.sampled_from([*NAMES, "laser", "3", "d", "and", "the", "cutter"]), max_size=6).map(" ".join)


@given(named, ordinary, ordinary)
def test_every_name_finds_its_tool_inside_any_sentence(term: tuple[Tool, str], before: str, after: str) -> None:
    tool, name = term
    assert VOCABULARY.find(f"{before} {name} {after}") == (tool,)


@pytest.mark.parametrize("write", [str.upper, str.lower, str.title])
@pytest.mark.parametrize("join", [" ", "-", "_", "  "])
def test_every_name_finds_its_tool_in_any_writing(write: object, join: str) -> None:
    assert callable(write)
    for tool, name in NAMED:
        assert VOCABULARY.find(write(name).replace(" ", join)) == (tool,), name


def test_every_name_finds_its_tool_written_as_one_word() -> None:
    for tool, name in NAMED:
        assert VOCABULARY.find("".join(fold(name, plurals=True))) == (tool,), name


def test_every_common_noun_finds_its_tool_in_the_plural() -> None:
    nouns = [(tool, name) for tool, name in NAMED if name.islower() and name[-1] not in "siuyxhz"]
    assert len(nouns) > len(NAMED) / 3
    for tool, name in nouns:
        assert VOCABULARY.find(f"{name}s") == (tool,), name


@pytest.mark.parametrize("brand", ["Glowforges", "Cricuts", "Ozobots", "Spheros", "Arduinos", "3Doodlers", "Bee-Bots"])
def test_a_brand_finds_its_tool_in_the_plural(brand: str) -> None:
    assert VOCABULARY.find(brand) == VOCABULARY.find(brand[:-1]) != ()


@given(named)
def test_every_name_completes_to_its_tool(term: tuple[Tool, str]) -> None:
    tool, name = term
    assert tool in VOCABULARY.complete(name)
    assert tool in VOCABULARY.complete(name[: max(3, len(name) // 2)])


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    assert set(VOCABULARY.find(text)) <= set(VOCABULARY.tools)
    assert set(VOCABULARY.complete(text)) <= set(VOCABULARY.tools)
    VOCABULARY.widen(text)


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 lone surrogate",
        "\x00\x07 control",
        "\u202eright to left",
        "🧵" * 4000,
        "\ufdfa" * 4000,
        "\n" + " " * 100_000 + "x",
        "'" * 100_000,
        "laser " * 50_000,
        "a" * 300_000,
    ],
)
def test_a_hostile_text_is_only_a_text(text: str) -> None:
    assert len(VOCABULARY.find(text)) <= 1
    assert len(VOCABULARY.complete(f"zzz {text}")) <= 1


@given(wordings)
def test_widening_adds_few_phrases_each_once_and_none_that_is_there_already(text: str) -> None:
    phrases = VOCABULARY.widen(text)
    assert len(set(phrases)) == len(phrases) <= MAX_PHRASES
    for phrase in phrases:
        assert not set(fold(phrase)) <= set(fold(text))


@given(wordings)
def test_widening_what_was_widened_adds_only_what_is_narrower(text: str) -> None:
    for phrase in VOCABULARY.widen(text):
        assert any(phrase == tool.label.casefold() for tool in VOCABULARY.tools)
        assert phrase not in VOCABULARY.widen(f"{text}. {phrase}")


@given(wordings)
def test_a_text_names_each_tool_at_most_once(text: str) -> None:
    found = VOCABULARY.find(text)
    assert len(set(found)) == len(found)


@given(st.text(alphabet="abciesxhuz", min_size=1))
def test_a_word_and_its_plural_by_s_are_the_same_word_wherever_they_can_be(word: str) -> None:
    if len(word) > 2 and not word.endswith(("s", "x", "h", "z", "u", "i", "ie", "e")):
        assert singular(word + "s") == word


def test_terms_of_ones_own_work_like_those_that_ship() -> None:
    kiln = Tool("kiln", "kiln", "🏺", None, ("pottery oven",), "Firing clay.")
    own = Vocabulary([kiln], false_friends=["kiln dried"])
    assert own.find("Kilns") == (kiln,)
    assert own.find("kiln-dried boards") == ()
    assert own.widen("pottery ovens") == ("kiln",)
