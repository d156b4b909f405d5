"""What may wait for the organizers: each room says how much of it there is, and their desk shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sort of thing that waits: what one and many of it are called, and how many there are in a server."""

    one: str
    many: str
    count: Callable[[int], Awaitable[int]]
