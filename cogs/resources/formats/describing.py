"""From what a file says about a resource to an entry of the catalogue: limits kept, words matched, doubts told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.vocabulary.words import phrase
from bot.kit.words import clip, counted, has_letters, plain
from cogs.resources import links, terms
from cogs.resources.formats.dates import day_in, year_in
from cogs.resources.formats.entry import Entry, label_of, one_line, split_names
from cogs.resources.formats.raw import LONGEST_CELL, few
from cogs.resources.limits import (
    LONGEST_DETAIL,
    LONGEST_LANGUAGE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    OLDEST_YEAR,
    TOPICS_AT_MOST,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.kit.vocabulary import Vocabulary
    from cogs.resources.formats.raw import Raw


# What reference managers call the same: Zotero's item types, RIS's and BibTeX's types
_TAKEN_AS = {
    "research": "journalarticle journal article conferencepaper inproceedings thesis phdthesis mastersthesis preprint "
    "techreport jour ejour mgzn conf cpaper thes rprt unpb",
    "dataset": "data",
    "vendor-manual": "manual",
    "policy": "stand",
}
_SLUGS = {word: slug for slug, words in _TAKEN_AS.items() for word in words.split()}
# ... and what says nothing about the kind
_SAYS_NOTHING = (
    "webpage misc online electronic elec website blogpost blog document generic gen book booklet booksection video "
    "videorecording presentation icomm link resource other"
)
_SILENT = frozenset(_SAYS_NOTHING.split())
_MOST_WORDS = 50  # of one row's list, so that no file makes the matching slow

_KINDS = {phrase(name): term.slug for term in terms.KINDS for name in (term.slug, term.label)}
_AUDIENCES = {phrase(name): term.slug for term in terms.AUDIENCES for name in (term.slug, term.label)}


class Describer:
    """Makes entries of one file's rows; its matches are remembered, since words come again and again."""

    def __init__(self, vocabulary: Vocabulary, *, noun: str, latest_year: int) -> None:
        self.noun = noun
        self._vocabulary = vocabulary
        self._latest_year = latest_year
        self._names = _names_of(vocabulary)
        self._kinds, self._audiences = _KINDS, _AUDIENCES
        self._phrases: dict[str, str] = {}
        self._found: dict[str, tuple[str, ...]] = {}

    def guessed(self, raw: Raw) -> frozenset[str]:
        """What of its entry the row does not say itself: a kind or an audience that is only a fair guess."""
        no_kind = self._said_kind(raw) is None
        no_audience = not any(self._audiences.get(self._phrase(word)) for word in raw.values.get("audience", ()))
        return frozenset({"kind"} if no_kind else ()) | frozenset({"audience"} if no_audience else ())

    def describe(self, raw: Raw) -> tuple[Entry | None, tuple[str, ...]]:
        """The entry, or None where the row has no usable link or title; and what a librarian should know of it."""
        remarks: list[str] = []
        link = self._link(raw, remarks)
        title = self._text(raw, "title", LONGEST_TITLE, remarks)
        if not has_letters(title):
            fault = "has no letter in it" if title else "is missing"
            remarks.append(f"the title {fault}, so this {self.noun.lower()} would be left out.")
            link = ""
        if not link:
            return None, self._named(raw, remarks)
        tools, topics = self._subjects(raw, remarks)
        entry = Entry(
            title=title,
            link=link,
            description=self._text(raw, "description", LONGEST_TEXT, remarks),
            kind=self._kind(raw, title, remarks),
            tools=tools,
            topics=topics,
            audience=self._audience(raw, remarks),
            level=self._text(raw, "level", LONGEST_DETAIL, remarks),
            creator=self._creator(raw, remarks),
            publisher=self._text(raw, "publisher", LONGEST_DETAIL, remarks),
            year=self._year(raw, remarks),
            language=self._text(raw, "language", LONGEST_LANGUAGE, remarks),
            license=self._text(raw, "license", LONGEST_DETAIL, remarks),
            identifier=self._text(raw, "identifier", LONGEST_DETAIL, remarks),
            closes=self._closes(raw, remarks),
        )
        return entry, self._named(raw, remarks)

    def _named(self, raw: Raw, remarks: list[str]) -> tuple[str, ...]:
        return tuple(f"{self.noun} {raw.number}: {remark}" for remark in remarks)

    def _link(self, raw: Raw, remarks: list[str]) -> str:
        """The link as it is kept; "" and a remark where it cannot be."""
        given = next(iter(raw.values.get("link", ())), "")[:LONGEST_CELL]
        if not one_line(given).strip("<> "):
            remarks.append(f"the link is missing, so this {self.noun.lower()} would be left out.")
            return ""
        try:
            return links.checked(given)
        except UserError as reason:
            remarks.append(
                f'the link "{plain(given, 60)}" cannot be used, so this {self.noun.lower()} would be left out. '
                f"{reason.words}"
            )
            return ""

    def _text(self, raw: Raw, field: str, limit: int, remarks: list[str]) -> str:
        """The first value that says something, tidied and cut."""
        return self._cut(next(iter(raw.values.get(field, ())), ""), field, limit, remarks)

    def _cut(self, value: str, field: str, limit: int, remarks: list[str]) -> str:
        text = one_line(value[:LONGEST_CELL])
        if len(text) > limit:
            remarks.append(f"the {field} is longer than {limit} characters, so the end of it would be cut.")
        return clip(text, limit)

    def _creator(self, raw: Raw, remarks: list[str]) -> str:
        names = "; ".join(raw.values.get("creator", ()))[:LONGEST_CELL]
        return self._cut("; ".join(split_names(names)), "creator", LONGEST_DETAIL, remarks)

    def _phrase(self, word: str) -> str:
        known = self._phrases.get(word)
        return self._phrases.setdefault(word, phrase(word)) if known is None else known

    def _said_kind(self, raw: Raw) -> str | None:
        """The kind that the row names, as ours; None where it names none that can be told."""
        given = raw.values.get("kind", ())
        for word in given:
            if known := self._kinds.get(self._phrase(word)):
                return known
        for word in given:
            taken = _SLUGS.get(_squeezed(word)) or terms.guess_kind(word)
            if taken != "guide" and terms.kind(taken):
                return taken
        return None

    def _kind(self, raw: Raw, title: str, remarks: list[str]) -> str:
        said = self._said_kind(raw)
        if said is not None:
            return said
        guess = terms.guess_kind(title)
        strange = [word for word in raw.values.get("kind", ()) if _squeezed(word) not in _SILENT]
        if strange:
            remarks.append(f'the kind "{plain(strange[0], 40)}" is not one of ours, so it would be {label_of(guess)}.')
        return guess

    def _subjects(self, raw: Raw, remarks: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Slugs of tools, and other words: in a column of tools a word may name one, elsewhere it must be its name."""
        tools: list[str] = []
        topics: list[str] = []
        strange: list[str] = []
        for word in raw.values.get("tools", ())[:_MOST_WORDS]:
            found = self._found.get(word)
            if found is None:
                exact = self._names.get(self._phrase(word))
                found = (exact,) if exact else tuple(tool.slug for tool in self._vocabulary.find(word))
                self._found[word] = found
            tools += found
            if not found:
                strange.append(word)
        if strange:
            remarks.append(f"not in the list of tools, so it would be kept as a topic: {_cited(strange)}.")
            topics += strange
        for word in raw.values.get("topics", ())[:_MOST_WORDS]:
            exact = self._names.get(self._phrase(word))
            (tools if exact else topics).append(exact or word)
        kept = tuple(dict.fromkeys(clip(word, LONGEST_TOPIC) for word in topics))
        if len(kept) > TOPICS_AT_MOST:
            remarks.append(f"of {counted(len(kept), 'topic')} the first {TOPICS_AT_MOST} would be kept.")
        return tuple(dict.fromkeys(tools)), kept[:TOPICS_AT_MOST]

    def _audience(self, raw: Raw, remarks: list[str]) -> tuple[str, ...]:
        given = raw.values.get("audience", ())[:_MOST_WORDS]
        found = {word: self._audiences.get(self._phrase(word)) for word in given}
        strange = [word for word, slug in found.items() if slug is None]
        if strange:
            remarks.append(f"not one of our audiences, so it would be left out: {_cited(strange)}.")
        return tuple(dict.fromkeys(slug for slug in found.values() if slug)) or ("all",)

    def _year(self, raw: Raw, remarks: list[str]) -> int | None:
        given = raw.values.get("year", ())
        years = (year_in(text[:LONGEST_CELL], oldest=OLDEST_YEAR, latest=self._latest_year) for text in given)
        found = next((year for year in years if year), None)
        if given and found is None:
            remarks.append(f'no year was found in "{plain(given[0], 40)}", so it would be left open.')
        return found

    def _closes(self, raw: Raw, remarks: list[str]) -> date | None:
        given = next(iter(raw.values.get("closes", ())), "")[:LONGEST_DETAIL]
        found = day_in(given)
        if given and found is None:
            remarks.append(
                f'no day was found in "{plain(given, 40)}", so it would have no closing date. Write it as 2026-03-01.'
            )
        return found


@lru_cache(maxsize=1)
def _names_of(vocabulary: Vocabulary) -> Mapping[str, str]:
    """The slug of each tool by all its names: the same for every file."""
    return {phrase(name): tool.slug for tool in vocabulary.tools for name in (*tool.names, tool.slug)}


def _cited(words: list[str]) -> str:
    return few([f'"{plain(word, 40)}"' for word in words], most=4)


def _squeezed(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())
