"""Makes inputs: pieces of a grammar put together, or something sensible that is then damaged."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

LONGEST = 20_000
"""Characters of a text; what is larger is another test's business."""
SIGNS: tuple[str, ...] = (
    *"\0\t\n\r\x0b\x1b\x7f\x85 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "\u00a0", "\u00ad", "\u0130", "\u0131", "\u0301", "\u061c", "\u06f3", "\u0969", "\u1680", "\u180e", "\u200b",
    "\u200d", "\u200e", "\u2028", "\u2029", "\u202e", "\u2066", "\u212a", "\u2155", "\u3000", "\ufeff", "\ufffd",
    "\uff0e", "\uff11", "\uff0f", "\ufe0f", "ß", "ſ", "ﬀ", "é", "中", "🔥", "👩🏽‍🔬", "\U0001d7d8", "\U000e0041",
    "\U0010ffff", "\ue000", "\ud800", "\udfff", "'''", '"""', "%00", "%2e", "&#0;", "\r\n", "\n\n",
)  # fmt: skip
NUMBERS: tuple[str, ...] = (
    "0", "1", "-1", "00", "007", "2", "5", "12", "13", "24", "25", "29", "30", "31", "32", "59", "60", "61", "99",
    "100", "255", "256", "366", "367", "999", "1000", "1899", "1970", "2026", "2027", "2038", "2099", "2100", "5001",
    "9999", "10000", "65535", "65536", "99999", "4294967295", "4294967296", "9223372036854775807",
    "9223372036854775808", "99999999999999999999999", "1e9", "0x10", "1_000", "1.5", "-0",
)  # fmt: skip
_CORPUS = Path(__file__).parent / "corpus"
_DIGITS = re.compile(r"\d+")
_STEPS = (0, 1, 1, 1, 2, 2, 3, 5, 8)


def corpus(name: str) -> dict[str, list[str]]:
    """The texts that are kept for a target, by what they are."""
    kept: dict[str, list[str]] = json.loads((_CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return kept


@dataclass(frozen=True)
class Maker:
    """Makes texts of `pieces` with `joint` between them, and of a `corpus` of whole ones."""

    corpus: Sequence[str]
    pieces: Sequence[str]
    joint: str = " "
    whole: float = 0.6
    """How many of all begin with one of the corpus."""
    longest: int = LONGEST

    def text(self, rng: Random) -> str:
        """A text of at most `longest` characters."""
        if rng.random() < self.whole:
            text = rng.choice(self.corpus)
        else:
            text = self.joint.join(rng.choices(self.pieces, k=rng.randint(1, 12)))
        for _ in range(rng.choice(_STEPS)):
            text = rng.choice(_CHANGES)(self, rng, text)[: self.longest]
        return text


def octets(rng: Random, text: str) -> bytes:
    """A text as some program saves it; now and then with bytes that are damaged."""
    form = rng.choice(("utf-8", "utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"))
    data = bytearray(text.encode(form, "replace"))
    for _ in range(rng.choice((0, 0, 0, 0, 0, 1, 3))):
        place = rng.randrange(len(data) + 1)
        data[place : place + rng.randrange(3)] = rng.randbytes(rng.randrange(3))
    return bytes(data[: rng.randrange(len(data) + 1)] if rng.random() < 0.03 else data)


def _span(rng: Random, text: str) -> tuple[int, int]:
    start = rng.randrange(len(text) + 1)
    return start, min(len(text), start + rng.choice((1, 1, 2, 3, 5, 8, 20, 80)))


def _cut(_maker: Maker, rng: Random, text: str) -> str:
    start, end = _span(rng, text)
    return text[:start] + text[end:]


def _double(_maker: Maker, rng: Random, text: str) -> str:
    start, end = _span(rng, text)
    return text[:end] + text[start:]


def _many(maker: Maker, rng: Random, text: str) -> str:
    start, end = _span(rng, text)
    times: int = rng.choice((2, 5, 20, 100, 500))
    grown = (text[start:end] or rng.choice(maker.pieces)) * times
    return text[:start] + grown + text[end:]


def _sign(_maker: Maker, rng: Random, text: str) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice(SIGNS) + text[place + rng.randrange(2) :]


def _letter(_maker: Maker, rng: Random, text: str) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + chr(rng.choice((rng.randrange(128), rng.randrange(0x3000)))) + text[place + 1 :]


def _number(_maker: Maker, rng: Random, text: str) -> str:
    found = list(_DIGITS.finditer(text[:4_000]))
    if not found:
        return text + rng.choice(NUMBERS)
    one = rng.choice(found)
    return text[: one.start()] + rng.choice(NUMBERS) + text[one.end() :]


def _nudge(_maker: Maker, rng: Random, text: str) -> str:
    found = list(_DIGITS.finditer(text[:4_000]))
    if not found:
        return text
    one = rng.choice(found)
    nudged = str(max(0, int(one[0][:30]) + rng.choice((-1, 1, 7, 12)))).zfill(len(one[0]))
    return text[: one.start()] + nudged + text[one.end() :]


def _case(_maker: Maker, rng: Random, text: str) -> str:
    start, end = _span(rng, text)
    part = text[start:end]
    return text[:start] + rng.choice((part.upper(), part.lower(), part.swapcase())) + text[end:]


def _piece(maker: Maker, rng: Random, text: str) -> str:
    start, end = _span(rng, text)
    return text[:start] + rng.choice(maker.pieces) + text[rng.choice((start, end)) :]


def _units(maker: Maker, rng: Random, text: str) -> str:
    """Leave out, repeat, move or put in one of the parts between two joints."""
    units = text.split(maker.joint) if maker.joint else list(text) or [""]
    place, other = rng.randrange(len(units)), rng.randrange(len(units))
    match rng.randrange(5):
        case 0:
            del units[place]
        case 1:
            units.insert(other, units[place])
        case 2:
            units[place], units[other] = units[other], units[place]
        case 3:
            units.insert(place, rng.choice(maker.pieces))
        case _:
            units[place] = rng.choice(maker.pieces)
    return maker.joint.join(units)


def _splice(maker: Maker, rng: Random, text: str) -> str:
    other = rng.choice(maker.corpus)
    return text[: rng.randrange(len(text) + 1)] + other[rng.randrange(len(other) + 1) :]


_CHANGES: tuple[Callable[[Maker, Random, str], str], ...] = (
    _cut, _double, _many, _sign, _sign, _letter, _number, _number, _nudge, _case, _piece, _units, _units, _units,
    _splice,
)  # fmt: skip
