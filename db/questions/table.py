"""The table of questions and its values: what was asked, where it stands in Discord, and what answered it.

All moments are UTC. Columns that name a person are empty once they are forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import date, datetime

POSTING, OPEN, ANSWERED, MERGED, GONE = "posting", "open", "answered", "merged", "gone"
"""`POSTING` is on its way into the forum, `MERGED` the same as another one, `GONE` a post that was deleted."""
STATES = (POSTING, OPEN, ANSWERED, MERGED, GONE)

MARKED, CHANGED, TAKEN_BACK, REOPENED = "marked", "changed", "taken-back", "reopened"
"""What the history of marks says of each."""

# Written out, not bound, so that SQLite uses the partial index.
_LIVE = text("state = 'open'")

question_table = Table(
    "question",
    metadata,
    Column("question_id", Integer, primary_key=True),
    of_guild(),
    Column("forum_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=True),
    Column("card_id", BigInteger, nullable=True),
    Column("asker_id", BigInteger, nullable=True),
    Column("title", String(100), nullable=False),
    Column("details", Text, nullable=False),
    Column("tried", Text, nullable=False),
    Column("tools", JSON, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("from_channel_id", BigInteger, nullable=True),
    Column("from_message_id", BigInteger, nullable=True),
    Column("turned_by", BigInteger, nullable=True),
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("first_reply_at", UtcDateTime, nullable=True),
    Column("last_reply_at", UtcDateTime, nullable=True),
    Column("last_asker_at", UtcDateTime, nullable=True),
    Column("last_activity_at", UtcDateTime, nullable=False),
    Column("archived_at", UtcDateTime, nullable=True),
    Column("answered_at", UtcDateTime, nullable=True),
    Column("answer_message_id", BigInteger, nullable=True),
    Column("answer_author_id", BigInteger, nullable=True),
    Column("answer_author_name", String(100), nullable=False),
    Column("answer_text", Text, nullable=False),
    Column("answer_resource_id", Integer, nullable=True),
    Column("answer_marked_by", BigInteger, nullable=True),
    Column("answer_asker_chose", Boolean, nullable=False),
    Column("same_as_id", Integer, ForeignKey("question.question_id", ondelete="SET NULL"), nullable=True),
    Column("safety", Boolean, nullable=False),
    Column("checked_on", Date, nullable=True),
    Column("checked_by", BigInteger, nullable=True),
    Column("review_due_on", Date, nullable=True),
    Column("desk_told_at", UtcDateTime, nullable=True),
    Column("solved_asked_at", UtcDateTime, nullable=True),
    CheckConstraint("state IN ('posting', 'open', 'answered', 'merged', 'gone')", name="state"),
    Index(None, "guild_id", "thread_id", unique=True),
    Index(None, "guild_id", "state", "asked_at"),
    Index(None, "guild_id", "answer_message_id"),
    Index(None, "same_as_id"),
    Index(None, "asker_id"),
    Index(None, "answer_author_id"),
    Index(None, "guild_id", "review_due_on"),
    # What the follow-ups look through; it stays as small as what is still open.
    Index("ix_question_open", "guild_id", "last_activity_at", sqlite_where=_LIVE, postgresql_where=_LIVE),
    # A number is never given twice: a button on an old card must not lead to another question.
    sqlite_autoincrement=True,
)

mark_table = Table(
    "question_mark",
    metadata,
    Column("mark_id", Integer, primary_key=True),
    Column("question_id", Integer, ForeignKey("question.question_id", ondelete="CASCADE"), nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("deed", String(12), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("asker_chose", Boolean, nullable=False),
    Column("message_id", BigInteger, nullable=True),
    Column("author_id", BigInteger, nullable=True),
    Column("resource_id", Integer, nullable=True),
    CheckConstraint("deed IN ('marked', 'changed', 'taken-back', 'reopened')", name="deed"),
    Index(None, "question_id", "mark_id"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What answered a question: a text, a resource, or both.

    `message_id` is the message that was marked, None where it is a resource or the asker's own words. `author_id` is
    the helper (the asker, where they solved it themselves), and `author_name` what they were called then. `text` is
    what was there when it was marked, empty where it may not be read. `asker_chose` says that the asker themselves
    chose it: then nobody but them changes it.
    """

    at: datetime
    message_id: int | None = None
    author_id: int | None = None
    author_name: str = ""
    text: str = ""
    resource_id: int | None = None
    marked_by: int | None = None
    asker_chose: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it stands. `thread_id` is its post, None while it is on its way there; `card_id` the bot's card.

    `details` and `tried` are kept only where they were typed into the bot's form. `tools` are slugs of the vocabulary.
    `by_hand` says that the post was written in the forum itself. `version` rises with every change of the answer.
    `last_reply_at` is when somebody other than the asker last wrote, `archived_at` when the bot put the post away.
    `safety` says that its answer concerns safety, liability or policy; `checked_on` when that was last confirmed.
    """

    question_id: int
    guild_id: int
    forum_id: int
    thread_id: int | None
    card_id: int | None
    asker_id: int | None
    title: str
    details: str
    tried: str
    tools: tuple[str, ...]
    by_hand: bool
    from_channel_id: int | None
    from_message_id: int | None
    turned_by: int | None
    state: str
    version: int
    asked_at: datetime
    first_reply_at: datetime | None
    last_reply_at: datetime | None
    last_asker_at: datetime | None
    last_activity_at: datetime
    archived_at: datetime | None
    answer: Answer | None
    same_as_id: int | None
    safety: bool
    checked_on: date | None
    checked_by: int | None
    review_due_on: date | None
    desk_told_at: datetime | None
    solved_asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the history of marks: who marked what as the answer, changed it, or took it back."""

    deed: str
    at: datetime
    by: int
    asker_chose: bool = False
    message_id: int | None = None
    author_id: int | None = None
    resource_id: int | None = None


_OF_ANSWER = ("message_id", "author_id", "author_name", "text", "resource_id", "marked_by", "asker_chose")


def question_of(row: Any) -> Question:
    """The row as a value."""
    values = row._asdict()
    answered_at = values.pop("answered_at")
    answer = {name: values.pop(f"answer_{name}") for name in _OF_ANSWER}
    values["tools"] = tuple(values["tools"])
    return Question(**values, answer=Answer(answered_at, **answer) if answered_at else None)


def answer_values(answer: Answer | None) -> dict[str, Any]:
    """An answer, or none, as the columns hold it."""
    values: dict[str, Any] = dict.fromkeys(_OF_ANSWER) | {"author_name": "", "text": "", "asker_chose": False}
    if answer is not None:
        values = {name: getattr(answer, name) for name in _OF_ANSWER}
    return {f"answer_{name}": value for name, value in values.items()} | {"answered_at": answer.at if answer else None}
