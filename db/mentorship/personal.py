"""What mentoring keeps about one person: listed for them, and deleted.

Whoever goes leaves people behind who wait for them. So a deletion ends their pairs and promises a chore that tells the
others and looks for someone else.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select, update

from db import delivery
from db.delivery import Promise
from db.mentorship import joining, leaving, pairing, proposing
from db.mentorship.tables import (
    check_in_table,
    closing_table,
    draft_table,
    exclusion_table,
    meeting_table,
    member_table,
    pair_mentee_table,
    pair_table,
    proposal_table,
    question_table,
    round_member_table,
    round_table,
    topic_table,
)
from db.mentorship.values import GONE, MENTEE, MENTOR
from db.personal import NOBODY, here, listed
from db.setup import setup_table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ScalarSelect, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from db.mentorship.values import Proposal

_M, _X, _R, _D = member_table.c, exclusion_table.c, round_table.c, draft_table.c
NEWS = "mentor-news"
"""The kind of delivery by which a member hears what changed for them."""
TO_MENTOR = "mentor:"
"""How the subject of a search begins that looks for mentees; the others look for a mentor."""
NEXT, AFTER = "mentor-next", "mentor-after"
"""Kinds of delivery, chores both: look for another mentor for "mentee:N"; see to whom an ended "pair:N" left."""

COLUMNS = (
    "mentoring_member.user_id",
    "mentoring_exclusion.user_id",
    "mentoring_exclusion.excluded_user_id",
    "mentoring_round.opened_by",
    "mentoring_round.approved_by",
    "mentoring_draft.run_by",
)
"""The columns that hold people's numbers."""


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """All that they said and did. Whom they excluded is theirs to see; who excluded them is only counted as theirs."""
    return {name: await listed(connection, query) for name, query in _queries(guild_id, user_id).items()}


def _queries(guild_id: int | None, user_id: int) -> dict[str, Select[Any]]:
    scope = (_M.user_id == user_id, here(_M.guild_id, guild_id))
    mine: ScalarSelect[int] = select(_M.member_no).where(*scope).scalar_subquery()
    member = [column for column in member_table.c if column.name != "member_no"]
    proposals, questions, pairs = proposal_table.c, question_table.c, pair_table.c
    side = or_(proposals.mentor_no.in_(mine), proposals.mentee_no.in_(mine))
    asked = question_table.join(proposal_table, proposals.proposal_id == questions.proposal_id)
    inside = select(pair_mentee_table.c.pair_id).where(pair_mentee_table.c.member_no.in_(mine))
    here_rounds = here(_R.guild_id, guild_id)
    return {
        "member": select(*member).where(*scope),
        "topics": select(topic_table.c.side, topic_table.c.topic).where(topic_table.c.member_no.in_(mine)),
        "excluded": select(_X.guild_id, _X.excluded_user_id, _X.created_at).where(
            _X.user_id == user_id, here(_X.guild_id, guild_id)
        ),
        "signed_up": select(_R.guild_id, _R.name, round_member_table.c.signed_up_at)
        .join(round_member_table, round_member_table.c.round_id == _R.round_id)
        .where(round_member_table.c.member_no.in_(mine)),
        "proposals": select(
            proposals.guild_id, proposals.state, proposals.reasons, proposals.proposed_at, proposals.settled_at
        ).where(side),
        "declined": select(proposals.guild_id, proposals.why_not, proposals.settled_at).where(
            or_(
                (proposals.mentor_no.in_(mine)) & (proposals.said_no == MENTOR),
                (proposals.mentee_no.in_(mine)) & (proposals.said_no == MENTEE),
            )
        ),
        "questions": select(questions.side, questions.question, questions.asked_at, questions.answer)
        .select_from(asked)
        .where(side),
        "pairs": select(pairs.guild_id, pairs.state, pairs.how, pairs.started_at, pairs.met_at, pairs.ended_at).where(
            or_(pairs.mentor_no.in_(mine), pairs.pair_id.in_(inside))
        ),
        "check_ins": select(check_in_table.c.week, check_in_table.c.answer, check_in_table.c.answered_at).where(
            check_in_table.c.member_no.in_(mine)
        ),
        "closings": select(
            *(column for column in closing_table.c if column.name not in ("pair_id", "member_no"))
        ).where(closing_table.c.member_no.in_(mine)),
        "meetings": select(meeting_table.c.starts_at, meeting_table.c.agreed_at).where(
            meeting_table.c.suggested_no.in_(mine)
        ),
        "rounds_opened": select(_R.guild_id, _R.name, _R.opened_at).where(_R.opened_by == user_id, here_rounds),
        "rounds_approved": select(_R.guild_id, _R.name, _R.starts_at).where(_R.approved_by == user_id, here_rounds),
        "drafts_run": select(_R.guild_id, _R.name, _D.run_at)
        .join(draft_table, _D.round_id == _R.round_id)
        .where(_D.run_by == user_id, here_rounds),
    }


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int, now: datetime) -> None:
    """Delete what was theirs, end their pairs, and promise that whom they leave behind hears of it."""
    scope = (_M.user_id == user_id, here(_M.guild_id, guild_id))
    numbers = list((await connection.execute(select(_M.member_no).where(*scope))).scalars())
    for number in numbers:
        await _leave_behind(connection, number, user_id, now)
    await connection.execute(delete(member_table).where(*scope))
    await connection.execute(delete(exclusion_table).where(_X.user_id == user_id, here(_X.guild_id, guild_id)))
    await connection.execute(
        update(exclusion_table)
        .where(_X.excluded_user_id == user_id, here(_X.guild_id, guild_id))
        .values(excluded_user_id=NOBODY, mark=joining.marked(user_id))
    )
    for column in (_R.opened_by, _R.approved_by):
        await connection.execute(
            update(round_table).where(column == user_id, here(_R.guild_id, guild_id)).values({column.name: None})
        )
    rounds = select(_R.round_id).where(here(_R.guild_id, guild_id))
    await connection.execute(
        update(draft_table).where(_D.run_by == user_id, _D.round_id.in_(rounds)).values(run_by=None)
    )


async def _leave_behind(connection: AsyncConnection, member_no: int, user_id: int, now: datetime) -> None:
    for proposal in await proposing.live_of(connection, member_no):
        if proposal.mentee_no != member_no:
            await _promise(connection, proposal.guild_id, NEXT, f"mentee:{proposal.mentee_no}", now)
        elif proposal.state == MENTEE:
            await _free_again(connection, proposal, now)
    for pair in await pairing.pairs_of(connection, member_no):
        if await leaving.goes_on(connection, pair, member_no):
            await leaving.let_out(connection, pair, member_no, user_id, now)
        else:
            await pairing.end_pair(connection, pair.pair_id, GONE, now)
            await _promise(connection, pair.guild_id, AFTER, f"pair:{pair.pair_id}", now)


async def _free_again(connection: AsyncConnection, proposal: Proposal, now: datetime) -> None:
    """Let the mentor hear that somebody they said yes to does not come, and look for another mentee."""
    mentor = await joining.member(connection, proposal.mentor_no)
    if mentor is None or mentor.left_at is not None:
        return
    place = select(setup_table.c.mentoring_id).where(setup_table.c.guild_id == mentor.guild_id)
    news = Promise(
        NEWS,
        mentor.guild_id,
        f"member:{mentor.member_no}",
        now,
        mentor.reach,
        mentor.user_id,
        moment=f"not-now:{proposal.proposal_id}",
        place_id=(await connection.execute(place)).scalar() or mentor.place_id,
    )
    await delivery.put(connection, news, now)
    await _promise(connection, mentor.guild_id, NEXT, f"{TO_MENTOR}{mentor.member_no}", now)


async def _promise(connection: AsyncConnection, guild_id: int, kind: str, subject: str, now: datetime) -> None:
    moment = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    await delivery.put(connection, Promise(kind, guild_id, subject, now, moment=moment), now)
