"""What a file says about one resource, before anything of it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_ROWS = 5_000
"""The most rows or records of one file."""
LONGEST_CELL = 4_000
"""Characters of one value that are looked at: more than any field keeps."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One row or record: its number as a person counts it, the line (from 1) where it begins, and its values.

    The keys of `values` are fields of `Entry`; of tools, topics and audience each value is one word or phrase.
    """

    number: int
    line: int
    values: Mapping[str, tuple[str, ...]]


def few(names: Sequence[str], most: int = 10) -> str:
    """The names as one says them, at most `most`: a, b and 7 more."""
    shown = names if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1:,} more"]
    return listed(list(shown))


def too_many(count: int) -> UserError:
    """The refusal of a file with `count` rows."""
    return UserError(
        f"This file has {count:,} rows; {MAX_ROWS:,} can be imported at a time. Please split it into "
        f"{-(-count // MAX_ROWS)} files and send them one after the other."
    )
