"""What came back from a web address, and by which way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect that was followed: the address that was asked, and its status (301, 302, 303, 307 or 308)."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer on the way.

    `hops` are the redirects before it, in order. `headers` has a few, by name in lower case. `body` holds at most as
    many bytes as were asked for, after decompression; `truncated` says that there was more.
    """

    status: int
    url_final: str
    hops: tuple[Hop, ...]
    headers: Mapping[str, str]
    body: bytes
    truncated: bool

    @property
    def downgraded(self) -> bool:
        """Whether the way led from https to http somewhere."""
        way = [hop.url for hop in self.hops] + [self.url_final]
        return any(before.startswith("https:") and not after.startswith("https:") for before, after in pairwise(way))
