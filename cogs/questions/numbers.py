"""Numbers about questions: how many were asked and answered, and how long people waited. Plain rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from db.questions import Counted


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some questions: how many, how many of them were answered, and the median waits (None where nobody has)."""

    asked: int
    answered: int
    to_reply: timedelta | None
    to_answer: timedelta | None


def figures(questions: Sequence[Counted]) -> Figures:
    """The figures of these questions."""
    replies = [one.first_reply_at - one.asked_at for one in questions if one.first_reply_at]
    answers = [one.answered_at - one.asked_at for one in questions if one.answered_at]
    return Figures(len(questions), len(answers), _median(replies), _median(answers))


def by_tool(questions: Iterable[Counted]) -> list[tuple[str, Figures]]:
    """The figures of each tool by its slug, the most asked first; a question with two tools counts for both."""
    groups: dict[str, list[Counted]] = {}
    for one in questions:
        for slug in one.tools or ("",):
            groups.setdefault(slug, []).append(one)
    found = [(slug, figures(group)) for slug, group in groups.items()]
    return sorted(found, key=lambda pair: (-pair[1].asked, pair[0]))


def by_month(questions: Iterable[Counted], zone: ZoneInfo) -> list[tuple[str, Figures]]:
    """The figures of each month ("2026-03") by the clock of that zone, the newest first."""
    groups: dict[str, list[Counted]] = {}
    for one in questions:
        groups.setdefault(f"{one.asked_at.astimezone(zone):%Y-%m}", []).append(one)
    return [(month, figures(groups[month])) for month in sorted(groups, reverse=True)]


def waited(span: timedelta) -> str:
    """A wait as one says it: 25 minutes, 3 hours, 2 days."""
    minutes = max(1, round(span.total_seconds() / 60))
    for size, one in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size * (2 if size > 1 else 1) or size == 1:
            many = round(minutes / size)
            return f"{many} {one if many == 1 else one + 's'}"
    return ""


def _median(spans: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None
