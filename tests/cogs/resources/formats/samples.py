"""Entries as the catalogue keeps them, with everything in them that makes a file format stumble."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from bot.kit import vocabulary
from bot.kit.errors import UserError
from bot.kit.vocabulary.words import phrase
from bot.kit.words import has_letters
from cogs.resources import links, terms
from cogs.resources.formats import Entry, Reading, read
from cogs.resources.formats.entry import one_line
from cogs.resources.limits import LONGEST_DETAIL, LONGEST_TEXT, LONGEST_TITLE

VOCABULARY = vocabulary.load()
_TOOL_NAMES = {phrase(name) for tool in VOCABULARY.tools for name in (*tool.names, tool.slug)}

NASTY = (
    'The "Quoted" Maker\'s Guide, part 1; part 2',
    "Line one\nline two\r\nline three",
    r"\emph{Laser} cutting at 100% power & more, $5 #1 for_all ~ok",
    "An unclosed { brace and } another } one",
    r"\textbackslash{} and \\ and \end{document}",
    "🔥 Fire 👩🏽‍🔬 safety — “smart” quotes… naïve café",
    '=HYPERLINK("https://evil.example","click")',
    "+1 more", "-2 less", "@home", "'=already quoted", "''-twice",
    "TY  - JOUR", "ER  - ", "@misc{key, title = {x}}",
    "a -- b --- c ``d'' !`e?`",
    "中文标题 и кириллица עברית",
)  # fmt: skip


def _kept(most: int) -> st.SearchStrategy[str]:
    """Texts as they are kept: one line, within their limit."""
    letters = st.sampled_from("abcAZ09 ,;:'\"{}\\%&$#_~^-–—`!?=+@|/()[]<>.\téñ中🔥\u200d\u0301")
    text = st.one_of(st.sampled_from(NASTY), st.text(letters, max_size=40), st.text(max_size=20))
    return text.map(one_line).filter(lambda kept: one_line(kept) == kept and len(kept) <= most)


def _creators() -> st.SearchStrategy[str]:
    names = _kept(30).map(lambda name: one_line(name.replace(";", ","))).filter(bool)
    people = st.lists(st.one_of(st.sampled_from(("Lee, Ann", "Ann and Bob", "ALA")), names), max_size=3, unique=True)
    return people.map("; ".join)


_IDENTIFIERS = ("", "10.1000/xyz_1%", "https://doi.org/10.1000/a-b", "978-0-8389-1234-5", "ERIC #7 {x}")
_topics = (
    _kept(40)
    .map(lambda word: one_line(word.replace(";", ",")))
    .filter(lambda word: bool(word) and phrase(word) not in _TOOL_NAMES)
)
_slugs = st.sampled_from([tool.slug for tool in VOCABULARY.tools])


_audiences = st.sampled_from([term.slug for term in terms.AUDIENCES])


def entries() -> st.SearchStrategy[list[Entry]]:
    """A few entries as the catalogue keeps them, with links of their own."""
    one = st.builds(
        Entry,
        title=_kept(LONGEST_TITLE).filter(has_letters),
        link=st.text("abz09AZ;_~%=&?.,-/{}", max_size=20).map(lambda path: links.checked(f"https://nom.org/{path}")),
        description=_kept(LONGEST_TEXT),
        kind=st.sampled_from([term.slug for term in terms.KINDS]),
        tools=st.lists(_slugs, max_size=3, unique=True).map(tuple),
        topics=st.lists(_topics, max_size=4, unique=True).map(tuple),
        audience=st.lists(_audiences, min_size=1, max_size=3, unique=True).map(tuple),
        level=_kept(LONGEST_DETAIL),
        creator=_creators(),
        publisher=_kept(LONGEST_DETAIL),
        year=st.none() | st.integers(1450, 2100),
        language=st.sampled_from(("", "en", "zh-Hant", "English; Spanish")),
        license=_kept(LONGEST_DETAIL),
        identifier=st.sampled_from(_IDENTIFIERS),
        closes=st.none() | st.dates(min_value=date(1900, 1, 1)),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=4, unique_by=lambda entry: links.key(entry.link))


def answered(data: bytes | str, name: str) -> Reading | str:
    """The file read, or the words that refuse it; anything else that is raised is a fault."""
    try:
        return reading(data, name)
    except UserError as refusal:
        return refusal.words


def reading(data: bytes | str, name: str = "catalogue.csv", *, latest_year: int = 2100) -> Reading:
    """The file read with the shipped vocabulary; text stands for UTF-8."""
    return read(data.encode() if isinstance(data, str) else data, name, vocabulary=VOCABULARY, latest_year=latest_year)
