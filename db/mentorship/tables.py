"""The tables of mentoring.

Who takes part has a number of our own in each server, `member_no`; all other tables speak of people by it, so that a
person's Discord number stands in few places and goes with their row. All moments are UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from db.schema import metadata, of_guild
from db.types import UtcDateTime

# Written out, not bound: SQLite uses a partial index only where the query says its condition literally.
LIVE = text("state IN ('mentor', 'mentee')")


def _member(name: str, *, key: bool = False, stays: bool = False) -> Column[int]:
    """Somebody who takes part. `stays`: the row outlives them, without them."""
    refers = ForeignKey("mentoring_member.member_no", ondelete="SET NULL" if stays else "CASCADE")
    if key:
        return Column(name, Integer, refers, primary_key=True, autoincrement=False)
    return Column(name, Integer, refers, nullable=stays)


def _round(*, key: bool = False) -> Column[int]:
    refers = ForeignKey("mentoring_round.round_id", ondelete="CASCADE")
    if key:
        return Column("round_id", Integer, refers, primary_key=True, autoincrement=False)
    return Column("round_id", Integer, refers, nullable=True)


def _pair() -> Column[int]:
    refers = ForeignKey("mentoring_pair.pair_id", ondelete="CASCADE")
    return Column("pair_id", Integer, refers, primary_key=True, autoincrement=False)


member_table = Table(
    "mentoring_member",
    metadata,
    Column("member_no", Integer, primary_key=True),
    of_guild(),
    Column("user_id", BigInteger, nullable=False),
    Column("mentors", Boolean, nullable=False),
    Column("learns", Boolean, nullable=False),
    Column("goal", String(500), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("setting", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("hours", Integer, nullable=False),
    Column("ways", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("takes_groups", Boolean, nullable=False),
    Column("same_setting", Boolean, nullable=False),
    Column("same_employer", Boolean, nullable=False),
    Column("employer", String(100), nullable=False),
    Column("reach", String(8), nullable=False),
    Column("place_id", BigInteger, nullable=True),
    Column("paused", String(8), nullable=False),
    Column("paused_until", UtcDateTime, nullable=True),
    Column("lapses", Integer, nullable=False),
    Column("rounds_waited", Integer, nullable=False),
    Column("waiting_since", UtcDateTime, nullable=True),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime, nullable=True),
    UniqueConstraint("guild_id", "user_id"),
    CheckConstraint("reach IN ('dm', 'private')", name="reach"),
    CheckConstraint("paused IN ('', 'own', 'lapsed')", name="paused"),
    Index(None, "user_id"),
    # A number is never given twice: a button on an old card must not lead to somebody else.
    sqlite_autoincrement=True,
)

topic_table = Table(
    "mentoring_topic",
    metadata,
    _member("member_no", key=True),
    Column("side", String(8), primary_key=True),
    Column("topic", String(40), primary_key=True),
    CheckConstraint("side IN ('teach', 'learn')", name="side"),
)

exclusion_table = Table(
    "mentoring_exclusion",
    metadata,
    Column("exclusion_id", Integer, primary_key=True),
    of_guild(),
    Column("user_id", BigInteger, nullable=False),
    Column("excluded_user_id", BigInteger, nullable=False),
    Column("mark", String(96), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "guild_id", "user_id"),
    Index(None, "excluded_user_id"),
)

round_table = Table(
    "mentoring_round",
    metadata,
    Column("round_id", Integer, primary_key=True),
    of_guild(),
    Column("name", String(60), nullable=False),
    Column("state", String(8), nullable=False),
    Column("sign_up_until", UtcDateTime, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("at_most", Integer, nullable=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_by", BigInteger, nullable=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("approved_by", BigInteger, nullable=True),
    Column("starts_at", UtcDateTime, nullable=True),
    Column("ends_at", UtcDateTime, nullable=True),
    Column("closed_at", UtcDateTime, nullable=True),
    CheckConstraint("state IN ('open', 'running', 'over', 'off')", name="state"),
    Index(None, "guild_id", "state"),
    sqlite_autoincrement=True,
)

round_member_table = Table(
    "mentoring_round_member",
    metadata,
    _round(key=True),
    _member("member_no", key=True),
    Column("signed_up_at", UtcDateTime, nullable=False),
    Index(None, "member_no"),
)

draft_table = Table(
    "mentoring_draft",
    metadata,
    _round(key=True),
    Column("version", Integer, nullable=False),
    Column("run_by", BigInteger, nullable=True),
    Column("run_at", UtcDateTime, nullable=False),
    Column("changes", JSON, nullable=False),
)

draft_pair_table = Table(
    "mentoring_draft_pair",
    metadata,
    _round(key=True),
    _member("mentor_no", key=True),
    _member("mentee_no", key=True),
    Column("score", Integer, nullable=False),
    Column("strength", String(8), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("grouped", Boolean, nullable=False),
)

draft_waiting_table = Table(
    "mentoring_draft_waiting",
    metadata,
    _round(key=True),
    _member("member_no", key=True),
    Column("why", String(300), nullable=False),
)

wish_table = Table(
    "mentoring_draft_wish",
    metadata,
    _round(key=True),
    _member("mentor_no", key=True),
    _member("mentee_no", key=True),
    Column("sort", String(8), nullable=False),
    CheckConstraint("sort IN ('lock', 'apart', 'hand')", name="sort"),
)

proposal_table = Table(
    "mentoring_proposal",
    metadata,
    Column("proposal_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    _round(),
    _member("mentor_no"),
    _member("mentee_no"),
    Column("state", String(10), nullable=False),
    Column("score", Integer, nullable=False),
    Column("strength", String(8), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("grouped", Boolean, nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("said_no", String(8), nullable=False),
    Column("why_not", String(500), nullable=False),
    Column("settled_at", UtcDateTime, nullable=True),
    CheckConstraint("state IN ('mentor', 'mentee', 'accepted', 'declined', 'lapsed', 'withdrawn')", name="state"),
    # One live proposal for each mentee, whoever else thinks of making one.
    Index("uq_mentoring_proposal_live", "mentee_no", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
    Index(None, "mentor_no", "state"),
    Index(None, "round_id"),
    sqlite_autoincrement=True,
)

question_table = Table(
    "mentoring_question",
    metadata,
    Column("question_id", Integer, primary_key=True),
    Column("proposal_id", Integer, ForeignKey("mentoring_proposal.proposal_id", ondelete="CASCADE"), nullable=False),
    Column("side", String(8), nullable=False),
    Column("question", String(1_000), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answer", String(1_000), nullable=False),
    Column("answered_at", UtcDateTime, nullable=True),
    CheckConstraint("side IN ('mentor', 'mentee')", name="side"),
    Index(None, "proposal_id"),
    sqlite_autoincrement=True,
)

pair_table = Table(
    "mentoring_pair",
    metadata,
    Column("pair_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    _round(),
    Column("proposal_id", Integer, nullable=True),
    Column("sort", String(8), nullable=False),
    _member("mentor_no", stays=True),
    Column("state", String(8), nullable=False),
    Column("how", String(12), nullable=False),
    Column("thread_id", BigInteger, nullable=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("met_at", UtcDateTime, nullable=True),
    Column("quiet_told_at", UtcDateTime, nullable=True),
    Column("ended_at", UtcDateTime, nullable=True),
    CheckConstraint("state IN ('active', 'ended')", name="state"),
    CheckConstraint("sort IN ('pair', 'group', 'circle')", name="sort"),
    Index(None, "guild_id", "state"),
    Index(None, "mentor_no", "state"),
    Index(None, "thread_id"),
    sqlite_autoincrement=True,
)

pair_mentee_table = Table(
    "mentoring_pair_mentee",
    metadata,
    _pair(),
    _member("member_no", key=True),
    Column("left_at", UtcDateTime, nullable=True),
    Index(None, "member_no"),
)

check_in_table = Table(
    "mentoring_check_in",
    metadata,
    _pair(),
    Column("week", Integer, primary_key=True, autoincrement=False),
    _member("member_no", key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answer", String(12), nullable=False),
    Column("answered_at", UtcDateTime, nullable=True),
)

closing_table = Table(
    "mentoring_closing",
    metadata,
    _pair(),
    _member("member_no", key=True),
    Column("worked", String(1_000), nullable=False),
    Column("worked_not", String(1_000), nullable=False),
    Column("again", String(8), nullable=False),
    Column("quotable", Boolean, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
)

meeting_table = Table(
    "mentoring_meeting",
    metadata,
    Column("meeting_id", Integer, primary_key=True),
    Column("pair_id", Integer, ForeignKey("mentoring_pair.pair_id", ondelete="CASCADE"), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    _member("suggested_no", stays=True),
    Column("agreed_at", UtcDateTime, nullable=True),
    Column("off_at", UtcDateTime, nullable=True),
    Index(None, "pair_id"),
    sqlite_autoincrement=True,
)
