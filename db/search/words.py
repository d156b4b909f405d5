"""Words of a text, as the index reads them: small letters, no accents, nothing but letters and digits."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST_CHARACTERS = 300
"""How much of a question is read; longer ones are cut."""
MOST_WORDS = 24
"""How many different words of a question are searched for."""

WORD = re.compile(r"[^\W_]+")

# English words that only hold a sentence together. What says where, when, how much or in which direction stays out of
# this list ("under", "before", "off", "dry out"): in a makerspace that is often the point of the question.
STOP_WORDS = frozenset(
    WORD.findall("""
    a am an and any are aren as at be because been being but by can could couldn d did didn do does doesn doing don
    dont for had hadn has hasn have haven having he her here hers herself him himself his how i if im in into is isn it
    its itself ive let ll m me mustn my myself of on or ought our ours ourselves re s shan she should shouldn so some
    such t than that the their theirs them themselves then there these they this those to ve was wasn we were weren
    what when where which who whom why will with won would wouldn you your yours yourself yourselves
    """)
)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """Take the accents off one character, as FTS5 does (https://sqlite.org/fts5.html#unicode61_tokenizer)."""
    parts = unicodedata.normalize("NFD", character)
    if len(parts) > 1 and unicodedata.combining(parts[1]):
        return parts[0]
    return "" if "\u0300" <= character <= "\u036f" else character


def folded(text: str) -> str:
    """Small letters without accents."""
    small = text.lower()
    return small if small.isascii() else "".join(map(_plain, small))


def words_of(text: str) -> list[str]:
    """All words of a text in their order, folded; a word that comes twice is there twice."""
    return WORD.findall(folded(text))


def words_to_find(text: str) -> list[str]:
    """The different words of a question that are worth searching for, at most MOST_WORDS.

    Stop words are dropped, unless nothing else is left.
    """
    every = list(dict.fromkeys(words_of(text[:MOST_CHARACTERS])))
    telling = [word for word in every if word not in STOP_WORDS]
    return (telling or every)[:MOST_WORDS]


def storable(text: str) -> str:
    """The text without what no database takes: NUL and halves of surrogate pairs."""
    whole = text.replace("\0", " ")
    return whole if whole.isascii() else whole.encode("utf-8", "ignore").decode("utf-8")
