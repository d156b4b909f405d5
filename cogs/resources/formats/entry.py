"""One entry of a catalogue file, and how texts and lists of words are written into a single cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.words import tidy
from cogs.resources import terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)?10\.\d{4,9}/[^\s{}\\]+", re.IGNORECASE)
"""A DOI, bare or as a link (https://www.doi.org/doi-handbook/)."""
ISBN = re.compile(r"(?:ISBN[:\s]*)?(?:[0-9][ -]?){9}(?:(?:[0-9][ -]?){3})?[0-9X]", re.IGNORECASE)
"""An ISBN of 10 or 13 digits, with hyphens or without."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource's metadata, as Dublin Core terms and LRMI name it; texts are plain, one line each, "" where unknown.

    `kind` and `audience` are slugs of cogs.resources.terms, `tools` slugs of the vocabulary, `topics` free words
    without a semicolon, `identifier` a DOI, an ISBN or another name, `closes` an opportunity's last day.
    """

    title: str
    link: str
    description: str = ""
    kind: str = "guide"
    tools: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ("all",)
    level: str = ""
    creator: str = ""
    publisher: str = ""
    year: int | None = None
    language: str = ""
    license: str = ""
    identifier: str = ""
    closes: date | None = None


def one_line(text: str) -> str:
    """The same as `bot.kit.words.tidy`, but quick for the usual text, of which a file has tens of thousands."""
    if text.isprintable():  # no control, direction or unassigned character, and no white space but the space
        return " ".join(unicodedata.normalize("NFC", text).split())
    return tidy(text)


def split_values(cell: str) -> tuple[str, ...]:
    """The words in a cell: divided by semicolons, or else bars, line breaks or commas; each tidied and once."""
    for sign in ";|\n,":
        if sign in cell:
            return once(cell.split(sign))
    return once((cell,))


def join_values(values: Iterable[str], sign: str = "; ") -> str:
    """The words as one cell from which `split_values` gets them back; a lone "Makers, women" ends with a semicolon."""
    words = once(word.replace(";", ",") for word in values)
    cell = sign.join(words)
    return cell if split_values(cell) == words else "; ".join(words) + ";"


def split_names(creator: str) -> tuple[str, ...]:
    """The persons and bodies in a creator's text, which semicolons divide: commas belong to names."""
    return once(creator.split(";"))


def once(words: Iterable[str]) -> tuple[str, ...]:
    """The words tidied, in their order, each once, without empty ones."""
    return tuple(dict.fromkeys(word for word in map(one_line, words) if word))


def label_of(kind: str) -> str:
    """A kind's name for people; the slug itself where it is not known."""
    term = terms.kind(kind)
    return term.label if term else one_line(kind)
