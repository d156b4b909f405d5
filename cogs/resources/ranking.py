"""The order of results where it hardly matters to the search: what members saved and opened stands first.

A gentle tie-breaker, not a popularity contest: use can lift a hit only past those whose score is within `NEARLY` of its
own, and in pages of a window, so that what is on a far page stays there. Measured in bench/retrieval.py.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.kit.paging import PER_PAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.search import Hit

NEARLY = 0.01
"""By how much of its score a hit much used may be lifted. At 0.01 use by chance lowered MRR@10 in none
of five worlds, at 0.02 in two (bench/retrieval.py)."""
MUCH = 32
"""From this many uses on, more makes no difference."""
WINDOW = 3 * PER_PAGE
"""How many hits are put in order together: three pages."""


def window_of(page: int) -> tuple[int, int]:
    """Where the window of a page (from 0) begins among all hits, and where the page begins in the window."""
    first = page * PER_PAGE // WINDOW * WINDOW
    return first, page * PER_PAGE - first


def gently(hits: Sequence[Hit], uses: Mapping[int, int]) -> list[Hit]:
    """The hits, best first, with use (how often, by record number) as the tie-breaker.

    Those with all words stay before those with some; where nothing was used the order stays as it is.
    """
    if not uses:
        return list(hits)
    return sorted(hits, key=lambda hit: (not hit.exact, hit.score * (1 + NEARLY * _much(uses.get(hit.record_id, 0)))))


def _much(uses: int) -> float:
    """From 0 for unused to 1 for much used; the first uses count most."""
    return min(1.0, math.log1p(max(0, uses)) / math.log1p(MUCH))
