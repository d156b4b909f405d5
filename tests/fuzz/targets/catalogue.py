"""Catalogues as files: CSV from anywhere, and RIS, BibTeX and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit import vocabulary
from bot.kit.words import has_letters
from cogs.resources import links, terms
from cogs.resources.formats import MAX_ROWS, Entry, Reading, read, to_bibtex, to_csv, to_json, to_ris
from cogs.resources.formats.entry import one_line
from cogs.resources.limits import (
    LONGEST_DETAIL,
    LONGEST_LANGUAGE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    OLDEST_YEAR,
    TOPICS_AT_MOST,
)
from tests.fuzz.making import Maker, corpus, octets
from tests.fuzz.target import Target, accepted, holds

if TYPE_CHECKING:
    from random import Random

TOOLS = vocabulary.load()
LATEST = 2031
_SLUGS = {tool.slug for tool in TOOLS.tools}
_KINDS = {term.slug for term in terms.KINDS}
_AUDIENCES = {term.slug for term in terms.AUDIENCES}
_LIMITS = {
    "title": LONGEST_TITLE,
    "description": LONGEST_TEXT,
    "level": LONGEST_DETAIL,
    "creator": LONGEST_DETAIL,
    "publisher": LONGEST_DETAIL,
    "language": LONGEST_LANGUAGE,
    "license": LONGEST_DETAIL,
    "identifier": LONGEST_DETAIL,
    "link": links.LONGEST,
}
_KNOWN = corpus("catalogue")
_MAKERS = (
    ("a.csv", Maker(_KNOWN["tables"], _KNOWN["cells"], joint=",", whole=0.9)),
    ("a.tsv", Maker(_KNOWN["tables"], _KNOWN["cells"], joint="\t", whole=0.9)),
    ("table", Maker(_KNOWN["tables"], _KNOWN["cells"], joint="\n", whole=0.9)),
    ("a.ris", Maker(_KNOWN["ris"], _KNOWN["tags"], joint="\n", whole=0.9)),
    ("a.bib", Maker(_KNOWN["bibtex"], _KNOWN["tex"], joint=",", whole=0.9)),
    ("a.json", Maker(_KNOWN["json"], _KNOWN["values"], joint=",", whole=0.9)),
)
_WRITERS = {"a.csv": to_csv, "a.ris": to_ris, "a.bib": to_bibtex, "a.json": to_json}


def _draw(rng: Random) -> bytes:
    """The file's name, a line feed, and the file."""
    name, maker = rng.choice((*_MAKERS[:3], *_MAKERS))
    if rng.random() < 0.02:
        name = rng.choice((*(name for name, _ in _MAKERS), "a.xlsx", "a.", "b.csv.exe", ".csv", "ä.TXT"))
    return name.encode() + b"\n" + octets(rng, maker.text(rng))


def _check(data: bytes) -> bool:
    name, _, content = data.partition(b"\n")
    return accepted(lambda: _read(content, name.decode("utf-8", "replace")))


def _read(content: bytes, name: str) -> None:
    found = read(content, name, vocabulary=TOOLS, latest_year=LATEST)
    holds(0 < len(found.rows) <= MAX_ROWS, "there are rows, and not too many", len(found.rows))
    for row in found.rows:
        holds(all(0 < len(remark) <= 1_000 for remark in row.remarks), "a remark is short", row.remarks)
        holds(row.entry is not None or bool(row.remarks), "who is left out is told why", row)
    holds(all(0 < len(note) <= 1_000 for note in found.notes), "a note is short", found.notes)
    entries = list(found.entries)
    holds(len({links.key(entry.link) for entry in entries}) == len(entries), "no link twice", len(entries))
    for entry in entries:
        _kept(entry)
    if entries:
        for kind, write in _WRITERS.items():
            _comes_back(kind, write(entries), entries)


def _kept(entry: Entry) -> None:
    """Nothing in an entry is beyond what is kept."""
    for name, limit in _LIMITS.items():
        value = getattr(entry, name)
        holds(len(value) <= limit and value == one_line(value), f"the {name} is one short line", value)
    holds(has_letters(entry.title), "a title has letters", entry.title)
    holds(links.checked(entry.link) == entry.link, "the link is one that is kept", entry.link)
    holds(entry.kind in _KINDS and set(entry.tools) <= _SLUGS, "words are ours", entry.kind, entry.tools)
    holds(bool(entry.audience) and set(entry.audience) <= _AUDIENCES, "audiences are ours", entry.audience)
    topics = entry.topics
    holds(len(set(topics)) == len(topics) <= TOPICS_AT_MOST, "a few topics, each once", topics)
    holds(all(0 < len(topic) <= LONGEST_TOPIC and topic == one_line(topic) for topic in topics), "short topics", topics)
    holds(entry.year is None or OLDEST_YEAR <= entry.year <= LATEST, "a year that can be", entry.year)


def _comes_back(kind: str, written: bytes, entries: list[Entry]) -> None:
    again: Reading = read(written, kind, vocabulary=TOOLS, latest_year=LATEST)
    holds(list(again.entries) == entries, f"what is written as {kind} is read as the same", again.entries, entries)


TARGET = Target("catalogue", 80, _draw, _check)
