"""Whom each mentee could be paired with: all mentors without an obstacle, the best first, kept small.

A mentor stands here by their place in the list, which goes by number, so that equals always come in the same order.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cogs.mentorship.matching import obstacles
from cogs.mentorship.matching.score import points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cogs.mentorship.matching.people import Known
    from cogs.mentorship.matching.values import Exclusions


@dataclass(frozen=True, slots=True)
class Row:
    """One mentee's candidates, the best first: points (0 to 100) and the mentors' places, side by side."""

    points: bytes
    mentors: array[int]

    @classmethod
    def of(cls, candidates: Iterable[tuple[int, int]]) -> Row:
        """From points and places in any order; of equals, the lower place comes first."""
        ordered = sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1]))
        return cls(bytes(score for score, _ in ordered), array("I", [place for _, place in ordered]))


def rows(mentors: Sequence[Known], mentees: Sequence[Known], exclusions: Exclusions) -> list[Row]:
    """A row for each mentee, in their order; empty where nobody goes together with them."""
    offering: dict[str, list[int]] = {}
    for place, mentor in enumerate(mentors):
        for slug in mentor.reach:
            offering.setdefault(slug, []).append(place)
    return [_row(mentee, mentors, offering, exclusions) for mentee in mentees]


def _row(mentee: Known, mentors: Sequence[Known], offering: dict[str, list[int]], exclusions: Exclusions) -> Row:
    places = {place for slug in mentee.wishes.subjects for place in offering.get(slug, ())}
    return Row.of(
        (points(mentors[place], mentee), place)
        for place in places
        if next(obstacles.between(mentors[place], mentee, exclusions), None) is None
    )
