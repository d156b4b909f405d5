"""The table of deliveries and its values. All moments are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint, text

from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

WAITING, SENDING, SENT, PARKED, LAPSED, DROPPED = "waiting", "sending", "sent", "parked", "lapsed", "dropped"
STATES = (WAITING, SENDING, SENT, PARKED, LAPSED, DROPPED)

# Written out, not bound: SQLite uses a partial index only where the query says its condition literally
# (https://sqlite.org/partialindex.html#queries_using_partial_indexes).
LIVE = text("state IN ('waiting', 'sending')")
_PARKED = text("state = 'parked'")


class Way(StrEnum):
    """How a delivery reaches its target, which is a channel, a thread, a forum or a member."""

    CHANNEL = "channel"
    """A message in a channel or a thread."""
    FORUM = "forum"
    """A new post in a forum."""
    DM = "dm"
    """A direct message, to members who asked for it."""
    PRIVATE = "private"
    """A private thread with one member, under the channel of the delivery's place."""
    NOTE = "note"
    """A private note in answer to whatever the member does next."""
    CHORE = "chore"
    """No message: work to be done."""


IN_CHANNELS = (Way.CHANNEL, Way.FORUM)
"""Ways to where several people read: what organizers may move, try again or drop. The rest is a member's own."""


delivery_table = Table(
    "delivery",
    metadata,
    Column("delivery_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("moment", String(40), nullable=False),
    Column("way", String(8), nullable=False),
    Column("target_id", BigInteger, nullable=False),
    Column("place_id", BigInteger, nullable=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("lapses_at", UtcDateTime, nullable=True),
    Column("wake_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("lease", String(32), nullable=True),
    Column("attempts", Integer, nullable=False),
    Column("first_try_at", UtcDateTime, nullable=True),
    Column("refused_at", UtcDateTime, nullable=True),
    Column("reason", String(32), nullable=False),
    Column("message_id", BigInteger, nullable=True),
    Column("channel_id", BigInteger, nullable=True),
    Column("settled_at", UtcDateTime, nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("kind", "subject", "moment", "target_id", "guild_id"),
    CheckConstraint("state IN ('waiting', 'sending', 'sent', 'parked', 'lapsed', 'dropped')", name="state"),
    CheckConstraint("way IN ('channel', 'forum', 'dm', 'private', 'note', 'chore')", name="way"),
    # What the worker asks for at every tick; it stays as small as what is still to come.
    Index("ix_delivery_live", "wake_at", sqlite_where=LIVE, postgresql_where=LIVE),
    # What a member's next interaction and a mended channel ask for.
    Index("ix_delivery_parked", "target_id", sqlite_where=_PARKED, postgresql_where=_PARKED),
    Index(None, "settled_at"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What is to be delivered. `subject` names the thing (64 characters at most), `moment` which of its times (40).

    `target_id` is Discord's number of the channel, thread, forum or member, 0 for a chore; `place_id` the channel
    under which a private thread may be made for the member. Past `lapses_at` it is no longer worth sending.
    """

    kind: str
    guild_id: int
    subject: str
    due_at: datetime
    way: Way = Way.CHORE
    target_id: int = 0
    moment: str = ""
    place_id: int | None = None
    lapses_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the table. `wake_at` is when the worker looks at it next; while it is sending, when its lease ends.

    `first_try_at` is when it may first have reached Discord, by Discord's clock; `refused_at` when Discord first said
    that the place is gone or closed; `settled_at` when it was sent, parked, lapsed or dropped.
    """

    delivery_id: int
    guild_id: int
    kind: str
    subject: str
    moment: str
    way: Way
    target_id: int
    place_id: int | None
    due_at: datetime
    lapses_at: datetime | None
    wake_at: datetime
    state: str
    lease: str | None
    attempts: int
    first_try_at: datetime | None
    refused_at: datetime | None
    reason: str
    message_id: int | None
    channel_id: int | None
    settled_at: datetime | None
    created_at: datetime


def delivery_of(row: Any) -> Delivery:
    """The row as a value."""
    return Delivery(**{**row._asdict(), "way": Way(row.way)})
