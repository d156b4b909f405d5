"""What a room tells the delivery worker: for each kind of delivery, how it is drawn when its time has come.

The promise itself is a row (db.delivery), written in the transaction of the change that causes it. Its card is drawn
when it is sent, so that it shows what is true then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import timedelta

    import discord

    from db.delivery import Delivery
    from db.engine import AsyncConnection

    Renderer = Callable[[Delivery], Awaitable["Letter | None"]]
    Work = Callable[[Delivery], Awaitable[None]]
    Placed = Callable[[AsyncConnection, Delivery], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Letter:
    """A card ready to be sent, and who may be notified by it: only members and roles that asked for it.

    `title` (100 characters at most) and `tags` (numbers, five at most) are for a forum post. `files` are names and
    contents that the card shows as `attachment://name`.
    """

    view: discord.ui.LayoutView
    members: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    title: str = ""
    tags: tuple[int, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of delivery. A room registers it under `name`, which stays the same for ever (32 characters at most).

    `one` and `many` are what organizers call it ("reminder", "reminders"). Just one of `render` and `work` is given:
    `render` draws the card, or returns None where it is no longer needed; `work` does a chore, and must bear being
    done twice. `patience` is how late it is still worth sending (None: however late); after that it lapses, and the
    organizers are told. `says_late` adds a line to a card that comes late. `stands` keeps its rows for good,
    for a message that is edited as long as it stands. `placed` hears, in the transaction that marks it, where the
    message stands now (`message_id`, `channel_id`: for a forum post its first message, and the post itself).
    """

    name: str
    one: str
    many: str
    render: Renderer | None = None
    work: Work | None = None
    patience: timedelta | None = None
    says_late: bool = True
    stands: bool = False
    placed: Placed | None = None
