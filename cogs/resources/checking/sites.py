"""Which hosts belong to one site, and what is a site's front page."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

# Under these a name is registered in the third place (ac.uk, com.au), and under a state of the US in the fourth
_GENERIC = frozenset({"ac", "co", "com", "edu", "gob", "gouv", "gov", "govt", "mil", "ne", "net", "nom", "or", "org"})
_IN_A_STATE = frozenset({"cc", "cog", "gen", "k12", "lib", "mus", "state", "tec"})  # RFC 1480: k12.ca.us, lib.oh.us
_COUNTRY = 2
_FRONT = frozenset({"", "index.html", "index.htm", "index.php", "default.aspx", "home"})


def site_of(link: str) -> str:
    """The name that was registered for a link's host: makers.org for www.makers.org.

    By rule of thumb: the last two labels, more under ac.uk and lib.oh.us. Where many share a registered name
    (github.io, libguides.com) two of them count as one site, so a change is offered as a move and not as another site.
    """
    host = (urlsplit(link).hostname or "").rstrip(".")
    try:
        return str(ip_address(host))
    except ValueError:
        return ".".join(host.split(".")[-_labels(host.split(".")) :])


def _labels(labels: list[str]) -> int:
    if len(labels) < 3 or len(labels[-1]) != _COUNTRY:  # noqa: PLR2004 - makers.org
        return 2
    if labels[-1] == "us" and len(labels) > 3 and labels[-3] in _IN_A_STATE:  # noqa: PLR2004 - town.lib.oh.us
        return 4
    return 3 if labels[-2] in _GENERIC or labels[-1] == "us" else 2


def is_front_page(link: str) -> bool:
    """Whether a link leads to a site's front page, whatever its query."""
    return urlsplit(link).path.strip("/").lower() in _FRONT
