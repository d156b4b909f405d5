"""One look at one link: HEAD, and GET where HEAD is not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.fetching import FetchFault, Reason
from cogs.resources.checking import outcomes
from cogs.resources.checking.robots import Permission

if TYPE_CHECKING:
    from bot.kit.fetching import Answer, Fetcher
    from cogs.resources.checking.outcomes import Outcome
    from cogs.resources.checking.robots import Robots

WITHIN = 20.0
"""Seconds for HEAD, and again for GET."""

_FINAL = frozenset(
    {
        Reason.NOT_A_LINK,
        Reason.ODD_PORT,
        Reason.PRIVATE,
        Reason.UNRESOLVED,
        Reason.NO_CONNECTION,
        Reason.CERTIFICATE,
    }
)
"""Reasons for which GET would fare no better than HEAD did."""
_GOOD, _BUSY = 2, 429


class _StayedOut(Exception):
    """A robots.txt on the way gave no permission."""

    def __init__(self, at: str, permission: Permission) -> None:
        super().__init__(f"{permission} at {at}")
        self.at, self.permission = at, permission


async def check_link(
    fetcher: Fetcher, robots: Robots, link: str, *, insist: bool = False, within: float = WITHIN
) -> Outcome:
    """Look whether a link (as `links.checked` keeps it) still leads to a page. Raises nothing that a site can cause.

    Each hop is opened only where its robots.txt permits. `insist`: where that could not be read for 30 days
    (`robots_waited_out`), go on as if there were none, as RFC 9309, 2.3.1.4 lets one. `within` is in seconds for each
    of the two requests.
    """

    async def ask_first(address: str) -> None:
        permission = await robots.permission(address)
        if permission is Permission.KEPT_OUT or (permission is Permission.UNREAD and not insist):
            raise _StayedOut(address, permission)

    async def get() -> Answer:
        return await fetcher.fetch(link, method="GET", before=ask_first, within=within)

    try:
        try:
            answer = await fetcher.fetch(link, method="HEAD", before=ask_first, within=within)
        except FetchFault as fault:
            if fault.reason in _FINAL:
                raise
            answer = await get()
        else:
            if answer.status // 100 != _GOOD and answer.status != _BUSY:
                answer = await get()
    except _StayedOut as stayed:
        at = outcomes.kept_out if stayed.permission is Permission.KEPT_OUT else outcomes.unread
        return at(link, stayed.at)
    except FetchFault as fault:
        return outcomes.of_fault(link, fault)
    return outcomes.of_answer(link, answer)
