"""What events keep about one person: their answers, what they host, and what they made or cancelled as organizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from db.events.agenda import question_table, quiet_table
from db.events.table import event_table, host_table, rsvp_table, series_host_table, series_table, template_table
from db.personal import NOBODY, here, listed

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_EVENT, _SERIES, _RSVP = event_table.c, series_table.c, rsvp_table.c

COLUMNS = (
    "event.made_by",
    "event.cancelled_by",
    "event_series.made_by",
    "event_host.user_id",
    "event_series_host.user_id",
    "event_rsvp.user_id",
    "event_template.changed_by",
    "event_question.user_id",
    "event_quiet.user_id",
)
"""The columns that hold people's numbers."""


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """All of it, by what the person did."""
    there = here(_EVENT.guild_id, guild_id)
    said = (_RSVP.answer, _RSVP.name, _RSVP.at, _RSVP.offered_until, _RSVP.remind, _RSVP.way)
    named = (_EVENT.guild_id, _EVENT.title, _EVENT.starts_at)
    series = (_SERIES.guild_id, _SERIES.title, _SERIES.rule)
    template, asked = template_table.c, question_table.c
    queries = {
        "answers": select(*named, *said).join(rsvp_table).where(_RSVP.user_id == user_id, there),
        "questions": select(*named, asked.text, asked.named, asked.at.label("asked_at"), asked.answered_at)
        .join(question_table)
        .where(asked.user_id == user_id, there),
        "wants_no_card_after_events": select(quiet_table.c.guild_id).where(
            quiet_table.c.user_id == user_id, here(quiet_table.c.guild_id, guild_id)
        ),
        "hosted": select(*named).join(host_table).where(host_table.c.user_id == user_id, there),
        "posted": select(*named, _EVENT.made_at).where(_EVENT.made_by == user_id, there),
        "cancelled": select(*named, _EVENT.note).where(_EVENT.cancelled_by == user_id, there),
        "series_hosted": select(*series)
        .join(series_host_table)
        .where(series_host_table.c.user_id == user_id, here(_SERIES.guild_id, guild_id)),
        "series_made": select(*series, _SERIES.made_at).where(
            _SERIES.made_by == user_id, here(_SERIES.guild_id, guild_id)
        ),
        "templates_changed": select(template.guild_id, template.template, template.changed_at).where(
            template.changed_by == user_id, here(template.guild_id, guild_id)
        ),
    }
    return {name: await listed(connection, query) for name, query in queries.items()}


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Delete a person's answers and questions, and take them from the hosts; what they posted keeps no number."""
    events = select(_EVENT.event_id).where(here(_EVENT.guild_id, guild_id))
    series = select(_SERIES.series_id).where(here(_SERIES.guild_id, guild_id))
    for table, key, scope in (
        (rsvp_table, _RSVP.event_id, events),
        (question_table, question_table.c.event_id, events),
        (host_table, host_table.c.event_id, events),
        (series_host_table, series_host_table.c.series_id, series),
    ):
        await connection.execute(delete(table).where(table.c.user_id == user_id, key.in_(scope)))
    quiet = quiet_table.c
    await connection.execute(delete(quiet_table).where(quiet.user_id == user_id, here(quiet.guild_id, guild_id)))
    template = template_table.c
    for column, guild, nobody in (
        (_EVENT.made_by, _EVENT.guild_id, NOBODY),
        (_EVENT.cancelled_by, _EVENT.guild_id, None),
        (_SERIES.made_by, _SERIES.guild_id, NOBODY),
        (template.changed_by, template.guild_id, NOBODY),
    ):
        await connection.execute(
            update(column.table).where(column == user_id, here(guild, guild_id)).values({column.name: nobody})
        )
