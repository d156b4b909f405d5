"""What an organizer takes away of events: tables, a calendar, agendas, and how many came; nobody's name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.kit.handover import File, Handover, json_file
from bot.kit.spreadsheets import csv_file
from bot.kit.words import counted, plain
from cogs.events import terms
from cogs.events.ical.entry import Calendar
from cogs.events.ical.writing import write
from cogs.events.pointing import jump
from cogs.events.service.repeating import in_words
from cogs.events.service.serving import entries_here
from cogs.events.webpage import chapters
from db import events
from db.events import CANT, CHANNEL, GOING, LINK, MAYBE, OFFERED, WAITING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.kit.handover import Community
    from db.engine import AsyncConnection
    from db.events import Event, Plan, Question, Series

BEGINNING, END = datetime(2015, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Discord began in 2015; nothing of ours is older."""
HIDDEN = "shown in Discord to those who go"
_HEAD = (
    *("number", "title", "kind", "starts", "ends", "time zone", "where", "places", "state", "note", "series"),
    *("going", "maybe", "can't come", "in line", "came"),
)


async def files(connection: AsyncConnection, community: Community) -> AsyncIterator[File]:
    """The events as a table, as JSON with their series and agendas, as a calendar; the agendas to read."""
    found = await events.between(connection, community.guild_id, BEGINNING, END, cancelled=True)
    counts = await events.counts_here(connection, community.guild_id)
    agendas = await events.agendas(connection, community.guild_id)
    series = await events.every_series(connection, community.guild_id, ended=True)
    rows = (_row(event, counts.get(event.event_id, {}), community) for event in found)
    yield File(
        "events/events.csv",
        csv_file(_HEAD, rows),
        f"all events, past and to come, with how many said what, for spreadsheets; times in {community.zone.key}",
        counted(len(found), "event"),
    )
    templates = await events.templates(connection, community.guild_id)
    whole = {
        "events": [
            _described(event, counts.get(event.event_id, {}), agendas.get(event.event_id, ())) for event in found
        ],
        "series": [_series(one) for one in series],
        # Where they usually take place is left out: it may be a link that is for those who go.
        "templates": [
            {"kind": slug, "title": one.title, "about": one.about, "minutes": one.minutes, "places": one.places}
            for slug, one in sorted(templates.items())
        ],
    }
    yield File("events/events.json", json_file(whole), "the same for programs, with series, templates and agendas")
    entries = await entries_here(connection, community.guild_id, BEGINNING, community.now)
    yield File(
        "events/calendar.ics",
        write(Calendar(community.name, entries)).content,
        "all of it as a calendar (iCalendar), for Google, Outlook, Apple and others",
    )
    if agendas:
        asked = _agendas([event for event in found if event.event_id in agendas], agendas, community)
        total = sum(len(questions) for questions in agendas.values())
        yield File("events/agendas.md", asked, "what people put on the agendas", counted(total, "agenda question"))


def _where(plan: Plan, guild_id: int) -> str:
    if plan.where.kind == CHANNEL:
        return f"https://discord.com/channels/{guild_id}/{plan.where.channel_id}"
    return HIDDEN if plan.where.kind == LINK and plan.where.hidden else plan.where.text


def _row(event: Event, counts: dict[str, int], community: Community) -> Sequence[object]:
    plan = event.plan
    in_line = counts.get(WAITING, 0) + counts.get(OFFERED, 0)
    return (
        event.event_id,
        plan.title,
        terms.kind(plan.template).label,
        community.local(event.starts_at),
        community.local(event.ends_at),
        community.zone.key,
        _where(plan, event.guild_id),
        plan.places,
        event.state,
        event.note,
        event.series_id,
        *(counts.get(answer, 0) for answer in (GOING, MAYBE, CANT)),
        in_line,
        event.came,
    )


def _plan(plan: Plan, guild_id: int) -> dict[str, Any]:
    return {
        "title": plan.title,
        "kind": terms.kind(plan.template).label,
        "about": plan.about,
        "zone": plan.zone,
        "where": _where(plan, guild_id),
        "places": plan.places,
    }


def _described(event: Event, counts: dict[str, int], agenda: Sequence[Question]) -> dict[str, Any]:
    return {
        "number": event.event_id,
        **_plan(event.plan, event.guild_id),
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "state": event.state,
        "note": event.note,
        "series": event.series_id,
        "in_discord": jump(event),
        "answers": {answer: counts[answer] for answer in (GOING, MAYBE, CANT, WAITING, OFFERED) if answer in counts},
        "came": event.came,
        "agenda": [{"text": one.text, "asked_at": one.at, "answered_at": one.answered_at} for one in agenda],
    }


def _series(series: Series) -> dict[str, Any]:
    return {
        "number": series.series_id,
        **_plan(series.plan, series.guild_id),
        "repeats": in_words(series),
        "rule": series.rule,
        "first_local": series.start_local,
        "until_local": series.until_local,
        "minutes": series.minutes,
        "ended_at": series.ended_at,
    }


def _agendas(found: Sequence[Event], agendas: dict[int, list[Question]], community: Community) -> bytes:
    lines = ["# Agendas"]
    for event in found:
        lines += [
            "",
            f"## {plain(event.plan.title)}",
            "",
            f"{community.local(event.starts_at)} ({community.zone.key})",
            "",
        ]
        lines += [
            f"- {plain(one.text)}{'' if one.answered_at is None else ' (answered)'}" for one in agendas[event.event_id]
        ]
    return ("\n".join(lines) + "\n").encode()


HANDOVER = Handover(
    "Events",
    files,
    (
        (
            "who said Going and who came; these are counts, since a folder like this is passed on. A host gets the "
            "names of one event in Discord, with **Who comes, as CSV**."
        ),
        "links that are shown to those who go, and who hosts.",
    ),
    chapters,
)
