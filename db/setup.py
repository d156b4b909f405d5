"""What each server has set up: a channel for each part, the organizers' role, the time zone; and who changed what.

One row a server, and one row of the log for each change. All moments are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    func,
    insert,
    or_,
    select,
    update,
)

from db import guilds
from db.personal import NOBODY, here, listed
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection


class Part(StrEnum):
    """What a community may have a channel for. The value is what the database keeps."""

    START = "start"
    ANNOUNCEMENTS = "announcements"
    QUESTIONS = "questions"
    INTRODUCTIONS = "introductions"
    SHOW = "show"
    RESOURCES = "resources"
    MENTORING = "mentoring"
    DESK = "desk"


ROLE, ZONE, AGREEMENT, GREETS = "organizer-role", "zone", "agreement", "greets"
"""What the log calls the settings that are no part."""

setup_table = Table(
    "setup",
    metadata,
    of_guild(key=True),
    *(Column(f"{part}_id", BigInteger, nullable=True) for part in Part),
    Column("left_out", JSON, nullable=False),
    Column("organizer_role_id", BigInteger, nullable=True),
    Column("zone", String(64), nullable=True),
    Column("tags_given", Boolean, nullable=False),
    Column("invitation", String(32), nullable=True),
    Column("version", Integer, nullable=False),
    Column("set_up_at", UtcDateTime, nullable=True),
    Column("set_up_by", BigInteger, nullable=True),
    Column("making_by", BigInteger, nullable=True),
    Column("making_until", UtcDateTime, nullable=True),
    Column("agreement", Text, nullable=True),
    Column("agreement_version", Integer, nullable=True),
    Column("greets", Boolean, nullable=True),
)

change_table = Table(
    "setup_change",
    metadata,
    Column("change_id", Integer, primary_key=True),
    of_guild(),
    Column("at", UtcDateTime, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("setting", String(32), nullable=False),
    Column("before", String(200), nullable=False),
    Column("after", String(200), nullable=False),
    Index(None, "guild_id", "change_id"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server has set up; a server without a row has set up nothing. `version` rises with every change.

    `channels` holds Discord's number of each part's channel, `left_out` the parts it does not want, `zone_name` an
    IANA name. `tags_given` says whether the questions forum got its tags once: from then on they are the server's.
    `agreement` is the text that members accept before their first post, empty where there is none;
    `agreement_version` the version that they must have accepted, which rises when everyone is to be asked anew.
    `greets` says whether newcomers are greeted, where Discord tells who they are.
    """

    guild_id: int
    channels: Mapping[Part, int] = field(default_factory=dict)
    left_out: frozenset[Part] = frozenset()
    organizer_role_id: int | None = None
    zone_name: str | None = None
    tags_given: bool = False
    invitation: str | None = None
    version: int = 0
    set_up_at: datetime | None = None
    set_up_by: int | None = None
    agreement: str = ""
    agreement_version: int = 0
    greets: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the log: who changed which setting (a part's value, or one of those above), when, from what to what."""

    at: datetime
    by: int
    setting: str
    before: str
    after: str


def _settings(row: Any) -> Settings:
    return Settings(
        guild_id=row.guild_id,
        channels={part: number for part in Part if (number := getattr(row, f"{part}_id")) is not None},
        left_out=frozenset(part for part in Part if part in row.left_out),
        organizer_role_id=row.organizer_role_id,
        zone_name=row.zone,
        tags_given=row.tags_given,
        invitation=row.invitation,
        version=row.version,
        set_up_at=row.set_up_at,
        set_up_by=row.set_up_by,
        agreement=row.agreement or "",
        agreement_version=row.agreement_version or 0,
        greets=row.greets is not False,
    )


async def everything(connection: AsyncConnection) -> list[Settings]:
    """What all servers have set up."""
    return [_settings(row) for row in await connection.execute(select(setup_table))]


async def get(connection: AsyncConnection, guild_id: int) -> Settings:
    """What a server has set up; nothing, where it is not known."""
    row = (await connection.execute(select(setup_table).where(setup_table.c.guild_id == guild_id))).first()
    return Settings(guild_id) if row is None else _settings(row)


async def change(connection: AsyncConnection, guild_id: int, now: datetime, **values: Any) -> Settings:
    """Put other values in place of a server's (the names of `setup_table`'s columns); what it has set up then."""
    await _see(connection, guild_id, now)
    await connection.execute(
        update(setup_table)
        .where(setup_table.c.guild_id == guild_id)
        .values(version=setup_table.c.version + 1, **values)
    )
    return await get(connection, guild_id)


async def log(connection: AsyncConnection, guild_id: int, entry: Change) -> None:
    """Write a line into the log; its texts are cut at 200 characters."""
    await connection.execute(
        insert(change_table).values(
            guild_id=guild_id,
            at=entry.at,
            by=entry.by,
            setting=entry.setting,
            before=entry.before[:200],
            after=entry.after[:200],
        )
    )


async def changes(connection: AsyncConnection, guild_id: int, *, limit: int, offset: int) -> tuple[list[Change], int]:
    """The log, newest first, and how many lines it has in all."""
    where = change_table.c.guild_id == guild_id
    total = (await connection.execute(select(func.count()).select_from(change_table).where(where))).scalar_one()
    columns = change_table.c
    rows = await connection.execute(
        select(columns.at, columns.by, columns.setting, columns.before, columns.after)
        .where(where)
        .order_by(columns.change_id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Change(*row) for row in rows], int(total)


async def claim(connection: AsyncConnection, guild_id: int, by: int, now: datetime, until: datetime) -> int | None:
    """Take the making of a server's channels upon oneself until `until`; None, or who has it already.

    It ends by itself at that moment, so that a crash in the middle locks nobody out for long.
    """
    await _see(connection, guild_id, now)
    columns = setup_table.c
    taken = await connection.execute(
        update(setup_table)
        .where(columns.guild_id == guild_id, or_(columns.making_until.is_(None), columns.making_until <= now))
        .values(making_by=by, making_until=until)
    )
    if taken.rowcount:
        return None
    who = await connection.execute(select(columns.making_by).where(columns.guild_id == guild_id))
    return int(who.scalar_one())


async def hold(connection: AsyncConnection, guild_id: int, until: datetime | None) -> None:
    """Make a claim last until another moment; None ends it."""
    await connection.execute(update(setup_table).where(setup_table.c.guild_id == guild_id).values(making_until=until))


async def _see(connection: AsyncConnection, guild_id: int, now: datetime) -> None:
    """Give a server its row, unless it has one."""
    await guilds.see(connection, guild_id, now)
    known = await connection.execute(select(setup_table.c.version).where(setup_table.c.guild_id == guild_id))
    if known.first() is None:
        values = {"guild_id": guild_id, "left_out": [], "tags_given": False, "version": 0}
        await connection.execute(insert(setup_table).values(values))


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """What a person set up and changed; `guild_id` is a server, or None for all."""
    table, log_ = setup_table.c, change_table.c
    done = select(table.guild_id, table.set_up_at).where(table.set_up_by == user_id, here(table.guild_id, guild_id))
    doing = select(table.guild_id, table.making_until).where(table.making_by == user_id, here(table.guild_id, guild_id))
    changed = select(log_.guild_id, log_.at, log_.setting, log_.before, log_.after).where(
        log_.by == user_id, here(log_.guild_id, guild_id)
    )
    return {
        "set_up": await listed(connection, done),
        "setting_up": await listed(connection, doing),
        "settings_changed": await listed(connection, changed.order_by(log_.change_id)),
    }


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Take a person's number out of what was set up and of the log, which stay."""
    table, log_ = setup_table.c, change_table.c
    for column, guild, nobody in (
        (table.set_up_by, table.guild_id, None),
        (table.making_by, table.guild_id, None),
        (log_.by, log_.guild_id, NOBODY),
    ):
        await connection.execute(
            update(column.table).where(column == user_id, here(guild, guild_id)).values({column.name: nobody})
        )
