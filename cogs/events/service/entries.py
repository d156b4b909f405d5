"""Events and series as the entries of a calendar file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cogs.events import wallclock
from cogs.events.ical.entry import Entry
from cogs.events.ical.writing import CANCELLED_FOR
from cogs.events.pointing import jump
from cogs.events.recurrence import Rule
from cogs.events.recurrence import Series as Dates
from db.events import CANCELLED, CHANNEL, LINK, local_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.events import Event, Plan, Series

OURS = "benchmate"


def entry_of(event: Event, *, told: bool = False, note: str = "") -> Entry:
    """An event as an entry of its own. `told` says that its reader may see a link that is hidden.

    `note` is put above what it is about.
    """
    where = _where(event.plan, event.guild_id, told=told)
    return Entry(
        uid=f"event-{event.event_id}.{event.guild_id}@{OURS}",
        title=event.plan.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        changed_at=event.changed_at,
        zone=event.plan.zone,
        version=event.sequence,
        about=_about(event.plan, note, where, event.note if event.state == CANCELLED else ""),
        place=where,
        link=_card(event),
        cancelled=event.state == CANCELLED,
    )


def entries_of(series: Series, events: Sequence[Event], now: datetime, *, told: bool = False) -> tuple[Entry, ...]:
    """A series as one entry with its rule, and one for each occurrence that differs; `events` are all it has.

    Empty for a series that never takes place.
    """
    zone = ZoneInfo(series.plan.zone)
    dates = Dates(Rule.parse(series.rule, zone), series.start_local, zone)
    if series.until_local is not None and (dates.rule.until is None or series.until_local < dates.rule.until):
        dates = replace(dates, rule=replace(dates.rule, until=series.until_local, count=None))
    first = dates.first()
    if first is None:
        return ()
    by_key = {local_of(event.occurrence_key): event for event in events if event.occurrence_key}
    last_made = max(by_key, default=first)
    gone = {key for key, event in by_key.items() if _long_off(event, now)}
    skipped = {key for key in dates.keys(first, last_made) if key not in by_key} | gone
    starts_at = wallclock.moment(first, zone)
    coming = min((event for event in events if event.ends_at > now), key=lambda event: event.starts_at, default=None)
    where = _where(series.plan, series.guild_id, told=told)
    whole = Entry(
        uid=f"series-{series.series_id}.{series.guild_id}@{OURS}",
        title=series.plan.title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=series.minutes),
        changed_at=max([series.changed_at, *(event.changed_at for event in events)]),
        zone=series.plan.zone,
        version=series.sequence + sum(event.sequence for event in events),
        about=_about(series.plan, "", where, ""),
        place=where,
        link=_card(coming) if coming is not None else _server(series.guild_id),
        rule=str(replace(dates.rule, until=None, count=None)),
        until=dates.last(),
        skipped=tuple(sorted(skipped)),
    )
    differing = [
        replace(entry_of(event, told=told), uid=whole.uid, instead_of=key, version=whole.version, zone=series.plan.zone)
        for key, event in sorted(by_key.items())
        if key not in gone and _differs(event, key, series, zone)
    ]
    return (whole, *differing)


def _long_off(event: Event, now: datetime) -> bool:
    return event.state == CANCELLED and now - event.changed_at >= CANCELLED_FOR


def _differs(event: Event, key: datetime, series: Series, zone: ZoneInfo) -> bool:
    same_time = event.starts_at == wallclock.moment(key, zone) and event.length == timedelta(minutes=series.minutes)
    said = (event.plan.title, event.plan.about, event.plan.where)
    return event.state == CANCELLED or not same_time or said != (
        series.plan.title, series.plan.about, series.plan.where
    )  # fmt: skip


def _where(plan: Plan, guild_id: int, *, told: bool) -> str:
    """Where it is, for a calendar; nothing for a link that is hidden, since its entry leads to the card."""
    if plan.where.kind == CHANNEL:
        return f"https://discord.com/channels/{guild_id}/{plan.where.channel_id}"
    return "" if plan.where.kind == LINK and plan.where.hidden and not told else plan.where.text


def _about(plan: Plan, note: str, where: str, off: str) -> str:
    hidden = plan.where.kind == LINK and plan.where.hidden and not where
    lines = (off, note, plan.about, "Open the event in Discord and press Going to get the link." if hidden else "")
    return "\n\n".join(line for line in lines if line)


def _card(event: Event) -> str:
    return jump(event) or _server(event.guild_id)


def _server(guild_id: int) -> str:
    return f"https://discord.com/channels/{guild_id}"
