"""Who might go well with whom, and why: pure rules over plain values, in exact whole numbers.

    draft = matching.draft(Round(mentors, mentees, lexicon, at))
    draft.pairs[0].reasons       # ("Laser cutter: offered and wanted.", "Both speak Spanish.")
    draft.waiting[0].reason      # "No mentor knows embroidery."

The same round gives the same draft, whatever the order in which people stand in it. Nothing here waits or asks
anybody; a large round takes a second or two, so a room calls it in a worker thread.
"""

from __future__ import annotations

from cogs.mentorship.matching.changes import Changes, changes
from cogs.mentorship.matching.drafting import candidates, draft, pair
from cogs.mentorship.matching.values import (
    FEWEST_FOR_PAIRS,
    MOST_ROOM,
    STAGES,
    WRITING,
    Draft,
    Exclusions,
    Fixed,
    Group,
    Lexicon,
    Mentee,
    Mentor,
    Pair,
    Part,
    Round,
    Strength,
    Term,
    Waiting,
    Wishes,
)

__all__ = [
    "FEWEST_FOR_PAIRS",
    "MOST_ROOM",
    "STAGES",
    "WRITING",
    "Changes",
    "Draft",
    "Exclusions",
    "Fixed",
    "Group",
    "Lexicon",
    "Mentee",
    "Mentor",
    "Pair",
    "Part",
    "Round",
    "Strength",
    "Term",
    "Waiting",
    "Wishes",
    "candidates",
    "changes",
    "draft",
    "pair",
]
