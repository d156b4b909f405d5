"""What is tried: how a case is drawn, and what must hold for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

LONGEST_WORDS = 1_500
"""Characters of a refusal: it must fit a card with whatever else is on it."""


class BrokenError(AssertionError):
    """A property that does not hold."""


@dataclass(frozen=True)
class Target:
    """One reader. `share` is its part of a thousand cases.

    `draw` makes the bytes of a case; `check` reads them, and says whether they were accepted (else they were refused in
    words). Whatever it raises is a fault, BrokenError among it.
    """

    name: str
    share: int
    draw: Callable[[Random], bytes]
    check: Callable[[bytes], bool]


def holds(so: bool, what: str, *found: object) -> None:
    """Raise BrokenError with `what` was promised, and what was found instead, unless it is so."""
    if not so:
        raise BrokenError(f"{what}: {' / '.join(map(ascii, found))}"[:2_000])


def accepted(read: Callable[[], None]) -> bool:
    """Whether `read` goes through; False where it raises UserError, whose words must be fit to be shown."""
    try:
        read()
    except UserError as refusal:
        fit_to_show(refusal.words)
        return False
    return True


def fit_to_show(words: str) -> None:
    """Raise BrokenError for a refusal that says nothing, too much, or shows the machine behind it."""
    holds(0 < len(words) <= LONGEST_WORDS, "a refusal has words, and not too many", len(words), words[:200])
    holds(words[-1] in ".!?”)", "a refusal is a sentence", words[-80:])
    holds("Traceback" not in words and "object at 0x" not in words, "a refusal is for people", words)


def text_of(data: bytes) -> str:
    """The text of a case; half of a pair of surrogates may be in it, as JSON lets through."""
    return data.decode("utf-8", "surrogatepass")


def case_of(text: str) -> bytes:
    """A text as the bytes of a case."""
    return text.encode("utf-8", "surrogatepass")
