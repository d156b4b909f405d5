"""Telling the organizers, once: that a place takes no more messages, and what came late after an absence.

What they are told is itself a delivery, written in the transaction that parks the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db import delivery as deliveries
from db.delivery import LAPSED, SENDING, SENT, WAITING, Delivery, Promise, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from db.engine import AsyncConnection

    Desk = Callable[[int], tuple[Way, int] | None]
    """How to reach the organizers of a server, and where; None where nobody can be reached."""

TROUBLE, AWAY = "delivery-trouble", "delivery-away"
OWN = (TROUBLE, AWAY)
GATHER = timedelta(minutes=1)
"""How long to wait before it is told, so that what else fails in the same place is in the same notice."""
_PLACES = (Way.CHANNEL, Way.FORUM)


@dataclass(frozen=True, slots=True)
class Absence:
    """From when to when (UTC) nothing could be delivered, and what came late or lapsed: numbers by kind."""

    since: datetime
    until: datetime
    late: dict[str, int]
    lapsed: dict[str, int]


class Telling:
    """Writes promises to the organizers. `late` is how many seconds count as late."""

    def __init__(self, desk: Desk, late: float) -> None:
        self._desk = desk
        self._late = late

    async def parked(self, connection: AsyncConnection, delivery: Delivery, now: datetime) -> None:
        """A delivery to a channel was parked: tell it, unless others of the same channel are parked already."""
        if delivery.way not in _PLACES or delivery.kind in OWN:
            return
        desk = self._desk(delivery.guild_id)
        if desk is None or await self._told(connection, delivery):
            return
        way, target = desk
        if target == delivery.target_id:  # the desk itself is what is closed
            return
        await deliveries.put(
            connection,
            Promise(
                TROUBLE,
                delivery.guild_id,
                _subject(delivery),
                now + GATHER,
                way,
                target,
                moment=f"{delivery.delivery_id}.{delivery.attempts}",
            ),
            now,
        )

    async def _told(self, connection: AsyncConnection, delivery: Delivery) -> bool:
        """Whether a notice about this place is on its way, or was sent since what is parked there began to be."""
        notices = await deliveries.of_subject(connection, delivery.guild_id, TROUBLE, _subject(delivery))
        if any(notice.state in (WAITING, SENDING) for notice in notices):
            return True
        told_at = [notice.settled_at for notice in notices if notice.state == SENT and notice.settled_at]
        parked = await deliveries.parked_in(connection, delivery.guild_id, delivery.target_id)
        since = [other.settled_at for other in parked if other.settled_at and other.delivery_id != delivery.delivery_id]
        return bool(told_at and since) and min(since) <= max(told_at)

    async def absent(self, connection: AsyncConnection, since: datetime, until: datetime) -> None:
        """Nothing was delivered from `since` to `until`: tell each server where something came late or lapsed."""
        settled = await deliveries.settled_between(connection, since, until)
        for guild_id in sorted({delivery.guild_id for delivery in settled if self._missed(delivery)}):
            desk = self._desk(guild_id)
            if desk is None:
                continue
            span = f"{int(since.timestamp())}-{int(until.timestamp())}"
            await deliveries.put(connection, Promise(AWAY, guild_id, span, until, *desk), until)

    def absence(self, since: datetime, until: datetime, settled: Iterable[Delivery]) -> Absence:
        """The absence in numbers, from what was settled after it."""
        missed = [delivery for delivery in settled if self._missed(delivery)]
        return Absence(
            since,
            until,
            late=_numbers(delivery for delivery in missed if delivery.state == SENT),
            lapsed=_numbers(delivery for delivery in missed if delivery.state == LAPSED),
        )

    def _missed(self, delivery: Delivery) -> bool:
        if delivery.way is Way.CHORE or delivery.kind in OWN or delivery.settled_at is None:
            return False
        late = (delivery.settled_at - delivery.due_at).total_seconds() > self._late
        return delivery.state == LAPSED or (delivery.state == SENT and late)


def _subject(delivery: Delivery) -> str:
    return f"channel:{delivery.target_id}"


def _numbers(found: Iterable[Delivery]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for delivery in found:
        numbers[delivery.kind] = numbers.get(delivery.kind, 0) + 1
    return numbers
