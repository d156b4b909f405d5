from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.words import clip, counted, has_letters, listed, plain, tidy

texts = st.text(max_size=300)


@given(texts, st.integers(min_value=1, max_value=100))
def test_what_is_clipped_is_never_longer_than_the_limit(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= limit


@given(texts, st.integers(min_value=1, max_value=100))
def test_what_fits_is_left_alone_and_what_does_not_ends_with_an_ellipsis(text: str, limit: int) -> None:
    assert clip(text, limit) == text if len(text) <= limit else clip(text, limit).endswith("…")


@given(texts)
def test_tidy_text_has_no_control_or_direction_characters_and_stays_as_it_is(text: str) -> None:
    clean = tidy(text)
    assert tidy(clean) == clean
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in clean)
    assert not set(clean) & set("\u202e\u2066\u200f")
    assert clean == clean.strip()


@given(texts)
def test_plain_text_cannot_become_markdown(text: str) -> None:
    shown = plain(text)
    unescaped = shown.replace("\\\\", "")
    for sign in "*_`~|<>[]()#@":
        assert all(unescaped[place - 1] == "\\" for place, found in enumerate(unescaped) if found == sign)


def test_line_breaks_stay_where_they_are_asked_for() -> None:
    assert tidy("one\n\n\n\n two  three", lines=True) == "one\n\ntwo three"
    assert tidy("one\ntwo") == "one two"


def test_emoji_that_are_joined_stay_joined() -> None:
    assert tidy("👩\u200d🏫 teaches") == "👩\u200d🏫 teaches"


def test_a_cut_falls_between_words_where_one_ends_nearby() -> None:
    assert clip("The laser cutter smells of burnt wood", 20) == "The laser cutter…"


@pytest.mark.parametrize(
    ("text", "yes"), [("ok", True), ("مرحبا", True), ("7", True), ("🎉", False), ("?!", False), ("", False)]
)
def test_letters_of_any_script_count_as_words_and_emoji_do_not(text: str, yes: bool) -> None:
    assert has_letters(text) is yes


def test_lists_and_numbers_read_as_one_says_them() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert counted(1, "resource") == "1 resource"
    assert counted(1204, "library", "libraries") == "1,204 libraries"
