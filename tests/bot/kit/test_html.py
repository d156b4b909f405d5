from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.filenames import LONGEST, filename
from bot.kit.html import Html, element, html, is_web, link, paragraphs


def read(piece: str) -> tuple[list[tuple[str, list[tuple[str, str | None]]]], str]:
    """The elements and the text of a piece of HTML."""
    elements: list[tuple[str, list[tuple[str, str | None]]]] = []
    words: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            elements.append((tag, attrs))

        def handle_data(self, data: str) -> None:
            words.append(data)

    reader = Reader()
    reader.feed(piece)
    reader.close()
    return elements, "".join(words)


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)), st.text(alphabet="<>\"'&/= ax"))
def test_any_text_is_read_as_it_was_written_and_makes_no_element(words: str, value: str) -> None:
    elements, text = read(element("p", words, title=value))
    assert text == words
    assert elements == [("p", [("title", value)] if value else [])]


@given(st.text())
def test_any_text_at_all_makes_no_element(words: str) -> None:
    assert read(element("p", words))[0] == [("p", [])]


def test_what_is_html_already_stays_as_it_is() -> None:
    assert html("a < b ", Html("<b>"), "c") == "a &lt; b <b>c"
    assert element("p", element("b", "x"), class_="y", aria_label="z") == '<p class="y" aria-label="z"><b>x</b></p>'


def test_signs_that_turn_a_text_around_or_cannot_be_shown_are_gone() -> None:
    assert html("abc\u202edef\x00\x1b") == "abcdef"


def test_each_line_is_a_paragraph() -> None:
    assert paragraphs("one\n\n<two>\n") == "<p>one</p><p>&lt;two&gt;</p>"
    assert paragraphs(" \n ") == ""


@pytest.mark.parametrize("address", ["http://example.org", "HTTPS://example.org/a?b=%20#c", "https://[::1]:80/x"])
def test_a_link_to_the_web_can_be_pressed(address: str) -> None:
    assert is_web(address)
    assert read(link(address, "x"))[0][0][1][0] == ("href", address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "example.org", "//example.org", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x"),
        *(
            "https://",
            "http:///x",
            "http://[",
            "https://exa mple.org",
            "https://example.org/\n",
            "https://a\u202eb.org",
        ),
    ],
)
def test_anything_else_is_words(address: str) -> None:
    assert not is_web(address)
    assert link(address, "x & y") == "x &amp; y"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("NOM Libraries", "nom-libraries"),
        ("  Café  Müller & Söhne ", "cafe-muller-sohne"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "none"),
        ("COM1", "none"),
        ("図書館", "none"),
        ("🧵", "none"),
        ("", "none"),
    ],
)
def test_words_become_a_name_that_every_system_takes(words: str, name: str) -> None:
    assert filename(words, "none") == name


@given(st.text(max_size=200))
def test_a_name_is_short_and_plain_whatever_it_was(words: str) -> None:
    name = filename(words, "none")
    assert 0 < len(name) <= LONGEST
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name == name.strip("-")
