"""Helpers, read and written: what each offers, who was asked when, and what became of it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, select, update

from db import guilds
from db.questions.helping import ASKED, Asked, Offer, asked_table, helper_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

_OFFER, _ASKED = helper_table.c, asked_table.c


def _offer(row: Any) -> Offer:
    return Offer(**{**row._asdict(), "tools": tuple(row.tools)})


async def offer_of(connection: AsyncConnection, guild_id: int, user_id: int) -> Offer | None:
    """What a member offers as a helper, also while they pause; None where they are none."""
    query = select(helper_table).where(_OFFER.guild_id == guild_id, _OFFER.user_id == user_id)
    row = (await connection.execute(query)).first()
    return None if row is None else _offer(row)


async def offers(connection: AsyncConnection, guild_id: int) -> list[Offer]:
    """All helpers of a server, those included who pause."""
    rows = await connection.execute(select(helper_table).where(_OFFER.guild_id == guild_id).order_by(_OFFER.user_id))
    return [_offer(row) for row in rows]


async def offer(
    connection: AsyncConnection, guild_id: int, user_id: int, now: datetime, values: Mapping[str, Any]
) -> Offer:
    """Put these values in the place of a helper's, who becomes one if they are none; what they offer then.

    `values` are names of `helper_table`'s columns; who is new needs all that `Offer` describes as theirs.
    """
    changed = (
        update(helper_table)
        .where(_OFFER.guild_id == guild_id, _OFFER.user_id == user_id)
        .values(updated_at=now, **values)
        .returning(helper_table)
    )
    row = (await connection.execute(changed)).first()
    if row is None:
        await guilds.see(connection, guild_id, now)
        new = {"guild_id": guild_id, "user_id": user_id, "created_at": now, "updated_at": now, **values}
        row = (await connection.execute(insert(helper_table).values(new).returning(helper_table))).one()
    return _offer(row)


async def leave(connection: AsyncConnection, guild_id: int, user_id: int) -> bool:
    """Be a helper no longer; False where they were none. What they were asked stays, so nobody asks it again."""
    gone = await connection.execute(delete(helper_table).where(_OFFER.guild_id == guild_id, _OFFER.user_id == user_id))
    return bool(gone.rowcount)


async def note_asked(connection: AsyncConnection, asked: Asked) -> None:
    """Remember that a helper is asked about a question (for the first time) at that moment."""
    values = {field.name: getattr(asked, field.name) for field in fields(asked)}
    await connection.execute(insert(asked_table).values(values))
    await connection.execute(
        update(helper_table)
        .where(_OFFER.guild_id == asked.guild_id, _OFFER.user_id == asked.user_id)
        .values(asked_at=asked.at)
    )


async def move_asked(connection: AsyncConnection, question_id: int, user_id: int, at: datetime) -> None:
    """They are asked at another moment than was planned."""
    here = (_ASKED.question_id == question_id, _ASKED.user_id == user_id)
    await connection.execute(update(asked_table).where(*here).values(at=at))


async def settle_asked(
    connection: AsyncConnection, question_id: int, outcome: str, now: datetime, *, user_id: int | None = None
) -> int:
    """Write down what became of asking (one helper, or all of whom nothing is known yet); return of how many."""
    where = [_ASKED.question_id == question_id, _ASKED.outcome == ASKED]
    if user_id is not None:
        where.append(_ASKED.user_id == user_id)
    done = await connection.execute(update(asked_table).where(*where).values(outcome=outcome, settled_at=now))
    return int(done.rowcount)


async def forget_asked(connection: AsyncConnection, question_id: int, user_id: int) -> None:
    """They were not asked after all."""
    here = (_ASKED.question_id == question_id, _ASKED.user_id == user_id)
    await connection.execute(delete(asked_table).where(*here))


async def asked_about(connection: AsyncConnection, question_id: int) -> list[Asked]:
    """Who was, or is to be, asked about a question, the first first."""
    query = select(asked_table).where(_ASKED.question_id == question_id).order_by(_ASKED.at, _ASKED.user_id)
    return [Asked(**row._asdict()) for row in await connection.execute(query)]


async def asked_since(
    connection: AsyncConnection, guild_id: int, user_ids: Collection[int], since: datetime
) -> dict[int, list[datetime]]:
    """For each of these helpers the moments since then at which they were, or are to be, asked anything."""
    rows = await connection.execute(
        select(_ASKED.user_id, _ASKED.at).where(
            _ASKED.guild_id == guild_id, _ASKED.user_id.in_(user_ids), _ASKED.at > since
        )
    )
    moments: dict[int, list[datetime]] = {number: [] for number in user_ids}
    for user_id, at in rows:
        moments[user_id].append(at)
    return moments


async def helper_count(connection: AsyncConnection, guild_id: int) -> int:
    """How many helpers a server has who do not pause."""
    where = and_(_OFFER.guild_id == guild_id, _OFFER.paused.is_(False))
    return int((await connection.execute(select(func.count()).select_from(helper_table).where(where))).scalar_one())


async def forget_unasked(connection: AsyncConnection, question_id: int, now: datetime) -> None:
    """Whoever was to be asked about a question later than now is not."""
    where = (_ASKED.question_id == question_id, _ASKED.outcome == ASKED, _ASKED.at > now)
    await connection.execute(delete(asked_table).where(*where))


async def being_asked(connection: AsyncConnection, guild_id: int, user_id: int) -> list[int]:
    """The questions about which a helper is, or is to be, asked and has not answered."""
    where = (_ASKED.guild_id == guild_id, _ASKED.user_id == user_id, _ASKED.outcome == ASKED)
    return list((await connection.execute(select(_ASKED.question_id).where(*where))).scalars())
