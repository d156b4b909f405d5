"""How a list is cut into pages: plain numbers, known to services and views alike."""

from __future__ import annotations

PER_PAGE = 4
"""Four results with their buttons fit into the 40 components of a card; five do not."""


def last_page(total: int, per_page: int = PER_PAGE) -> int:
    """The number of the last page (from 0) of `total` things (0 or more)."""
    return max(0, (total - 1) // per_page)


def within(page: int, total: int, per_page: int = PER_PAGE) -> int:
    """A page number that exists: a list may have become shorter since its pager was drawn."""
    return max(0, min(page, last_page(total, per_page)))
