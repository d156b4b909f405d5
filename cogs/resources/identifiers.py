"""Identifiers of published works: a DOI or an ISBN in the one form in which it is kept; anything else as it stands."""

from __future__ import annotations

import re

from bot.kit.errors import UserError
from bot.kit.words import clip, tidy

LONGEST = 100
"""Characters of an identifier."""

# https://www.doi.org/the-identifier/resources/handbook/2_numbering: 10.PREFIX/SUFFIX, with or without its resolver
_DOI = re.compile(r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s…]+)", re.IGNORECASE)
_ISBN = re.compile(r"isbn(?:-1[03])?:?\s*([\dx -]+)|([\d -]{9,16}[\dx])", re.IGNORECASE)
_OLD, _NEW = 10, 13


def kept(typed: str) -> str:
    """`DOI 10.1000/182`, `ISBN 9780838917398`, or what was typed where it is neither; empty where nothing was.

    Raises UserError, in words, for an ISBN whose check digit does not fit.
    """
    text = tidy(typed)
    if (found := _DOI.fullmatch(text)) and len(found[1]) <= LONGEST - 4:  # cut off it would name another work
        return f"DOI {found[1]}"
    if found := _ISBN.fullmatch(text):
        digits = re.sub(r"[ -]", "", found[1] or found[2]).upper()
        if len(digits) in (_OLD, _NEW) or found[1]:
            if not _fits(digits):
                raise UserError("One digit of that ISBN seems to be wrong. Please compare it with the one in the book.")
            return f"ISBN {digits}"
    return clip(text, LONGEST)


def _fits(digits: str) -> bool:
    """Whether the check digit fits (https://www.isbn-international.org/content/isbn-users-manual, appendix 1)."""
    if len(digits) == _NEW and digits.isdigit():
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    if len(digits) == _OLD and digits[:-1].isdigit():
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(value * (_OLD - place) for place, value in enumerate(values)) % 11 == 0
    return False
