"""What belongs to questions without being one: a server's choices, pictures on their way, questions spared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from db import guilds
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy.ext.asyncio import AsyncConnection

choice_table = Table(
    "question_choice",
    metadata,
    of_guild(key=True),
    Column("ask_after_hours", Integer, nullable=False),
    Column("seen_until", BigInteger, nullable=True),
    Column("noted_at", UtcDateTime, nullable=True),
    Column("answered_tag_id", BigInteger, nullable=True),
)

picture_table = Table(
    "question_picture",
    metadata,
    Column("picture_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("question_id", Integer, ForeignKey("question.question_id", ondelete="CASCADE"), nullable=True),
    Column("name", String(100), nullable=False),
    Column("about", String(500), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "guild_id", "user_id"),
    Index(None, "question_id"),
    sqlite_autoincrement=True,
)

spared_table = Table(
    "question_spared",
    metadata,
    Column("spared_id", Integer, primary_key=True),
    of_guild(),
    Column("at", UtcDateTime, nullable=False),
    Column("tools", JSON, nullable=False),
    Column("room", String(32), nullable=False),
    Column("key", String(200), nullable=False),
    Index(None, "guild_id", "at"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a server's organizers chose for questions, and how far the bot has looked.

    `ask_after_hours` are hours on working days that a question waits before a helper is asked. `seen_until` is the
    number of the newest post that was looked at; posts with a larger one were written since. `noted_at` is when the
    organizers last got their note. `answered_tag_id` is the forum's tag for answered posts, whatever it is called now.
    """

    guild_id: int
    ask_after_hours: int = 24
    seen_until: int | None = None
    noted_at: datetime | None = None
    answered_tag_id: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that comes along with a question, kept until it is posted. `about` says what it shows."""

    picture_id: int
    name: str
    about: str
    content: bytes


async def choice(connection: AsyncConnection, guild_id: int) -> Choice:
    """What a server's organizers chose; the usual, where they chose nothing."""
    row = (await connection.execute(select(choice_table).where(choice_table.c.guild_id == guild_id))).first()
    return Choice(guild_id) if row is None else Choice(**row._asdict())


async def choose(connection: AsyncConnection, guild_id: int, now: datetime, **values: Any) -> Choice:
    """Put other values (names of `Choice`) in place of a server's; what it has chosen then."""
    await guilds.see(connection, guild_id, now)
    changed = await connection.execute(update(choice_table).where(choice_table.c.guild_id == guild_id).values(**values))
    if not changed.rowcount:
        usual = {"guild_id": guild_id, "ask_after_hours": Choice(guild_id).ask_after_hours}
        await connection.execute(insert(choice_table).values(**usual | values))
    return await choice(connection, guild_id)


async def keep_picture(
    connection: AsyncConnection, guild_id: int, user_id: int, name: str, content: bytes, now: datetime
) -> int:
    """Keep a picture that came along with a question that is not posted yet; its number."""
    made = insert(picture_table).values(
        guild_id=guild_id, user_id=user_id, name=name, about="", content=content, created_at=now
    )
    return int((await connection.execute(made.returning(picture_table.c.picture_id))).scalar_one())


async def give_picture(
    connection: AsyncConnection, picture_id: int, user_id: int, question_id: int, about: str
) -> None:
    """Hand a person's picture to their question, with what it shows."""
    await connection.execute(
        update(picture_table)
        .where(picture_table.c.picture_id == picture_id, picture_table.c.user_id == user_id)
        .values(question_id=question_id, about=about)
    )


async def picture_of(connection: AsyncConnection, question_id: int) -> Picture | None:
    """The picture that waits to be posted with a question, if there is one."""
    table = picture_table.c
    shown = select(table.picture_id, table.name, table.about, table.content).where(table.question_id == question_id)
    row = (await connection.execute(shown.order_by(table.picture_id.desc()).limit(1))).first()
    return None if row is None else Picture(**row._asdict())


async def drop_pictures(
    connection: AsyncConnection, *, question_id: int | None = None, picture_id: int | None = None
) -> None:
    """Throw away a question's pictures, which are posted now, or one picture that is no longer wanted."""
    table = picture_table.c
    of = table.question_id == question_id if question_id is not None else table.picture_id == picture_id
    await connection.execute(delete(picture_table).where(of))


async def purge_pictures(connection: AsyncConnection, before: datetime) -> int:
    """Throw away pictures from before that moment whose question was never posted; return how many."""
    table = picture_table.c
    gone = await connection.execute(delete(picture_table).where(table.created_at < before, table.question_id.is_(None)))
    return int(gone.rowcount)


async def spare(
    connection: AsyncConnection, guild_id: int, now: datetime, tools: Sequence[str], room: str = "", key: str = ""
) -> int:
    """Count that somebody found their answer before they posted; `room` and `key` say which, where it is known."""
    made = insert(spared_table).values(guild_id=guild_id, at=now, tools=list(tools), room=room, key=key)
    return int((await connection.execute(made.returning(spared_table.c.spared_id))).scalar_one())


async def spared_by(connection: AsyncConnection, guild_id: int, spared_id: int, room: str, key: str) -> None:
    """Note what it was that helped."""
    table = spared_table.c
    await connection.execute(
        update(spared_table).where(table.spared_id == spared_id, table.guild_id == guild_id).values(room=room, key=key)
    )
