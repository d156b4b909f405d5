"""Reminding: what follows from an event for its reminders, as promises in the delivery table.

`follow_reminders` belongs into the transaction of every change: what is no longer right is taken back, and what is
right is promised. The cards are drawn when their time has come, and say what is true then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError
from cogs.events import reminders
from cogs.events.service.records import number_in, subject
from db import delivery, events
from db.delivery import SENT, Promise, Way
from db.events import CANT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.kit.clock import Clock
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.events import Event, Rsvp

REMINDER, OWN_REMINDER = "event-reminder", "event-own-reminder"
"""The kinds of delivery: for everyone in the channel or thread, and for one member."""
_LIVE = (delivery.WAITING, delivery.SENDING, delivery.PARKED)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a reminder is about: which one, the event, who may be notified, and the member's answer if it is theirs.

    `taken` is how many places are taken or kept.
    """

    code: str
    event: Event
    news_role_id: int | None = None
    rsvp: Rsvp | None = None
    series: bool = False
    taken: int = 0


async def follow_reminders(connection: AsyncConnection, event: Event, now: datetime) -> None:
    """Promise the reminders of an event as it is now, and take back those that are no longer right."""
    number = subject(event.event_id)
    planned = event.state == events.PLANNED and event.ends_at > now
    known = await delivery.of_subject(connection, event.guild_id, REMINDER, number)
    wanted = await _in_channel(connection, event, known, now) if planned else []
    await _bring(connection, event, REMINDER, known, wanted, now)
    known = await delivery.of_subject(connection, event.guild_id, OWN_REMINDER, number)
    rsvps = await events.answers(connection, event.event_id) if planned else []
    await _bring(connection, event, OWN_REMINDER, known, list(_own(event, rsvps, now)), now)


async def _in_channel(
    connection: AsyncConnection, event: Event, known: Iterable[Delivery], now: datetime
) -> list[Promise]:
    posted = event.posted
    if posted.channel_id is None:
        return []
    rule = await rule_of(connection, event)
    sent = [(code_of(one), one.due_at) for one in known if one.state == SENT]
    wanted = []
    for due in reminders.in_channel(event, reminders.chosen(event.plan, rule), now):
        if due.code in reminders.ONCE and any(
            code == due.code and abs(due.at - at) < reminders.APART for code, at in sent
        ):
            continue
        in_thread = due.code == reminders.START and posted.thread_id is not None
        target = posted.thread_id if in_thread else posted.channel_id
        wanted.append(_promise(event, REMINDER, due, Way.CHANNEL, target or posted.channel_id))
    return wanted


def _own(event: Event, rsvps: Iterable[Rsvp], now: datetime) -> Iterable[Promise]:
    for rsvp in rsvps:
        if not rsvp.remind or rsvp.answer == CANT:
            continue
        for due in reminders.due(event, reminders.OWN):
            if due.at > now:
                promise = _promise(event, OWN_REMINDER, due, Way(rsvp.way or Way.PRIVATE), rsvp.user_id)
                yield replace(promise, place_id=rsvp.place_id or event.posted.channel_id)


def _promise(event: Event, kind: str, due: reminders.Due, way: Way, target: int) -> Promise:
    return Promise(
        kind=kind,
        guild_id=event.guild_id,
        subject=subject(event.event_id),
        due_at=due.at,
        way=way,
        target_id=target,
        moment=f"{due.code}-{int(event.starts_at.timestamp())}",
        lapses_at=due.lapses_at,
    )


async def _bring(
    connection: AsyncConnection,
    event: Event,
    kind: str,
    known: Iterable[Delivery],
    wanted: list[Promise],
    now: datetime,
) -> None:
    """Take back and promise only what differs: an event has hundreds of answers, and each calls for this."""
    there = {(one.moment, one.target_id): one for one in known}
    right = {(one.moment, one.target_id) for one in wanted}
    for key, one in there.items():
        if key not in right and one.state in _LIVE and one.due_at > now:
            await delivery.cancel(
                connection, event.guild_id, kind, one.subject, now, moment=one.moment, target_id=one.target_id
            )
    for promise in wanted:
        standing = there.get((promise.moment, promise.target_id))
        if standing is None or not _same(standing, promise):
            await delivery.put(connection, promise, now)


def _same(one: Delivery, promise: Promise) -> bool:
    return one.state in (delivery.WAITING, delivery.SENDING, SENT) and (
        one.due_at, one.lapses_at, one.way, one.place_id,
    ) == (promise.due_at, promise.lapses_at, promise.way, promise.place_id)  # fmt: skip


def code_of(one: Delivery) -> str:
    """Which reminder a delivery is."""
    return one.moment.partition("-")[0]


async def rule_of(connection: AsyncConnection, event: Event) -> str:
    """The RRULE of the series that an event is part of; empty for a single one."""
    if event.series_id is None:
        return ""
    series = await events.get_series(connection, event.guild_id, event.series_id)
    return series.rule if series is not None else ""


class Reminding:
    """What reminders say when their time has come, and which of them an event has."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def due(self, one: Delivery) -> Reminded | None:
        """What a reminder is about now; None where it is no longer needed."""
        async with self._database.read() as connection:
            event = await events.get(connection, one.guild_id, number_in(one.subject))
            if event is None or event.state != events.PLANNED or event.ends_at <= self._clock():
                return None
            if one.moment.partition("-")[2] != str(int(event.starts_at.timestamp())):
                return None
            if one.kind == OWN_REMINDER:
                rsvp = await events.answer_of(connection, event.event_id, one.target_id)
                if rsvp is None or not rsvp.remind or rsvp.answer == CANT:
                    return None
                return Reminded(code_of(one), event, rsvp=rsvp)
            if code_of(one) not in reminders.chosen(event.plan, await rule_of(connection, event)):
                return None
            role = await events.news_role(connection, one.guild_id)
            taken = (await events.line_of(connection, event.event_id)).taken
        return Reminded(code_of(one), event, role, series=event.series_id is not None, taken=taken)

    async def chosen(self, guild_id: int, event_id: int) -> tuple[str, ...]:
        """Which reminders an event has, the earliest first. Raises GoneError."""
        async with self._database.read() as connection:
            event = await _found(connection, guild_id, event_id)
            return reminders.chosen(event.plan, await rule_of(connection, event))

    async def choose(self, guild_id: int, event_id: int, codes: Iterable[str]) -> Event:
        """Let an event have these reminders, or none; of an occurrence, this one alone. Raises GoneError."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await _found(connection, guild_id, event_id)
            plan = replace(event.plan, reminders=reminders.packed(codes))
            await events.put_reminders(connection, event_id, plan.reminders, now)
            event = replace(event, plan=plan)
            await follow_reminders(connection, event, now)
        return event

    async def choose_for_all(self, guild_id: int, event_id: int) -> int:
        """Let all dates to come of an event's series, and those made later, have its reminders; how many there are.

        Raises GoneError where the event is of no series.
        """
        now = self._clock()
        async with self._database.write() as connection:
            event = await _found(connection, guild_id, event_id)
            series = await events.get_series(connection, guild_id, event.series_id or 0)
            if series is None:
                raise GoneError("This event is no longer part of a series. /events shows what is coming up.")
            plan = replace(series.plan, reminders=event.plan.reminders)
            await events.change_series(connection, series, now, plan=plan)
            rows = [row for row in await events.of_series(connection, series) if row.starts_at > now]
            for row in rows:
                await events.put_reminders(connection, row.event_id, event.plan.reminders, now)
                changed = replace(row, plan=replace(row.plan, reminders=event.plan.reminders))
                await follow_reminders(connection, changed, now)
        return len(rows)


async def _found(connection: AsyncConnection, guild_id: int, event_id: int) -> Event:
    event = await events.get(connection, guild_id, event_id)
    if event is None:
        raise GoneError("This event is no longer there. /events shows what is coming up.")
    return event
