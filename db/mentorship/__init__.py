"""Mentoring: who takes part, rounds with their drafts, proposals, pairs, check-ins, and what was said at the end.

A file for each subject: `tables`, `values`, `joining` (members and exclusions), `opening` (rounds), `drafting`,
`proposing`, `pairing` (with check-ins and closings), `personal`. The room takes them from here as modules.
"""

from __future__ import annotations

from db.mentorship import drafting, joining, opening, pairing, personal, proposing
from db.mentorship.values import (
    CheckIn,
    Closing,
    Draft,
    DraftPair,
    Meeting,
    Member,
    Pair,
    Proposal,
    Question,
    Round,
    Wish,
)

__all__ = [
    "CheckIn",
    "Closing",
    "Draft",
    "DraftPair",
    "Meeting",
    "Member",
    "Pair",
    "Proposal",
    "Question",
    "Round",
    "Wish",
    "drafting",
    "joining",
    "opening",
    "pairing",
    "personal",
    "proposing",
]
