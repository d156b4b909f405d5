"""Planning: from what an organizer typed to a plan in words, what to ask about it, and the event itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.kit.errors import GoneError, UserError
from bot.kit.words import clip, has_letters, tidy
from cogs.events import terms
from cogs.events.service.following import announce, follow
from cogs.events.terms import LONGEST_ABOUT, LONGEST_TITLE, MOST_HOSTS, MOST_PLACES
from cogs.events.timewords import Question, one_time, read_back, understand
from cogs.events.wallclock import on_the_wall
from cogs.events.whereabouts import typed_of, where_of
from db import drafts, events, guilds
from db.events import LINK, Plan, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database
    from db.events import Event, Template

LONGEST_TYPED = 200
CLASHES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """What a draft would become. `said` is its time in words; `doubts` are worth a look, `others` other readings.

    `rule` is an RRULE where it repeats, else empty; `clashes` happen at the same time.
    """

    plan: Plan
    starts_at: datetime
    ends_at: datetime
    said: str
    doubts: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    rule: str = ""
    past: bool = False
    clashes: tuple[Event, ...] = ()
    event_id: int | None = None
    """Which event a draft changes; None for a new one."""

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class Planning:
    """Makes events of drafts. A draft's answers: the form's fields, and what was understood or chosen."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def begun(self, guild_id: int, template: str) -> dict[str, Any]:
        """What the form begins with for a template: the server's own words, else ours."""
        kind = terms.kind(template)
        async with self._database.read() as connection:
            own = (await events.templates(connection, guild_id)).get(kind.slug)
        if own is None:
            return {"title": kind.title, "about": kind.about}
        places = str(own.places) if own.places else ""
        return {"title": own.title, "about": own.about, "where": own.where_text, "places": places}

    async def own_template(self, guild_id: int, template: str) -> Template | None:
        """What a server wants a template to begin with; None where it never said."""
        async with self._database.read() as connection:
            return (await events.templates(connection, guild_id)).get(template)

    async def minutes_of(self, guild_id: int, template: str) -> int:
        """How long an event of a template usually is."""
        own = await self.own_template(guild_id, template)
        return own.minutes if own is not None else terms.kind(template).minutes

    def typed(
        self, guild_id: int, answers: Mapping[str, Any], channels: Mapping[str, int], known: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The form's answers as they will be kept, beside what is `known` of the draft so far.

        Raises UserError, in words, for a title without a word, a time that cannot be read, a link of no use, or a
        number of places that is none.
        """
        title = clip(tidy(str(answers.get("title", ""))), LONGEST_TITLE)
        if not has_letters(title):
            raise UserError("The title needs at least one word, so that people know what it is. Please give it one.")
        about = clip(tidy(str(answers.get("about", "")), lines=True), LONGEST_ABOUT)
        where_typed, when = tidy(str(answers.get("where", ""))), tidy(str(answers.get("when", "")))
        where_of(where_typed, channels)
        kept: dict[str, Any] = {"title": title, "about": about, "where": where_typed, "when": when}
        kept["places"] = places_of(str(answers.get("places", "")))
        if when != known.get("when") or "starts_at" not in known:
            kept.update(self._time(guild_id, when))
        return kept

    def read_again(self, guild_id: int, when: str) -> dict[str, Any]:
        """What a draft keeps of another reading of its time."""
        return {"when": when, **self._time(guild_id, when)}

    def _time(self, guild_id: int, when: str) -> dict[str, Any]:
        zone = self._servers.zone(guild_id)
        found = understand(when, self._clock(), zone)
        kept: dict[str, Any] = {
            "starts_at": found.start.isoformat(),
            "zone": zone.key,
            "said": read_back(found.local, None, found.zone, found.rule),
            "rule": str(found.rule) if found.rule is not None else "",
            "doubts": [[doubt.words, doubt.other] for doubt in found.doubts if doubt.question is not Question.PAST],
        }
        if found.end is not None and found.end > found.start:
            kept["minutes"] = int((found.end - found.start).total_seconds()) // 60
        return kept

    async def planned(self, draft: Draft, channels: Mapping[str, int]) -> Planned:
        """What a draft would become now, with what to ask about it."""
        answers, now = draft.answers, self._clock()
        starts_at = datetime.fromisoformat(answers["starts_at"])
        ends_at = starts_at + timedelta(minutes=int(answers["minutes"]))
        event_id = edited(draft)
        async with self._database.read() as connection:
            at_that_time = await events.between(connection, draft.guild_id, starts_at, ends_at)
        return Planned(
            plan=self._plan(draft, channels),
            starts_at=starts_at,
            ends_at=ends_at,
            said=answers["said"],
            doubts=tuple(words for words, _ in answers.get("doubts", ())),
            others=tuple(other for _, other in answers.get("doubts", ()) if other),
            rule=answers.get("rule", ""),
            past=starts_at <= now,
            clashes=tuple(event for event in at_that_time if event.event_id != event_id)[:CLASHES_SHOWN],
            event_id=event_id,
        )

    def _plan(self, draft: Draft, channels: Mapping[str, int]) -> Plan:
        answers = draft.answers
        where = where_of(answers.get("where", ""), channels, hidden=bool(answers.get("hidden")))
        return Plan(
            title=answers["title"],
            zone=answers["zone"],
            template=terms.kind(answers.get("template", terms.OWN)).slug,
            about=answers.get("about", ""),
            where=where if where.kind == LINK else replace(where, hidden=False),
            places=answers.get("places"),
            reminders=answers.get("reminders"),
            hosts=tuple(int(number) for number in answers.get("hosts", ()))[:MOST_HOSTS],
        )

    async def post(self, draft: Draft, channels: Mapping[str, int], channel_id: int) -> Event:
        """Make an event of a draft, once however often it is pressed; its card goes to a channel.

        Raises GoneError where it was posted already, UserError where its time has passed meanwhile.
        """
        now = self._clock()
        async with self._database.write() as connection:
            newest = await _newest(connection, draft)
            planned = replace(await self._ready(newest, now), plan=self._plan(newest, channels))
            await guilds.see(connection, draft.guild_id, now)
            await drafts.remove(connection, draft.draft_id)
            event = await events.add(
                connection,
                draft.guild_id,
                planned.plan,
                planned.starts_at,
                planned.ends_at,
                by=draft.user_id,
                now=now,
                announce_at=now,
            )
            await announce(connection, event, channel_id, now)
            await follow(connection, event, now)
        return event

    async def _ready(self, draft: Draft, now: datetime) -> Planned:
        answers = draft.answers
        starts_at = datetime.fromisoformat(answers["starts_at"])
        if starts_at <= now:
            raise UserError("That time has passed. Press **Edit** and give a time that is still to come.")
        ends_at = starts_at + timedelta(minutes=int(answers["minutes"]))
        return Planned(Plan("", answers["zone"]), starts_at, ends_at, answers["said"])


async def _newest(connection: AsyncConnection, draft: Draft) -> Draft:
    newest = await drafts.get(connection, draft.draft_id)
    if newest is None:
        raise GoneError("This has been posted or thrown away already. /events shows what is coming up.")
    return newest


def edited(draft: Draft) -> int | None:
    """The number of the event that a draft changes; None where it makes a new one."""
    number, _, version = draft.argument.partition(".")
    return int(number) if version and number.isdigit() else None


def answers_of(event: Event) -> dict[str, Any]:
    """An event as a draft's answers, so that the same preview and form can change it."""
    plan, zone = event.plan, ZoneInfo(event.plan.zone)
    local, end = on_the_wall(event.starts_at, zone), on_the_wall(event.ends_at, zone)
    return {
        "title": plan.title,
        "about": plan.about,
        "when": one_time(local, end, zone),
        "where": typed_of(plan.where),
        "places": plan.places,
        "template": plan.template,
        "hosts": [str(host) for host in plan.hosts],
        "hidden": plan.where.hidden,
        "reminders": plan.reminders,
        "starts_at": event.starts_at.isoformat(),
        "minutes": int(event.length.total_seconds()) // 60,
        "zone": plan.zone,
        "said": one_time(local, None, zone),
        "rule": "",
        "doubts": [],
    }


def filled(answers: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's answers as the form's fields show them."""
    return {**answers, "places": str(answers["places"]) if answers.get("places") else ""}


def places_of(typed: str) -> int | None:
    """How many places were typed; None for no limit. Raises UserError, in words, for what is no number."""
    text = tidy(typed).replace(",", "")
    if not text or text.casefold() in ("no limit", "unlimited", "all", "any", "-"):
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_PLACES):
        raise UserError(
            f"The number of places should be a number such as 30, up to {MOST_PLACES:,}; or leave it empty where "
            "everyone can come."
        )
    return int(text)


def same_place(one: Where, other: Where) -> bool:
    """Whether two events are at the same place, hidden or not."""
    return (one.kind, one.text, one.channel_id) == (other.kind, other.text, other.channel_id)
