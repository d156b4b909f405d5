"""Events as values, and how they come out of their tables' rows. All moments are UTC."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.events.table import LOCAL, OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Where:
    """Where an event is: `LINK` and `PLACE` say it in `text`, `CHANNEL` has its number. `hidden`: for those who go."""

    kind: str = OPEN
    text: str = ""
    channel_id: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a series and each of its events say alike. `zone` is an IANA name.

    `template` is a slug, `title` 100 characters at most. `places` is None where there is no limit, else 1 or more.
    `reminders` names the reminders in the channel, separated by spaces; None for the usual ones, empty for none.
    """

    title: str
    zone: str
    template: str = "own"
    about: str = ""
    where: Where = Where()
    places: int | None = None
    reminders: str | None = None
    hosts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Native:
    """The scheduled event of Discord's own beside one of ours.

    `said` is what was put into it last, as JSON, `off` that the organizers want none.
    """

    native_id: int | None = None
    said: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """Where an event's card stands, and its thread; None as long as there is none."""

    channel_id: int | None = None
    message_id: int | None = None
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an imported event comes from: the calendar's number, its UID there, its RECURRENCE-ID there."""

    source_id: int
    uid: str
    recurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a server: one of its own, or an occurrence of a series.

    `occurrence_key` is the local start that the series' rule gave it (`LOCAL`), which stays when it is moved.
    `detached` says that it was changed apart from its series. `announce_at` is when its card is due (None: never).
    `came` is how many came, where a host said so; nobody's name is kept with it.
    `sequence` rises with every change that calendars must see, `version` with every change.
    """

    event_id: int
    guild_id: int
    plan: Plan
    starts_at: datetime
    ends_at: datetime
    state: str
    made_by: int
    made_at: datetime
    changed_at: datetime
    series_id: int | None = None
    occurrence_key: str | None = None
    detached: bool = False
    note: str = ""
    cancelled_by: int | None = None
    announce_at: datetime | None = None
    came: int | None = None
    sequence: int = 0
    version: int = 1
    posted: Posted = Posted()
    native: Native = Native()
    source: Source | None = None

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Series:
    """A series: its rule is an RRULE without DTSTART, expanded in the local time of the plan's zone.

    `start_local` is the first start (naive, local), `until_local` the last one that may be (None: for ever);
    `made_until` up to which local start occurrences have been made. `split_from` is the series it once was part of,
    `channel_id` the channel in which its cards are posted.
    """

    series_id: int
    guild_id: int
    plan: Plan
    rule: str
    start_local: datetime
    minutes: int
    made_by: int
    made_at: datetime
    changed_at: datetime
    until_local: datetime | None = None
    made_until: datetime | None = None
    split_from: int | None = None
    channel_id: int | None = None
    ended_at: datetime | None = None
    sequence: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Rsvp:
    """A member's answer to an event; empty where they only want to be reminded.

    `line` is their place in line (the smaller the earlier) while they wait; `passed` says that they let an offer pass.
    `offered_until` is until when a place is kept for them. `remind` is whether they pressed **Remind me**; `way` how
    they want to be told (a `Way` of db.delivery, empty where they have not said), `place_id` the channel for a private
    thread. `name` is what they were called when they answered.
    """

    event_id: int
    user_id: int
    answer: str
    name: str
    at: datetime
    line: int | None = None
    passed: bool = False
    offered_until: datetime | None = None
    remind: bool = False
    way: str = ""
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """What a server wants a template to begin with."""

    template: str
    title: str
    about: str
    minutes: int
    where_text: str = ""
    places: int | None = None


def plan_of(row: Any, hosts: Sequence[int]) -> Plan:
    """What a row of either table plans."""
    where = Where(row.where_kind, row.where_text, row.where_id, row.link_hidden)
    return Plan(
        title=row.title,
        zone=row.zone,
        template=row.template,
        about=row.about,
        where=where,
        places=row.places,
        reminders=row.reminders,
        hosts=tuple(hosts),
    )


def columns_of(plan: Plan) -> dict[str, Any]:
    """The columns of a plan, to be inserted or updated; its hosts have a table of their own."""
    return {
        "template": plan.template,
        "title": plan.title,
        "about": plan.about,
        "zone": plan.zone,
        "where_kind": plan.where.kind,
        "where_text": plan.where.text,
        "where_id": plan.where.channel_id,
        "link_hidden": plan.where.hidden,
        "places": plan.places,
        "reminders": plan.reminders,
    }


_EVENT_PLAIN = tuple(field.name for field in fields(Event) if field.name not in ("plan", "posted", "native", "source"))
_SERIES_PLAIN = tuple(
    field.name for field in fields(Series) if field.name not in ("plan", "start_local", "until_local", "made_until")
)


def event_of(row: Any, hosts: Sequence[int] = ()) -> Event:
    """The row as a value, with its hosts."""
    source = None
    if row.source_id is not None:
        source = Source(row.source_id, row.source_uid or "", row.source_recurrence or None)
    return Event(
        **{name: getattr(row, name) for name in _EVENT_PLAIN},
        plan=plan_of(row, hosts),
        posted=Posted(row.channel_id, row.message_id, row.thread_id),
        native=Native(row.native_id, row.native_said, row.native_off),
        source=source,
    )


def series_of(row: Any, hosts: Sequence[int] = ()) -> Series:
    """The row as a value, with its hosts."""
    return Series(
        **{name: getattr(row, name) for name in _SERIES_PLAIN},
        plan=plan_of(row, hosts),
        start_local=local_of(row.start_local),
        until_local=local_of(row.until_local) if row.until_local else None,
        made_until=local_of(row.made_until) if row.made_until else None,
    )


def rsvp_of(row: Any) -> Rsvp:
    """The row as a value."""
    return Rsvp(**{field.name: getattr(row, field.name) for field in fields(Rsvp)})


def local_of(text: str) -> datetime:
    """A local time as it is written in the tables, naive. Raises ValueError."""
    return datetime.fromisoformat(text)


def key_of(local: datetime) -> str:
    """A naive local time as it is written in the tables."""
    return local.strftime(LOCAL)
