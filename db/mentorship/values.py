"""The values of mentoring, as the rooms know them. All moments are UTC; `*_no` are numbers of members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from db.delivery import Way

MENTOR: Literal["mentor"] = "mentor"
MENTEE: Literal["mentee"] = "mentee"
"""The two sides; a live proposal's state is the side that is asked now."""
TEACH, LEARN = "teach", "learn"
"""What a topic is for."""
ACCEPTED, DECLINED, LAPSED, WITHDRAWN = "accepted", "declined", "lapsed", "withdrawn"
LIVE_STATES = (MENTOR, MENTEE)

OPEN, RUNNING, OVER, OFF = "open", "running", "over", "off"
"""A round: taking sign-ups or being matched; approved; ended; called off."""
LOCK, APART, HAND = "lock", "apart", "hand"
"""What organizers wish for in a draft: keep this pair, never this pair, this pair whatever the score."""
ACTIVE, ENDED = "active", "ended"
PAIR, GROUP, CIRCLE = "pair", "group", "circle"
"""Two people; one mentor with several mentees; several people without a mentor."""
FINISHED, ANOTHER, LEFT, GONE, ORGANIZERS = "finished", "another", "left", "gone", "organizers"
"""How a pair ended: its time was over; someone else was asked for; someone left mentoring, or the server; by hand."""
OWN, LAPSED_TWICE = "own", "lapsed"
"""Who paused a member: they themselves, or two proposals that they let lapse."""
MET, NOT_YET, HELP, DATE, NO_DATE = "met", "not-yet", "help", "date", "no-date"
"""What members answer to a check-in; in the first week only whether they have a date."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who takes part in mentoring, with all they said; an empty text, list or 0 is nothing said.

    `capacity` is how many mentees at once (1 to 5), `takes_groups` whether they would take a group.
    `hours` a month. `zone` is an IANA name. `reach` is Way.DM or Way.PRIVATE, the latter below channel `place_id`.
    `paused` says who paused them ("": not paused), `paused_until` until when (None: until they come back).
    `rounds_waited` counts the rounds in which nobody was found for them. `left_at` is set once they have left.
    """

    member_no: int
    guild_id: int
    user_id: int
    mentors: bool
    learns: bool
    goal: str
    zone: str
    setting: str
    stage: str
    hours: int
    ways: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: int
    takes_groups: bool
    same_setting: bool
    same_employer: bool
    employer: str
    reach: Way
    place_id: int | None
    paused: str
    paused_until: datetime | None
    lapses: int
    rounds_waited: int
    waiting_since: datetime | None
    joined_at: datetime
    updated_at: datetime
    left_at: datetime | None
    teaches: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()

    def is_paused(self, now: datetime) -> bool:
        """Whether they take nothing new at `now`."""
        return bool(self.paused) and (self.paused_until is None or self.paused_until > now)

    def is_here(self, now: datetime) -> bool:
        """Whether they take part, and are neither paused nor gone."""
        return self.left_at is None and not self.is_paused(now)


@dataclass(frozen=True, slots=True)
class Round:
    """A round: who joins until when, how many weeks its pairs last, and how many may join (None: everyone)."""

    round_id: int
    guild_id: int
    name: str
    state: str
    sign_up_until: datetime
    weeks: int
    at_most: int | None
    channel_id: int
    version: int
    opened_by: int | None
    opened_at: datetime
    approved_by: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DraftPair:
    """A pair in a draft. `strength` is strong, good or possible; `reasons` are sentences."""

    mentor_no: int
    mentee_no: int
    score: int
    strength: str
    reasons: tuple[str, ...]
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a run of the matching gave for a round. `waiting` are members with why; `changes` sentences.

    `version` rises with each run and each wish, so that only what was seen is approved.
    """

    round_id: int
    version: int
    run_by: int | None
    run_at: datetime
    changes: tuple[str, ...]
    pairs: tuple[DraftPair, ...] = ()
    waiting: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What organizers wish for a mentor and a mentee in a round: `sort` is LOCK, APART or HAND."""

    mentor_no: int
    mentee_no: int
    sort: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pairing that is proposed, first to the mentor, then to the mentee; `state` is the side asked, or the end.

    `said_no` is the side that declined ("": neither), `why_not` their reason, for organizers only. `grouped` is whether
    the mentee is one of a group that the mentor takes together.
    """

    proposal_id: int
    guild_id: int
    round_id: int | None
    mentor_no: int
    mentee_no: int
    state: str
    score: int
    strength: str
    reasons: tuple[str, ...]
    proposed_at: datetime
    due_at: datetime
    said_no: str
    why_not: str
    settled_at: datetime | None
    grouped: bool = False

    @property
    def live(self) -> bool:
        """Whether somebody is asked now."""
        return self.state in LIVE_STATES


@dataclass(frozen=True, slots=True)
class Question:
    """Something one side (`side`) wants to know first, and the other side's answer ("": none yet)."""

    question_id: int
    proposal_id: int
    side: str
    question: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor with a mentee, or a group, or a circle (`sort`). `how` says how it ended.

    `mentor_no` is None in a circle, and where the mentor has deleted their data. `mentees` are those still in it.
    """

    pair_id: int
    guild_id: int
    round_id: int | None
    proposal_id: int | None
    sort: str
    mentor_no: int | None
    state: str
    how: str
    thread_id: int | None
    started_at: datetime
    ends_at: datetime
    met_at: datetime | None
    quiet_told_at: datetime | None
    ended_at: datetime | None
    mentees: tuple[int, ...] = ()

    @property
    def people(self) -> tuple[int, ...]:
        """All who are in it, the mentor first."""
        return ((self.mentor_no,) if self.mentor_no is not None else ()) + self.mentees


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a member was asked in a week of their pair, and what they said ("": nothing yet)."""

    pair_id: int
    week: int
    member_no: int
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Closing:
    """What a member said at the end. `again` is yes, maybe or no; `quotable` whether it may be quoted, unnamed."""

    pair_id: int
    member_no: int
    worked: str
    worked_not: str
    again: str
    quotable: bool
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A time that was suggested to a pair, and whether they agreed on it. `sequence` rises with each change."""

    meeting_id: int
    pair_id: int
    starts_at: datetime
    minutes: int
    sequence: int
    suggested_no: int | None
    agreed_at: datetime | None
    off_at: datetime | None
