"""Who was asked for something lately, by any of the rooms: read from what each of them keeps of it anyway.

A room asks before it asks (bot.kit.asking), so that nobody is asked for things twice a week.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, true

from db.delivery.table import SENDING, SENT, WAITING, delivery_table
from db.people.table import profile_table
from db.questions.table import question_table

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from db.engine import AsyncConnection

HELPER = "question-ask"
"""A question that is brought to a helper; how many of these they get a week is their own choice."""
CHECK_INS = ("mentor-check-in", "mentor-closing")
AGAIN = "mentor-proposal-again"
PROPOSALS = ("mentor-proposal", AGAIN, "mentor-circle")
"""These come whenever a round brings them, to who signed up for it; others wait for them, they wait for nobody."""
AFTER = "event-after"
"""Promised long before, with its event; whether its host may be asked is seen when it is due."""
ASKING = (HELPER, *CHECK_INS, *PROPOSALS, AFTER)
"""The kinds of delivery that ask the member whom they go to."""


async def asked_since(
    connection: AsyncConnection,
    guild_id: int,
    user_ids: Collection[int],
    since: datetime,
    *,
    but_kind: str = "",
    but: int | None = None,
) -> dict[int, list[datetime]]:
    """For each of these members the moments after `since` at which they were, or will be, asked for something.

    `but_kind` leaves out a kind of delivery. `but` is the delivery that wants to know: of those that are being sent in
    this very moment, the one that was promised first has its way.
    """
    found: dict[int, list[datetime]] = {number: [] for number in user_ids}
    table = delivery_table.c
    kinds = [kind for kind in ASKING if kind != but_kind]
    query = select(table.target_id, func.coalesce(table.settled_at, table.due_at)).where(
        table.guild_id == guild_id,
        table.kind.in_(kinds),
        table.target_id.in_(found),
        or_(
            and_(table.state == SENT, table.settled_at > since),
            and_(table.state == WAITING, table.kind.not_in((AFTER, AGAIN))),
            and_(table.state == SENDING, true() if but is None else table.delivery_id < but),
        ),
    )
    for user_id, moment in await connection.execute(query):
        found[user_id].append(moment)
    asked = question_table.c
    for user_id, moment in await connection.execute(
        select(asked.asker_id, asked.solved_asked_at).where(
            asked.guild_id == guild_id, asked.asker_id.in_(found), asked.solved_asked_at > since
        )
    ):
        found[user_id].append(moment)
    people = profile_table.c
    for user_id, moment in await connection.execute(
        select(people.user_id, people.asked_at).where(
            people.guild_id == guild_id, people.user_id.in_(found), people.asked_at > since
        )
    ):
        found[user_id].append(moment)
    return found
