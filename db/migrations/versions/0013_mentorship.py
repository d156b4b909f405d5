"""Revision 0013: mentorship: who takes part, rounds, drafts, proposals, pairs, check-ins, closings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _refers(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other.partition('.')[0]}")
    return sa.ForeignKeyConstraint([column], [other], name=name, ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    op.create_table(
        "mentoring_exclusion",
        sa.Column("exclusion_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("excluded_user_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=96), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _refers("mentoring_exclusion", "guild_id", "guild.guild_id", "CASCADE"),
        sa.PrimaryKeyConstraint("exclusion_id", name=op.f("pk_mentoring_exclusion")),
    )
    _index("mentoring_exclusion", "excluded_user_id")
    _index("mentoring_exclusion", "guild_id", "user_id")
    op.create_table(
        "mentoring_member",
        sa.Column("member_no", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("mentors", sa.Boolean(), nullable=False),
        sa.Column("learns", sa.Boolean(), nullable=False),
        sa.Column("goal", sa.String(length=500), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("setting", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("takes_groups", sa.Boolean(), nullable=False),
        sa.Column("same_setting", sa.Boolean(), nullable=False),
        sa.Column("same_employer", sa.Boolean(), nullable=False),
        sa.Column("employer", sa.String(length=100), nullable=False),
        sa.Column("reach", sa.String(length=8), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("paused", sa.String(length=8), nullable=False),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("rounds_waited", sa.Integer(), nullable=False),
        sa.Column("waiting_since", UtcDateTime(), nullable=True),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("paused IN ('', 'own', 'lapsed')", name=op.f("ck_mentoring_member_paused")),
        sa.CheckConstraint("reach IN ('dm', 'private')", name=op.f("ck_mentoring_member_reach")),
        _refers("mentoring_member", "guild_id", "guild.guild_id", "CASCADE"),
        sa.PrimaryKeyConstraint("member_no", name=op.f("pk_mentoring_member")),
        sa.UniqueConstraint("guild_id", "user_id", name=op.f("uq_mentoring_member_guild_id_user_id")),
        sqlite_autoincrement=True,
    )
    _index("mentoring_member", "user_id")
    op.create_table(
        "mentoring_round",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sign_up_until", UtcDateTime(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'running', 'over', 'off')", name=op.f("ck_mentoring_round_state")),
        _refers("mentoring_round", "guild_id", "guild.guild_id", "CASCADE"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_mentoring_round")),
        sqlite_autoincrement=True,
    )
    _index("mentoring_round", "guild_id", "state")
    op.create_table(
        "mentoring_draft",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("run_by", sa.BigInteger(), nullable=True),
        sa.Column("run_at", UtcDateTime(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        _refers("mentoring_draft", "round_id", "mentoring_round.round_id", "CASCADE"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_mentoring_draft")),
    )
    op.create_table(
        "mentoring_draft_pair",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mentor_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mentee_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("strength", sa.String(length=8), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("grouped", sa.Boolean(), nullable=False),
        _refers("mentoring_draft_pair", "mentee_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_draft_pair", "mentor_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_draft_pair", "round_id", "mentoring_round.round_id", "CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "mentor_no", "mentee_no", name=op.f("pk_mentoring_draft_pair")),
    )
    op.create_table(
        "mentoring_draft_waiting",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        _refers("mentoring_draft_waiting", "member_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_draft_waiting", "round_id", "mentoring_round.round_id", "CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "member_no", name=op.f("pk_mentoring_draft_waiting")),
    )
    op.create_table(
        "mentoring_draft_wish",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mentor_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mentee_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.CheckConstraint("sort IN ('lock', 'apart', 'hand')", name=op.f("ck_mentoring_draft_wish_sort")),
        _refers("mentoring_draft_wish", "mentee_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_draft_wish", "mentor_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_draft_wish", "round_id", "mentoring_round.round_id", "CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "mentor_no", "mentee_no", name=op.f("pk_mentoring_draft_wish")),
    )
    op.create_table(
        "mentoring_pair",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("mentor_no", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("met_at", UtcDateTime(), nullable=True),
        sa.Column("quiet_told_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("sort IN ('pair', 'group', 'circle')", name=op.f("ck_mentoring_pair_sort")),
        sa.CheckConstraint("state IN ('active', 'ended')", name=op.f("ck_mentoring_pair_state")),
        _refers("mentoring_pair", "mentor_no", "mentoring_member.member_no", "SET NULL"),
        _refers("mentoring_pair", "round_id", "mentoring_round.round_id", "CASCADE"),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_mentoring_pair")),
        sqlite_autoincrement=True,
    )
    _index("mentoring_pair", "guild_id", "state")
    _index("mentoring_pair", "mentor_no", "state")
    _index("mentoring_pair", "thread_id")
    op.create_table(
        "mentoring_proposal",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("mentor_no", sa.Integer(), nullable=False),
        sa.Column("mentee_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("strength", sa.String(length=8), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("grouped", sa.Boolean(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("said_no", sa.String(length=8), nullable=False),
        sa.Column("why_not", sa.String(length=500), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('mentor', 'mentee', 'accepted', 'declined', 'lapsed', 'withdrawn')",
            name=op.f("ck_mentoring_proposal_state"),
        ),
        _refers("mentoring_proposal", "mentee_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_proposal", "mentor_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_proposal", "round_id", "mentoring_round.round_id", "CASCADE"),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_mentoring_proposal")),
        sqlite_autoincrement=True,
    )
    _index("mentoring_proposal", "mentor_no", "state")
    _index("mentoring_proposal", "round_id")
    op.create_index(
        "uq_mentoring_proposal_live",
        "mentoring_proposal",
        ["mentee_no"],
        unique=True,
        sqlite_where=sa.text("state IN ('mentor', 'mentee')"),
        postgresql_where=sa.text("state IN ('mentor', 'mentee')"),
    )
    op.create_table(
        "mentoring_round_member",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("signed_up_at", UtcDateTime(), nullable=False),
        _refers("mentoring_round_member", "member_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_round_member", "round_id", "mentoring_round.round_id", "CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "member_no", name=op.f("pk_mentoring_round_member")),
    )
    _index("mentoring_round_member", "member_no")
    op.create_table(
        "mentoring_topic",
        sa.Column("member_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.CheckConstraint("side IN ('teach', 'learn')", name=op.f("ck_mentoring_topic_side")),
        _refers("mentoring_topic", "member_no", "mentoring_member.member_no", "CASCADE"),
        sa.PrimaryKeyConstraint("member_no", "side", "topic", name=op.f("pk_mentoring_topic")),
    )
    op.create_table(
        "mentoring_check_in",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        _refers("mentoring_check_in", "member_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_check_in", "pair_id", "mentoring_pair.pair_id", "CASCADE"),
        sa.PrimaryKeyConstraint("pair_id", "week", "member_no", name=op.f("pk_mentoring_check_in")),
    )
    op.create_table(
        "mentoring_closing",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("worked", sa.String(length=1000), nullable=False),
        sa.Column("worked_not", sa.String(length=1000), nullable=False),
        sa.Column("again", sa.String(length=8), nullable=False),
        sa.Column("quotable", sa.Boolean(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        _refers("mentoring_closing", "member_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_closing", "pair_id", "mentoring_pair.pair_id", "CASCADE"),
        sa.PrimaryKeyConstraint("pair_id", "member_no", name=op.f("pk_mentoring_closing")),
    )
    op.create_table(
        "mentoring_meeting",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("suggested_no", sa.Integer(), nullable=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.Column("off_at", UtcDateTime(), nullable=True),
        _refers("mentoring_meeting", "pair_id", "mentoring_pair.pair_id", "CASCADE"),
        _refers("mentoring_meeting", "suggested_no", "mentoring_member.member_no", "SET NULL"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_mentoring_meeting")),
        sqlite_autoincrement=True,
    )
    _index("mentoring_meeting", "pair_id")
    op.create_table(
        "mentoring_pair_mentee",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        _refers("mentoring_pair_mentee", "member_no", "mentoring_member.member_no", "CASCADE"),
        _refers("mentoring_pair_mentee", "pair_id", "mentoring_pair.pair_id", "CASCADE"),
        sa.PrimaryKeyConstraint("pair_id", "member_no", name=op.f("pk_mentoring_pair_mentee")),
    )
    _index("mentoring_pair_mentee", "member_no")
    op.create_table(
        "mentoring_question",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("question", sa.String(length=1000), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("side IN ('mentor', 'mentee')", name=op.f("ck_mentoring_question_side")),
        _refers("mentoring_question", "proposal_id", "mentoring_proposal.proposal_id", "CASCADE"),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_mentoring_question")),
        sqlite_autoincrement=True,
    )
    _index("mentoring_question", "proposal_id")


def downgrade() -> None:
    op.drop_table("mentoring_question")
    op.drop_table("mentoring_pair_mentee")
    op.drop_table("mentoring_meeting")
    op.drop_table("mentoring_closing")
    op.drop_table("mentoring_check_in")
    op.drop_table("mentoring_topic")
    op.drop_table("mentoring_round_member")
    op.drop_table("mentoring_proposal")
    op.drop_table("mentoring_pair")
    op.drop_table("mentoring_draft_wish")
    op.drop_table("mentoring_draft_waiting")
    op.drop_table("mentoring_draft_pair")
    op.drop_table("mentoring_draft")
    op.drop_table("mentoring_round")
    op.drop_table("mentoring_member")
    op.drop_table("mentoring_exclusion")
