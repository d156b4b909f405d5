"""Links: which ones a catalogue may hold, and when two of them are the same.

A link is checked as text only; nothing is fetched here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from bot.kit.errors import UserError
from bot.kit.fetching.addresses import is_public, literal
from bot.kit.words import tidy

LONGEST = 512
"""Characters of a link; four such links and their titles fit a card."""

_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#].*)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Names that lead nowhere outside one building: RFC 6761, RFC 6762, RFC 8375, RFC 9476 and what routers use
_INSIDE = (
    "localhost",
    "local",
    "internal",
    "lan",
    "home",
    "corp",
    "intranet",
    "test",
    "example",
    "alt",
    "invalid",
    "localdomain",
    "onion",
    "arpa",
)
_TOP_LEVEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{2,59}")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?")  # RFC 1035, 2.3.1 and 2.3.4, and the _ that some have
# What campaigns and mailings add to a link; it never changes the page
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_(campaign|kwd|keyword|source|medium|content)|fbclid|gclid|gclsrc|gbraid|wbraid|gad_\w+|_ga|_gl"
    r"|dclid|msclkid|ttclid|twclid|yclid|mc_cid|mc_eid|igshid|igsh|ref_src|_hsenc|_hsmi|hsctatracking|mkt_tok|srsltid"
    r"|li_fat_id|vero_id|oly_enc_id|oly_anon_id|trk"
)
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")  # RFC 3986, 2.3
_SAFE = "%/:?#[]@!$&*+,;=-._~'"


def checked(raw: str) -> str:
    """The link as it is kept: with its scheme, its host in lower case, its signs encoded.

    Raises UserError, in words, for what is empty, longer than `LONGEST`, not http or https, has a name and password in
    it, or leads to a private place.
    """
    link = tidy(raw).strip("<>").strip()
    if not link:
        raise UserError("The link is missing. Copy it from your browser's address bar and paste it into the form.")
    if len(link) > 4 * LONGEST:
        raise _too_long(link)
    if " " in link:
        raise UserError(
            "A link has no spaces in it. Please paste only the link, such as https://www.ala.org/tools; the rest can "
            "go into the text."
        )
    if not _SCHEME.match(link) or _BARE.fullmatch(link):
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError:
        raise _not_a_link() from None
    if parts.scheme.lower() not in ("http", "https"):
        raise UserError("Only links that start with https:// or http:// can be opened by everyone. Please use one.")
    if parts.username is not None or parts.password is not None:
        raise UserError("This link has a name or password in it (before the @). Please paste it without them.")
    _check_host(host)
    address = f"[{host}]" if ":" in host else host
    netloc = address if port is None else f"{address}:{port}"
    kept = urlunsplit(
        (
            parts.scheme.lower(),
            netloc,
            quote(parts.path, _SAFE),
            quote(parts.query, _SAFE),
            quote(parts.fragment, _SAFE),
        )
    )
    if len(kept) > LONGEST:
        raise _too_long(kept)
    return kept


def key(link: str) -> str:
    """What two links to the same page have in common.

    Scheme, "www.", letter case of the host, default ports, a trailing slash, the fragment, how signs are encoded, and
    what campaigns add to the query make no difference. The letter case of the path does (RFC 3986, 6.2.2.1: videos and
    documents are named by it), and a fragment that is a way inside a page that draws itself ("#/guide", "#!guide").
    """
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0].lower())
    ]
    path = _ENCODED.sub(_decoded, parts.path).rstrip("/")
    way = f"#{parts.fragment.rstrip('/')}" if parts.fragment.startswith(("/", "!")) else ""
    whole = f"{host}{port}{path}{'?' + urlencode(sorted(query)) if query else ''}{'' if way == '#' else way}"
    if len(whole) <= LONGEST:
        return whole
    return whole[: LONGEST - 65] + "#" + hashlib.sha256(whole.encode()).hexdigest()


def _decoded(encoded: re.Match[str]) -> str:
    """What needs no encoding is taken out of it, all else is written in capitals (RFC 3986, 6.2.2)."""
    sign = chr(int(encoded[1], 16))
    return sign if _UNRESERVED.fullmatch(sign) else encoded[0].upper()


def _ascii(host: str) -> str:
    """The host as the network knows it: look-alike letters show, one name has one form. Raises ValueError."""
    plain = unicodedata.normalize("NFKC", host).lower()
    return plain if plain.isascii() else plain.encode("idna").decode("ascii").lower()


def _check_host(host: str) -> None:
    name = host.rstrip(".")
    address = literal(name)
    if address is not None:
        if not is_public(address):
            raise _private()
        return
    labels = name.split(".")
    if len(labels) < 2 and labels[-1] not in _INSIDE:  # noqa: PLR2004 - a public name has a dot
        raise _not_a_link()
    if labels[-1] in _INSIDE:
        raise _private()
    if not _TOP_LEVEL.fullmatch(labels[-1]) or not all(map(_LABEL.fullmatch, labels)):
        raise _not_a_link()


def _too_long(link: str) -> UserError:
    return UserError(
        f"That link is {len(link):,} characters long; {LONGEST} fit. Often everything after the question mark in it "
        "can be left out."
    )


def _private() -> UserError:
    return UserError(
        "That link leads to a place only your own network can reach. Please use one that works from home as well."
    )


def _not_a_link() -> UserError:
    return UserError(
        "That does not look like a link. It should be something like https://www.ala.org/tools; copy it from your "
        "browser's address bar."
    )
