"""When a resource is looked at again, and until when an opportunity is open: dates alone, no clock and no table.

Libraries look at technical content again after three years and at other content after five; what people's safety or a
library's liability hangs on, every year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.resources import Description

OPPORTUNITY = "opportunity"
"""The kind that has a closing date instead of a review date."""
_YEARLY_KINDS = {"policy"}
_TECHNICAL_KINDS = {"guide", "toolkit", "course", "vendor-manual", "dataset"}
_YEARLY = re.compile(r"\b(?:safe(?:ty|ly)?|hazards?|liabilit(?:y|ies)|liable|waivers?|insurance|polic(?:y|ies))\b")
_ANYWHERE = timedelta(hours=12)
"""The last place on Earth where a day ends is twelve hours behind UTC; calls are meant that way unless they say so."""


def years(about: Description) -> int | None:
    """After how many years a resource is looked at again; None for an opportunity, which closes."""
    if about.kind == OPPORTUNITY:
        return None
    said = " ".join((about.title, *about.topics)).casefold()
    if about.kind in _YEARLY_KINDS or _YEARLY.search(said):
        return 1
    return 3 if about.kind in _TECHNICAL_KINDS else 5


def due_on(about: Description, looked_at: datetime) -> date | None:
    """The day (UTC) on which a resource that was looked at on `looked_at` (aware) is due again; None if never."""
    after = years(about)
    if after is None:
        return None
    day = looked_at.astimezone(UTC).date()
    try:
        return day.replace(year=day.year + after)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + after, day=28)


def still_open(now: datetime) -> date:
    """The earliest closing date that is not over everywhere on Earth at `now` (aware)."""
    return (now.astimezone(UTC) - _ANYWHERE).date()


def closed_at(closes_on: date) -> datetime:
    """The moment (UTC) in which a closing date is over everywhere on Earth."""
    return datetime.combine(closes_on + timedelta(days=1), time(), UTC) + _ANYWHERE
