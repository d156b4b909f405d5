"""Links that put one event into a calendar on the web, for those who use Google's or Outlook's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from datetime import datetime

LONGEST = 512
"""Characters that a button's link may have (https://docs.discord.com/developers/components/reference#button)."""
_GOOGLE = "https://calendar.google.com/calendar/render"
_OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


def google(title: str, starts_at: datetime, ends_at: datetime, where: str, about: str) -> str:
    """A link that opens Google's calendar with the event filled in; moments are UTC. What is too long is left out."""
    span = f"{starts_at:%Y%m%dT%H%M%SZ}/{ends_at:%Y%m%dT%H%M%SZ}"
    return _fitting(_GOOGLE, {"action": "TEMPLATE", "text": title, "dates": span}, location=where, details=about)


def outlook(title: str, starts_at: datetime, ends_at: datetime, where: str, about: str) -> str:
    """A link that opens Outlook on the web with the event filled in; moments are UTC. What is too long is left out."""
    span = {"startdt": f"{starts_at:%Y-%m-%dT%H:%M:%SZ}", "enddt": f"{ends_at:%Y-%m-%dT%H:%M:%SZ}"}
    given = {"path": "/calendar/action/compose", "rru": "addevent", "subject": title, **span}
    return _fitting(_OUTLOOK, given, location=where, body=about)


def _fitting(address: str, given: dict[str, str], **wished: str) -> str:
    link = f"{address}?{urlencode(given)}"
    for name, value in wished.items():
        more = f"{link}&{urlencode({name: value})}"
        if value and len(more) <= LONGEST:
            link = more
    return link
