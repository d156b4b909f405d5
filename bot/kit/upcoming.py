"""What comes next in a server: each room that has something to come says so, and the organizers' desk shows it.

A room registers a `Next` in `host.upcoming`: given a server's number, the next thing there, or None where none comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    Next = Callable[[int], Awaitable["Upcoming | None"]]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next thing of a room. `starts_at` sorts it among the others' (aware UTC).

    `words` is a line in Discord's markdown, with its times as Discord timestamps; it is true until `until` (aware UTC),
    and then the room is asked again.
    """

    starts_at: datetime
    words: str
    until: datetime
