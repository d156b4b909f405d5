"""`benchmate deliveries`: what is due, parked and lapsed, in words; and what a caretaker can do about it.

It works on the database alone, also while the bot runs: the bot takes up what was changed within a minute. What a
message says is never shown.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.words import counted
from db import delivery as deliveries
from db.condition import file_of
from db.delivery import DROPPED, LAPSED, PARKED, SENDING, SENT, WAITING, Delivery, Way
from db.engine import Database
from db.faults import StorageFault
from db.migrations import HEAD, known_revisions, newer, revision

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence
    from datetime import datetime

    from db.engine import AsyncConnection

SHOWN = (WAITING, SENT, PARKED, LAPSED, DROPPED)
"""The states that can be asked for; what is being sent right now counts as waiting."""
LATELY = timedelta(days=7)
ANOTHER_CHANCE = timedelta(days=1)
"""How long what a person tries again may be sent, however late it is already."""

WHY = {
    "": "",
    "busy": "Discord asked me to slow down",
    "too-slow": "Discord did not answer in time",
    "unreachable": "Discord could not be reached",
    "outage": "Discord had trouble of its own",
    "storage": "the database could not be written; the log says why",
    "token": "Discord does not take my token; put a new one into DISCORD_TOKEN and start me again",
    "too-many": "Discord allows no more of these for now",
    "fault": "a fault of my own; the log says more",
    "cannot-draw": "a fault of my own, each time I tried; the log says more",
    "refused": "Discord does not take this message; the log says more",
    "channel-gone": "the channel is no longer there; an organizer can choose another one, on the card I sent them",
    "channel-closed": "I may not write there; an organizer can allow View Channel and Send Messages, then retry",
    "server-gone": "I am no longer in that server",
    "member-gone": "the member's account is no longer there",
    "closed-dms": "the member takes no direct messages from me; I use a private thread or note",
    "no-history": "it may be there already, but I cannot look; allow Read Message History there, then retry",
    "history-long": "it may be there already, but too much was said since; look there, then retry or drop",
    "not-a-forum": "the channel is not a forum, and this is a forum post",
    "no-place": "there is no text channel in which I could open a private thread",
    "next-time": "shown to the member the next time they use me",
    "too-late": "it came too late to be of use",
    "not-needed": "nobody needed it any more",
    "cancelled": "what it was about was called off or moved",
    deliveries.GIVEN_UP: "somebody let it go",
}
"""What each reason code of the engine means, for whoever looks after the bot."""

_SOON = "within a minute where the bot runs, else at its next start."
_SETTLED = {SENT: "was sent", PARKED: "is parked", LAPSED: "lapsed", DROPPED: "was dropped"}
_HEAD = ("number", "kind", "server", "where", "due (UTC)", "state", "why")
_NO_DATABASE = "There is no database yet. It is made at the first start; type: benchmate run"
_NOT_UP_TO_DATE = "The database is from another version. Bring it up to date; type: benchmate migrate"
_WAIT = "I am being set up right now. Please try again later."


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database as it stands; nothing is made or brought up to date. Raises StorageFault, in words."""
    if not _is_there(url):
        raise StorageFault(_NO_DATABASE, _WAIT)
    database = await Database.open(url)
    try:
        found = await revision(database)
        if found is not None and found not in known_revisions():
            raise StorageFault(newer(found), _WAIT)
        if found != HEAD:
            raise StorageFault(_NO_DATABASE if found is None else _NOT_UP_TO_DATE, _WAIT)
        yield database
    finally:
        await database.close()


def _is_there(url: str) -> bool:
    """Whether the file is there; opening the database would make it."""
    file = file_of(url)
    return file is None or file.exists()


async def overview(database: Database, now: datetime, *, state: str | None = None, limit: int = 20) -> str:
    """How many there are, and at most `limit` of each sort: due, parked and lapsed in a week, or those in `state`."""
    async with database.read() as connection:
        numbers = await deliveries.counts(connection, now)
        found = await _of(connection, state, limit) if state else await _pressing(connection, now, limit)
    to_come = numbers.by_state.get(WAITING, 0) + numbers.by_state.get(SENDING, 0)
    counts = {"due now": numbers.due, WAITING: to_come - numbers.due}
    counts |= {each: numbers.by_state.get(each, 0) for each in (SENT, PARKED, LAPSED, DROPPED)}
    parts = ["\n".join(f"{name:8} {number:9,}" for name, number in counts.items())]
    if found:
        parts.append(_table([_HEAD, *(_cells(delivery, now) for delivery in found)]))
    else:
        parts.append(f"None is {state}." if state else "None is due or parked, and none has lapsed lately.")
    if any(delivery.state in (PARKED, LAPSED) for delivery in found):
        parts.append("To try again: benchmate deliveries retry NUMBER. To let go: benchmate deliveries drop NUMBER.")
    return "\n\n".join(parts)


async def _of(connection: AsyncConnection, state: str, limit: int) -> list[Delivery]:
    if state == WAITING:
        return await deliveries.page(connection, (WAITING, SENDING), limit=limit)
    return await deliveries.page(connection, (state,), limit=limit, newest=True)


async def _pressing(connection: AsyncConnection, now: datetime, limit: int) -> list[Delivery]:
    due = [delivery for delivery in await _of(connection, WAITING, limit) if delivery.due_at <= now]
    lapsed = [
        delivery
        for delivery in await _of(connection, LAPSED, limit)
        if delivery.settled_at is not None and delivery.settled_at > now - LATELY
    ]
    return [*due, *await _of(connection, PARKED, limit), *lapsed]


def _cells(delivery: Delivery, now: datetime) -> tuple[str, ...]:
    state = delivery.state
    if state == SENDING:
        state = "on its way"
    elif state == WAITING and delivery.due_at <= now:
        state = "due"
    return (
        str(delivery.delivery_id),
        delivery.kind,
        str(delivery.guild_id or "-"),
        _where(delivery),
        _moment(delivery.due_at),
        state,
        _why(delivery),
    )


def _where(delivery: Delivery) -> str:
    if delivery.way is Way.CHORE:
        return "chore"
    place = "channel" if delivery.way in (Way.CHANNEL, Way.FORUM) else "member"
    return f"{place} {delivery.target_id}"


def _why(delivery: Delivery) -> str:
    words = [WHY.get(delivery.reason, delivery.reason.replace("-", " "))]
    if delivery.state == WAITING and delivery.wake_at > delivery.due_at:
        words.append(f"next try {_moment(delivery.wake_at)}")
    if delivery.settled_at is not None:
        words.append(
            f"since {_moment(delivery.settled_at)}"
            if delivery.state == PARKED
            else f"on {_moment(delivery.settled_at)}"
        )
    return "; ".join(word for word in words if word)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


async def retry(database: Database, now: datetime, numbers: Iterable[int]) -> tuple[list[str], list[str]]:
    """Try these again, if they are parked or lapsed; what was done, and which are not there, in sentences."""
    done, missing = [], []
    async with database.write() as connection:
        await deliveries.leave_checkpoints(connection)
        for number in dict.fromkeys(numbers):
            delivery = await deliveries.find(connection, number)
            if delivery is None:
                missing.append(f"There is no delivery {number}.")
            elif delivery.state == PARKED and delivery.way is Way.NOTE:
                done.append(f"{number} waits until its member uses Benchmate next; there is nothing to try before.")
            elif await deliveries.revive(connection, [number], now, lapses_at=now + ANOTHER_CHANCE):
                done.append(f"{number} is tried again: {_SOON}")
            elif delivery.state in _SETTLED:
                done.append(f"{number} {_SETTLED[delivery.state]} already; there is nothing to try.")
            else:
                done.append(f"{number} waits already; it is tried at {_moment(delivery.wake_at)} UTC.")
    return done, missing


async def retry_parked(database: Database, now: datetime) -> str:
    """Try all that is parked again; what was done, in a sentence."""
    async with database.write() as connection:
        await deliveries.leave_checkpoints(connection)
        again = await deliveries.revive_parked(connection, now, lapses_at=now + ANOTHER_CHANCE)
    if not again:
        return "Nothing is parked that could be tried again."
    return f"{counted(again, 'delivery is', 'deliveries are')} tried again: {_SOON}"


async def drop(database: Database, now: datetime, numbers: Iterable[int]) -> tuple[list[str], list[str]]:
    """Drop these, if they wait or are parked; what was done, and which are not there, in sentences."""
    done, missing = [], []
    async with database.write() as connection:
        await deliveries.leave_checkpoints(connection)
        for number in dict.fromkeys(numbers):
            delivery = await deliveries.find(connection, number)
            if delivery is None:
                missing.append(f"There is no delivery {number}.")
            elif not await deliveries.call_off(connection, [number], now):
                done.append(f"{number} {_SETTLED[delivery.state]} already; there is nothing to drop.")
            elif delivery.state == SENDING:
                done.append(f"{number} is dropped; it was on its way, so it may still arrive.")
            else:
                done.append(f"{number} is dropped.")
    return done, missing
