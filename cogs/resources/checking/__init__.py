"""Whether the links of the catalogue still lead somewhere: how one is looked at, how many are, and when one is dead.

Nothing here knows the database or Discord. A link is opened as `bot.kit.fetching` opens it, at most one request at a
time to a host, and only where its robots.txt lets a program in (RFC 9309).
"""

from __future__ import annotations

from cogs.resources.checking.archive import WAYBACK, Archived, archived_copy
from cogs.resources.checking.following import leads_to
from cogs.resources.checking.health import (
    DEAD_AFTER,
    Health,
    next_check,
    robots_waited_out,
    seems_offline,
    shows_we_are_online,
)
from cogs.resources.checking.many import MOST_HOSTS, Due, check_many
from cogs.resources.checking.one import check_link
from cogs.resources.checking.outcomes import Kind, Outcome
from cogs.resources.checking.robots import Permission, Robots

__all__ = [
    "DEAD_AFTER",
    "MOST_HOSTS",
    "WAYBACK",
    "Archived",
    "Due",
    "Health",
    "Kind",
    "Outcome",
    "Permission",
    "Robots",
    "archived_copy",
    "check_link",
    "check_many",
    "leads_to",
    "next_check",
    "robots_waited_out",
    "seems_offline",
    "shows_we_are_online",
]
