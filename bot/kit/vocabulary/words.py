"""How a text becomes words that can be compared: case, accents, hyphens and plurals stop mattering."""

from __future__ import annotations

import re
import unicodedata

BREAK = ""
"""Stands between two clauses: a phrase never reaches across it ("a laser. Cutter blades")."""

_INVISIBLE = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+")
_APOSTROPHE = re.compile(r"['\u2018\u2019\u02bc](?:s\b)?")
_DIMENSIONS = re.compile(r"\b([23])[\s-]d\b")
_WORD_OR_BREAK = re.compile(r"[^\W_]+|[.,;:!?](?=\s)|\n[ \t]*\n")

_PLURAL = re.compile(r".{2,}[^siu]s|.+ies")  # not "glass", "bus", "iris", "gas"
_PLURAL_OF_Y = re.compile(r".{2,}ies")  # not "dies"
_NOT_PLURALS = frozenset({"canvas", "electronics", "robotics"})
"""Words that mean something else without the last letter: canvas is no Canva, electronic books are no electronics."""


def fold(text: str, *, plurals: bool = False) -> list[str]:
    """The words of a text in order, made comparable, with `BREAK` where a clause ends.

    "3-D printers & Glowforge's" gives ["3d", "printer", "and", "glowforge"]; with `plurals` they stay as written.
    Any text is allowed; the time is linear in its length.
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    plain = _INVISIBLE.sub("", plain).casefold()
    plain = _DIMENSIONS.sub(r"\1d", _APOSTROPHE.sub("", plain))
    words = [word if word[0].isalnum() else BREAK for word in _WORD_OR_BREAK.findall(plain)]
    return words if plurals else [singular(word) for word in words]


def phrase(text: str) -> str:
    """A label as one comparable phrase: its folded words with single spaces, "" where it has no word at all."""
    return " ".join(word for word in fold(text) if word)


def one_word(text: str) -> str:
    """A label as it is compared when somebody writes it without spaces ("Snap Circuits": "snapcircuit")."""
    return singular("".join(fold(text, plurals=True)))


def singular(word: str) -> str:
    """The singular of a folded English word by simple rules; what has no plural form comes back as it is.

    It need not be right as English, only the same for a label and for a text.
    """
    if not _PLURAL.fullmatch(word) or word in _NOT_PLURALS:
        return word
    if _PLURAL_OF_Y.fullmatch(word):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("xes", "ches", "shes", "sses", "zzes")) else word[:-1]
