"""What it costs to pair two people, or to leave one waiting, as one whole number that keeps a ranking of aims.

The number is written in digits, each wide enough that a whole round's sum never reaches the next one. From the highest:
how many wait; how many seats in groups are taken; how many pairs lie in each band of 5 points, the lowest band first;
how many points are missing to 100; how many earlier rounds those had waited who wait again. All pairings place equally
many where the first digit is equal, so the fewest in the lowest band, then in the next, is the fairest worst pair
(leximin).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BAND = 5
"""Points of one band: pairs whose scores lie so close are as fair as each other."""
FULL = 100
"""The most points."""
MOST_WAITED = 15
"""Earlier rounds that count."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What each decision costs: a pair by its points, the same in a group's seat, and leaving each mentee waiting."""

    pair: tuple[int, ...]
    group: tuple[int, ...]
    waiting: tuple[int, ...]

    @classmethod
    def of(cls, scores: Iterable[int], waited: Sequence[int], *, fair: bool = True) -> Costs:
        """For pairs with these scores, and mentees who have waited so many rounds; without `fair`, bands do not count.

        Of rounds waited, 0 to 15 count.
        """
        rounds = [min(max(before, 0), MOST_WAITED) for before in waited]
        width = len(rounds).bit_length()
        lowest = sum(rounds).bit_length()
        bands = lowest + (len(rounds) * FULL).bit_length()
        present = sorted({score // BAND for score in scores}, reverse=True) if fair else []
        digit = {band: 1 << (bands + place * width) for place, band in enumerate(present)}
        group = 1 << (bands + len(present) * width)
        pair = tuple(digit.get(score // BAND, 0) + (FULL - score << lowest) for score in range(FULL + 1))
        return cls(
            pair=pair,
            group=tuple(group + cost for cost in pair),
            waiting=tuple((group << width) + before for before in rounds),
        )
