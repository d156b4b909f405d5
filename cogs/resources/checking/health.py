"""When a link counts as dead: after failures on three different days, with no answer in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.kit.fetching import Reason
from cogs.resources.checking.outcomes import ANSWERS, FAILURES, Kind, host_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from cogs.resources.checking.outcomes import Outcome

DEAD_AFTER = 3
"""Failures, each on a UTC day of its own."""
EVERY = timedelta(days=7)
UNREAD_FOR = timedelta(days=30)
"""How long a robots.txt that cannot be read keeps us out: RFC 9309, 2.3.1.4."""
FEWEST_HOSTS = 3
"""From so many hosts on, all of them failing at once says more about our own connection than about them."""

_NO_WAY_OUT = frozenset({Reason.UNRESOLVED, Reason.NO_CONNECTION, Reason.TOO_SLOW, Reason.PRIVATE})


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of one link. All days are UTC days; a link that was never looked at has an empty one.

    `failures` counts different days since the last answer, `first_failed` and `last_failed` are the outer two.
    `unread_since` is the first day since which its robots.txt could not be read.
    """

    failures: int = 0
    first_failed: date | None = None
    last_failed: date | None = None
    last_checked: date | None = None
    last_kind: Kind | None = None
    unread_since: date | None = None

    @property
    def dead(self) -> bool:
        """Whether the link counts as dead."""
        return self.failures >= DEAD_AFTER

    def after(self, kind: Kind, today: date) -> Health:
        """The health after a look at the link on the UTC day `today`.

        An answer wipes the slate. A failure counts once a day, and not on a day before the last one (a clock put back).
        What says nothing either way (busy, kept out, not read, odd) leaves the count as it was.
        """
        unread = (self.unread_since or today) if kind is Kind.UNREAD else None
        seen = replace(self, last_checked=today, last_kind=kind, unread_since=unread)
        if kind in ANSWERS:
            return replace(seen, failures=0, first_failed=None, last_failed=None)
        if kind not in FAILURES or (self.last_failed is not None and today <= self.last_failed):
            return seen
        return replace(seen, failures=self.failures + 1, first_failed=self.first_failed or today, last_failed=today)


def next_check(health: Health, every: timedelta = EVERY) -> date | None:
    """The UTC day of the next look: the day after a failure while it is not yet dead, else `every` later.

    None (at once) for a link that was never looked at.
    """
    if health.last_checked is None:
        return None
    doubtful = health.last_kind in FAILURES and not health.dead
    return health.last_checked + (timedelta(days=1) if doubtful else every)


def robots_waited_out(health: Health, today: date) -> bool:
    """Whether a robots.txt could not be read for so long that the link may be looked at all the same (`insist`)."""
    return health.unread_since is not None and today - health.unread_since >= UNREAD_FOR


def shows_we_are_online(outcome: Outcome) -> bool:
    """Whether a look at a link proves that the internet can be reached from here."""
    return outcome.kind is not Kind.UNREAD and outcome.reason not in _NO_WAY_OUT


def seems_offline(outcomes: Collection[Outcome]) -> bool:
    """Whether a run says more about our own connection than about the links: then none of it should be kept.

    True where at least `FEWEST_HOSTS` hosts were asked and not one of them could be reached.
    """
    hosts = {host_of(one.link) for one in outcomes}
    return len(hosts) >= FEWEST_HOSTS and not any(map(shows_we_are_online, outcomes))
