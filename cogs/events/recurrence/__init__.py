"""How events repeat: a rule (RFC 5545 RRULE), its words, and the series that follows from it in a server's zone."""

from __future__ import annotations

from cogs.events.recurrence.rule import Frequency, Rule
from cogs.events.recurrence.series import Series, ended, pairs, parted, reclocked, skipping, unskipping
from cogs.events.recurrence.wording import dates_said, in_words, suggestions

__all__ = [
    "Frequency", "Rule", "Series", "dates_said", "ended", "in_words", "pairs", "parted", "reclocked", "skipping",
    "suggestions", "unskipping",
]  # fmt: skip
