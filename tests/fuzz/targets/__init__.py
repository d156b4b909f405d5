"""All targets: what is tried."""

from __future__ import annotations

from tests.fuzz.targets import addresses, calendars, catalogue, custom_ids, links, rules, timewords

TARGETS = {
    part.TARGET.name: part.TARGET for part in (addresses, calendars, catalogue, custom_ids, links, rules, timewords)
}
"""By name, in the order in which they run."""
