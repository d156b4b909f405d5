"""Rescheduling: one occurrence of a series was changed, and the following ones, or all to come, are to follow it.

What is past stays as it was: where days or hours change, the series is parted, and the later part goes on as a series
of its own. Occurrences keep their answers, cards and threads: who goes on Tuesday goes on Wednesday when a club moves.
Dates that were changed apart from their series stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.kit.errors import GoneError, UserError
from cogs.events import recurrence, wallclock
from cogs.events.recurrence import Frequency
from cogs.events.service import telling
from cogs.events.service.editing import StaleError
from cogs.events.service.following import CARD, follow
from cogs.events.service.moving_up import move_up
from cogs.events.service.occurring import AHEAD, announce_occurrence, announced, make, pure, take_out
from cogs.events.service.planning import edited, same_place
from cogs.events.service.records import subject
from db import delivery, drafts, events
from db.events import PLANNED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from cogs.events.service.planning import Planned
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database
    from db.events import Event, Series


class Scope(StrEnum):
    """Which occurrences are to change with the one that was edited, beside itself."""

    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """The event that was edited and its series as they are now, how many dates changed, and whether people are told."""

    event: Event
    series: Series
    changed: int
    told: bool
    called_off: int = 0


class Rescheduling:
    """Changes several dates of a series at once. Whether a person may is for the caller to see."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def save(self, draft: Draft, planned: Planned, scope: Scope) -> Rescheduled:
        """Let an event and the following ones, or all to come, say what its draft says, once however often pressed.

        Raises StaleError, GoneError, and UserError where the time has passed or the days cannot be told from one date.
        """
        now = self._clock()
        async with self._database.write() as connection:
            event, series = await self._found(connection, draft, planned, now)
            await drafts.remove(connection, draft.draft_id)
            timed = bool(planned.rule) or (planned.starts_at, planned.minutes) != (event.starts_at, _minutes(event))
            rows = await self._to_come(connection, series, event, scope, now)
            if timed:
                changed, called_off = await self._reschedule(connection, event, series, planned, rows, now)
            else:
                changed, called_off = await self._replan(connection, event, series, planned, rows, scope, now), 0
            await events.lift_sequence(connection, series.series_id, sum(row.sequence for row in rows))
            found = await events.get(connection, draft.guild_id, event.event_id) or event
            series = await events.get_series(connection, draft.guild_id, found.series_id or 0) or series
            moved = found.starts_at != event.starts_at or not same_place(event.plan.where, found.plan.where)
        return Rescheduled(found, series, changed, moved, called_off)

    async def _found(
        self, connection: AsyncConnection, draft: Draft, planned: Planned, now: datetime
    ) -> tuple[Event, Series]:
        number = edited(draft)
        event = None if number is None else await events.get(connection, draft.guild_id, number)
        if event is None or await drafts.get(connection, draft.draft_id) is None:
            raise GoneError("This has been saved or thrown away already. /events shows what is coming up.")
        if str(event.version) != draft.argument.partition(".")[2]:
            raise StaleError(event)
        series = await events.get_series(connection, draft.guild_id, event.series_id or 0)
        if series is None or event.state != PLANNED or event.starts_at <= now:
            raise GoneError("This event is no longer part of a series, or has begun. /events shows what is coming up.")
        if planned.starts_at <= now:
            raise UserError("That time has passed. Press **Edit** and give a time that is still to come.")
        return event, series

    async def _to_come(
        self, connection: AsyncConnection, series: Series, event: Event, scope: Scope, now: datetime
    ) -> list[Event]:
        """The dates that change, in order of their keys, skipped ones too."""
        since = event.occurrence_key or "" if scope is Scope.FOLLOWING else ""
        rows = await events.of_series(connection, series, since=since)
        return [row for row in rows if row.starts_at > now]

    async def _replan(
        self,
        connection: AsyncConnection,
        event: Event,
        series: Series,
        planned: Planned,
        rows: Sequence[Event],
        scope: Scope,
        now: datetime,
    ) -> int:
        """Other words, another place, other hosts: at the same times, as they were reckoned so far."""
        plan = replace(planned.plan, zone=series.plan.zone, reminders=series.plan.reminders)
        if scope is Scope.ALL:
            await events.change_series(connection, series, now, plan=plan)
        else:
            key = events.local_of(event.occurrence_key or "")
            series = await self._parted(connection, series, key, replace(series, plan=plan), pure(series), now)
            await events.place_in_series(
                connection, _at(series, {row.event_id: row.occurrence_key for row in rows}), now
            )
        changed = 0
        for row in rows:
            if row.state == PLANNED and (not row.detached or row.event_id == event.event_id):
                await self._change(connection, row, planned, row.starts_at, now)
                changed += 1
        return changed

    async def _reschedule(
        self,
        connection: AsyncConnection,
        event: Event,
        series: Series,
        planned: Planned,
        rows: Sequence[Event],
        now: datetime,
    ) -> tuple[int, int]:
        """Other days or hours: the later part of the series begins anew, and its occurrences move with it."""
        zone = ZoneInfo(planned.plan.zone)
        first = events.local_of(rows[0].occurrence_key or "")
        old = pure(series)
        _, later = recurrence.parted(old, first)
        new = _moved(later, event, planned)
        horizon = wallclock.on_the_wall(now + AHEAD, zone).replace(fold=0)
        keys = [key for key in new.keys(new.start, horizon) if wallclock.moment(key, zone) > now]
        old_keys = {events.local_of(row.occurrence_key or ""): row for row in rows}
        places = recurrence.pairs(sorted(old_keys), keys)
        own = events.local_of(event.occurrence_key or "")
        wanted = wallclock.on_the_wall(planned.starts_at, zone).replace(fold=0)
        if wanted in keys and places.get(own) != wanted:  # the date that was edited stands where it was put
            places = {key: place for key, place in places.items() if place != wanted} | {own: wanted}
        plan = replace(planned.plan, reminders=series.plan.reminders)
        words = replace(series, plan=plan, minutes=planned.minutes, rule=str(new.rule), start_local=new.start)
        series = await self._parted(connection, series, first, words, old, now)
        await events.note_made(connection, series.series_id, horizon)
        alone = [row.event_id for key, row in old_keys.items() if key not in places and row.detached]
        await events.place_in_series(connection, dict.fromkeys(alone), now)
        gone = [row for key, row in old_keys.items() if key not in places and not row.detached]
        called_off = await take_out(connection, gone, None, "This date fell away when the series was changed.", now)
        moved = {old_keys[key].event_id: events.key_of(place) for key, place in places.items()}
        await events.place_in_series(connection, _at(series, moved), now)
        changed = 0
        for key, place in places.items():
            row = old_keys[key]
            if row.state == PLANNED and (not row.detached or row.event_id == event.event_id):
                await self._change(connection, row, planned, wallclock.moment(place, zone), now)
                changed += 1
        await self._fill(connection, series, [key for key in keys if key not in set(places.values())], now)
        return changed, called_off

    async def _parted(
        self,
        connection: AsyncConnection,
        series: Series,
        first: datetime,
        later: Series,
        reckoned: recurrence.Series,
        now: datetime,
    ) -> Series:
        """End a series before one of its dates, and begin the later part; the same series where nothing was before."""
        before, rest = recurrence.parted(reckoned, first)
        if before is None:
            return await events.change_series(
                connection,
                series,
                now,
                plan=later.plan,
                rule=later.rule,
                start_local=later.start_local,
                minutes=later.minutes,
            )
        last = before.rule.until
        await events.change_series(connection, series, now, rule=str(before.rule), until_local=last)
        same = later.rule == series.rule and later.start_local == series.start_local
        made = await events.add_series(
            connection,
            series.guild_id,
            later.plan,
            rule=str(rest.rule) if same else later.rule,
            start_local=first if same else later.start_local,
            minutes=later.minutes,
            by=series.made_by,
            now=now,
            split_from=series.series_id,
            channel_id=series.channel_id,
        )
        if series.made_until is not None:
            await events.note_made(connection, made.series_id, series.made_until)
        return made

    async def _change(
        self, connection: AsyncConnection, row: Event, planned: Planned, starts_at: datetime, now: datetime
    ) -> None:
        changed = await events.change(
            connection,
            row,
            now,
            plan=replace(planned.plan, reminders=row.plan.reminders),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=planned.minutes),
            detached=False,
        )
        if row.posted.message_id is None:
            return
        moved = starts_at != row.starts_at
        if moved or not same_place(row.plan.where, planned.plan.where):
            before = int(row.starts_at.timestamp()) if moved else 0
            await telling.tell_all(connection, changed, telling.MOVED, now, before)
        await move_up(connection, changed, self._servers.zone(row.guild_id), now)
        await follow(connection, changed, now)

    async def _fill(self, connection: AsyncConnection, series: Series, keys: Sequence[datetime], now: datetime) -> None:
        """Make the dates that are new, and let every card come when the date before it is over."""
        known = await events.of_series(connection, series)
        await make(connection, series, keys, min((row.ends_at for row in known), default=None), now)
        before: datetime | None = None
        for row in sorted(await events.of_series(connection, series), key=lambda one: one.starts_at):
            if row.state == PLANNED and row.posted.message_id is None:
                cards = await delivery.of_subject(connection, row.guild_id, CARD, subject(row.event_id))
                if not any(card.due_at <= now for card in cards):
                    at = max(announced(row.starts_at, before, ZoneInfo(row.plan.zone)), now)
                    await events.note_announcement(connection, row.event_id, at)
                    await announce_occurrence(connection, series, replace(row, announce_at=at), now)
            before = row.ends_at


def _at(series: Series, keys: Mapping[int, str | None]) -> dict[int, tuple[int, str] | None]:
    return {number: (series.series_id, key or "") for number, key in keys.items()}


def _minutes(event: Event) -> int:
    return int(event.length.total_seconds()) // 60


def _moved(series: recurrence.Series, event: Event, planned: Planned) -> recurrence.Series:
    """The series on its other days or hours, as one date of it tells; in the zone in which that was given.

    Its days move as far as that date did on the wall, also where the server has changed its zone in between.
    """
    zone = ZoneInfo(planned.plan.zone)
    to = wallclock.on_the_wall(planned.starts_at, zone).replace(fold=0)
    if planned.rule:
        rule = recurrence.Rule.parse(planned.rule).settled(to)
        return recurrence.Series(rule, to, zone)
    at = wallclock.on_the_wall(event.starts_at, series.zone).replace(fold=0)
    same_hour = replace(recurrence.reclocked(series, to.time()), zone=zone)
    days = (to.date() - at.date()).days
    if days == 0:
        return same_hour
    rule = _on_other_days(same_hour.rule, to, days)
    # The first date of the later part moves as far as the one that was edited: back by days, or on.
    start = same_hour.start + timedelta(days=days)
    first = recurrence.Series(replace(rule, interval=1, until=None, count=None), start - timedelta(days=6), zone)
    found = [key for key in first.keys(first.start, start + timedelta(days=62)) if key <= to]
    begin = min(found, key=lambda key: abs(key - start), default=to)
    return recurrence.Series(rule, begin, zone)


def _on_other_days(rule: recurrence.Rule, to: datetime, days: int) -> recurrence.Rule:
    if rule.frequency is Frequency.DAILY:
        return rule
    if rule.frequency is Frequency.WEEKLY:
        return replace(rule, days=tuple(sorted((0, (day + days) % 7) for _, day in rule.days)))
    if rule.frequency is Frequency.MONTHLY and len(rule.days) == 1 and not rule.positions and not rule.month_days:
        fitting = [one for one in recurrence.suggestions(to) if one.frequency is Frequency.MONTHLY]
        last = [one for one in fitting if one.days[0][0] == rule.days[0][0]]
        return replace(rule, days=(last or fitting)[0].days)
    if rule.frequency is Frequency.MONTHLY and len(rule.month_days) == 1 and not rule.days:
        return replace(rule, month_days=(to.day,))
    raise UserError(
        "I cannot tell from one date on which days the series goes on. Press **Edit** and write how it repeats, for "
        "example “every first Tuesday 3pm”; or change only this one."
    )
