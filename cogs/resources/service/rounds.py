"""Rounds: when the links of a server are looked at, and which ones in which slice.

The daily round takes a seventh of the catalogue; an organizer may ask for one over all of it. Each slice is a chore of
the delivery table and promises the next one. The functions belong into a transaction.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from cogs.resources.checking.outcomes import host_of
from db import delivery, resources
from db.delivery import Promise

if TYPE_CHECKING:
    from db.delivery import Delivery
    from db.engine import AsyncConnection
    from db.resources import Candidate

CHECK = "check-links"
"""The chore. Its subject is the round; its moment the round's beginning, and after a point the number of the slice."""
DAILY, ASKED = "daily", "asked"
A_SLICE = 50
"""Links in a slice at most."""
AT_A_HOST = 10
"""Of one host in a slice at most, so that a slow one takes up little of it."""
WITNESSES = 2
"""Hosts in a slice that are known to answer, where there are any."""
FEWEST_A_DAY = 20
WITHIN_DAYS = 7
MORE_FOR_FAILURES = 1.5
"""A day takes half as many again as a seventh, for those that are looked at again because they failed."""
NEXT_SLICE = timedelta(minutes=1)
OFFLINE_FOR = timedelta(hours=1)
"""How long to wait where nobody could be reached."""
AFRESH = timedelta(hours=6)
"""What was looked at so lately is not looked at again because someone asks."""
GIVES_UP = timedelta(days=1)
"""After that a round that was asked for ends, done or not: the daily one goes on."""
_CANDIDATES = 1_000
_SOON = timedelta(days=2)
_DAYS_TRIED = 31


async def chosen(connection: AsyncConnection, chore: Delivery, now: datetime) -> tuple[list[Candidate], bool]:
    """The links of a slice, of each host a few; and whether witnesses are among them.

    Witnesses answered when they were last looked at and are not due. They come along where what is due has failed
    before, so that one can tell whether we are online at all.
    """
    room = A_SLICE if chore.subject == ASKED else min(A_SLICE, await _left_today(connection, chore.guild_id, now))
    due = await _due(connection, chore, now, _CANDIDATES) if room > 0 else []
    taken: list[Candidate] = []
    hosts: Counter[str] = Counter()
    for one in due:
        host = host_of(one.link)
        if len(taken) < room and hosts[host] < AT_A_HOST:
            hosts[host] += 1
            taken.append(one)
    sure = {host_of(one.link) for one in taken if one.known and one.known.answered_on and not one.known.failures}
    witnesses: list[Candidate] = []
    if taken and len(sure) < WITNESSES:
        for one in await resources.answering_links(connection, chore.guild_id, _CANDIDATES):
            host = host_of(one.link)
            if len(sure) < WITNESSES and host not in hosts:
                hosts[host] += 1
                sure.add(host)
                witnesses.append(one)
    return taken + witnesses, bool(witnesses)


async def _due(connection: AsyncConnection, chore: Delivery, now: datetime, limit: int) -> list[Candidate]:
    since = begun(chore) - AFRESH if chore.subject == ASKED else None
    return await resources.due_links(connection, chore.guild_id, now, since=since, limit=limit)


async def _left_today(connection: AsyncConnection, guild_id: int, now: datetime) -> int:
    """How many links the daily round may still look at on this day, so that the whole is spread over a week."""
    total = await resources.count_published(connection, guild_id)
    a_day = max(FEWEST_A_DAY, int(total * MORE_FOR_FAILURES / WITHIN_DAYS) + 1)
    return a_day - await resources.count_looked_at(connection, guild_id, _midnight(now), now)


def begun(chore: Delivery) -> datetime:
    """When the round began that a slice belongs to (UTC), the daily one at midnight; long ago where it does not say."""
    with suppress(ValueError):
        return datetime.fromisoformat(chore.moment.rpartition(".")[0]).replace(tzinfo=UTC)
    return datetime(1970, 1, 2, tzinfo=UTC)


async def anything_to_ask(connection: AsyncConnection, guild_id: int, now: datetime) -> bool:
    """Whether there is a link that was not looked at lately."""
    return bool(await resources.due_links(connection, guild_id, now, since=now - AFRESH, limit=1))


async def to_come(connection: AsyncConnection, guild_id: int, subject: str, now: datetime) -> Delivery | None:
    """The slice of a round that is under way or comes soon; what a jump of the clock put far away is none."""
    promises = await delivery.of_subject(connection, guild_id, CHECK, subject)
    live = (one for one in promises if one.state in (delivery.WAITING, delivery.SENDING))
    return next((one for one in live if one.due_at <= now + _SOON), None)


async def promise_asked(connection: AsyncConnection, guild_id: int, now: datetime) -> None:
    """Begin a round over all links at once."""
    await _promise(connection, guild_id, ASKED, f"{now:%Y-%m-%dT%H:%M:%S}.0", now, now)


async def promise_next(connection: AsyncConnection, chore: Delivery, now: datetime, *, offline: bool) -> None:
    """Promise what comes after a slice: the next one while there is more to do, tomorrow's for the daily round.

    Nothing where it was cancelled meanwhile, because the server was left.
    """
    current = await delivery.find(connection, chore.delivery_id)
    if current is not None and current.state == delivery.DROPPED:
        return
    guild_id, later = chore.guild_id, now + (OFFLINE_FOR if offline else NEXT_SLICE)
    beginning, _, part = chore.moment.rpartition(".")
    following = f"{beginning}.{int(part) + 1 if part.isdigit() else 1}"
    more = offline or bool(await _due(connection, chore, now, 1))
    if chore.subject == ASKED:
        if more and later < begun(chore) + GIVES_UP:
            await _promise(connection, guild_id, ASKED, following, later, now)
    elif more and _midnight(later) == begun(chore) and await _left_today(connection, guild_id, now) > 0:
        await _promise(connection, guild_id, DAILY, following, later, now)
    else:
        await promise_tomorrow(connection, guild_id, now, after=chore.delivery_id)


async def promise_tomorrow(connection: AsyncConnection, guild_id: int, now: datetime, *, after: int = 0) -> None:
    """Promise the daily round, at a time of day of the server's own, so that servers do not all come at once.

    Where the clock was put back, tomorrow's may be done already, or be the slice `after` which it is to come: then the
    first day that is free.
    """
    time_of_day = timedelta(seconds=(guild_id >> 22) % 86_400)
    for days in range(1, _DAYS_TRIED):
        due_at = _midnight(now) + timedelta(days=days) + time_of_day
        number = await _promise(connection, guild_id, DAILY, f"{due_at:%Y-%m-%d}.0", due_at, now)
        promised = await delivery.find(connection, number)
        if number != after and promised is not None and promised.state in (delivery.WAITING, delivery.SENDING):
            return


async def _promise(
    connection: AsyncConnection, guild_id: int, subject: str, moment: str, due_at: datetime, now: datetime
) -> int:
    return await delivery.put(connection, Promise(CHECK, guild_id, subject, due_at, moment=moment), now)


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)
