"""The occurrences of a series: which date an event stands for, when its card is due, and taking it out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from db.events.table import event_table, rsvp_table, series_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

_EVENT, _RSVP = event_table.c, rsvp_table.c


async def place_in_series(
    connection: AsyncConnection, places: Mapping[int, tuple[int, str] | None], now: datetime
) -> None:
    """Let events, by their numbers, stand for a date (its key) of a series; None takes one out of its series.

    The keys are unique in a series and may change places: so all are taken out first.
    """
    numbers = list(places)
    if not numbers:
        return
    outside = {"series_id": None, "occurrence_key": None, "changed_at": now}
    await connection.execute(update(event_table).where(_EVENT.event_id.in_(numbers)).values(**outside))
    for number, place in places.items():
        if place is not None:
            series_id, key = place
            await connection.execute(
                update(event_table).where(_EVENT.event_id == number).values(series_id=series_id, occurrence_key=key)
            )


async def lift_sequence(connection: AsyncConnection, series_id: int, lost: int) -> None:
    """Let a series' sequence rise by what its calendar entry loses with the events that leave it.

    The entry's sequence is that of the series and of all its events together; it must never fall, or programs keep the
    old dates (RFC 5545, section 3.8.7.4).
    """
    series = series_table.c
    await connection.execute(
        update(series_table).where(series.series_id == series_id).values(sequence=series.sequence + lost)
    )


async def note_announcement(connection: AsyncConnection, event_id: int, at: datetime) -> None:
    """Remember when an event's card is due; nothing that others see has changed by it."""
    await connection.execute(update(event_table).where(_EVENT.event_id == event_id).values(announce_at=at))


async def put_reminders(connection: AsyncConnection, event_id: int, reminders: str | None, now: datetime) -> None:
    """Let an event have other reminders; its version stays, since its card says the same."""
    await connection.execute(
        update(event_table).where(_EVENT.event_id == event_id).values(reminders=reminders, changed_at=now)
    )


async def note_came(connection: AsyncConnection, event_id: int, came: int | None, now: datetime) -> None:
    """Remember how many came to an event; None where nobody says so any more."""
    await connection.execute(update(event_table).where(_EVENT.event_id == event_id).values(came=came, changed_at=now))


async def remove(connection: AsyncConnection, event_id: int) -> None:
    """Take out an event that nobody has seen."""
    await connection.execute(delete(event_table).where(_EVENT.event_id == event_id))


async def answered(connection: AsyncConnection, event_ids: Sequence[int]) -> set[int]:
    """Those of some events that any member has answered, or asked to be reminded of."""
    query = select(_RSVP.event_id).where(_RSVP.event_id.in_(list(event_ids))).distinct()
    return set((await connection.execute(query)).scalars())


async def last_end(connection: AsyncConnection, series_id: int) -> datetime | None:
    """When the occurrence of a series that was made last ends; None where none was made."""
    query = select(func.max(_EVENT.ends_at)).where(_EVENT.series_id == series_id)
    found: datetime | None = (await connection.execute(query)).scalar_one_or_none()
    return found
