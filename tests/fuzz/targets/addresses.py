"""Network addresses, and web addresses that the bot itself is to open."""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from bot.kit.fetching import PUBLIC, Fetcher, FetchFault, Hop, is_public, literal
from bot.kit.fetching.fetcher import _objection
from tests.fuzz.making import Maker, corpus
from tests.fuzz.target import Target, case_of, fit_to_show, holds, text_of
from tests.fuzz.targets.links import HOSTS, LINKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from yarl import URL

# Said once more, from the two registries of special-purpose addresses themselves
# (https://www.iana.org/assignments/iana-ipv4-special-registry/ and .../iana-ipv6-special-registry/)
_SPECIAL = corpus("addresses")
_NOT_FOUR = [IPv4Network(each) for each in _SPECIAL["special_four"]]
_NOT_SIX = [IPv6Network(each) for each in _SPECIAL["special_six"]]
_WITHIN = [IPv6Network(each) for each in _SPECIAL["public_within"]]
"""Parts of 2001::/23 that the registry says are on the public internet: we may open them, and need not."""
_MAPPED, _NAT64, _6TO4 = IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"), IPv6Network("2002::/16")
_MAKER = Maker(
    LINKS, [*HOSTS, "https://", "http://", "/", "?", "#", "@", ":80", ":443", ":8080", "//", "..", "%2e"], ""
)


def _draw(rng: Random) -> bytes:
    """An address as a number, or written down and damaged, or a web address."""
    kind = rng.random()
    if kind < 0.25:
        return case_of(str(IPv4Address(_near(rng, _NOT_FOUR, 32))))
    if kind < 0.5:
        return case_of(str(IPv6Address(_six(rng))))
    if kind < 0.6:
        four = IPv4Address(_near(rng, _NOT_FOUR, 32))
        return case_of(rng.choice((f"{int(four)}", hex(int(four)), f"{four}.", f"0{four}", f"::ffff:{four}%eth0")))
    return case_of(_MAKER.text(rng))


def _near(rng: Random, networks: Sequence[IPv4Network | IPv6Network], bits: int) -> int:
    """Any number, or one inside or just outside of one of the networks."""
    if rng.random() < 0.4:
        return rng.getrandbits(bits)
    network = rng.choice(networks)
    first, last = int(network.network_address), int(network.broadcast_address)
    return max(0, min((1 << bits) - 1, rng.choice((first - 1, first, last, last + 1, rng.randint(first, last)))))


def _six(rng: Random) -> int:
    four = _near(rng, _NOT_FOUR, 32)
    match rng.randrange(6):
        case 0:
            return int(_MAPPED.network_address) | four
        case 1:
            return int(_NAT64.network_address) | four
        case 2:
            return int(_6TO4.network_address) | four << 80 | rng.getrandbits(80)
        case 3:
            return rng.choice((four, rng.getrandbits(8), 0x2000 << 112 | rng.getrandbits(125)))
    return _near(rng, _NOT_SIX, 128)


def _expected(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_FOUR) and address != IPv4Address("168.63.129.16")
    number = int(address)
    for outer, shift in ((_MAPPED, 0), (_NAT64, 0), (_6TO4, 80)):
        if address in outer:
            return _expected(IPv4Address(number >> shift & 0xFFFFFFFF))
    return address in IPv6Network("2000::/3") and not any(address in network for network in _NOT_SIX)


@cache
def _fetcher() -> Fetcher:
    return Fetcher(homepage="https://makers.org")


def _check(data: bytes) -> bool:
    text = text_of(data)
    address = literal(text)
    if address is not None:
        public = is_public(address)
        spared = isinstance(address, IPv6Address) and any(address in network for network in _WITHIN)
        holds(spared or public == _expected(address), "as the registries say", text, public)
        holds(PUBLIC.allows(text, 443) == public, "what is connected to is what was checked", text)
        holds(not PUBLIC.allows(text, 22), "only the web's ports", text)
        return public
    holds(not PUBLIC.allows(text, 443), "a name is never connected to", text)
    return _opened(text)


def _opened(text: str) -> bool:
    """A link that was typed, and the same as the target of a redirect."""
    here = _fetcher()._address("https://www.ala.org/a?b=c#d")
    hop = Hop(301, str(here))
    found = []
    ways: list[Callable[[], URL]] = [lambda: _fetcher()._address(text), lambda: _fetcher()._next(here, text, (hop,))]
    for ask in ways:
        try:
            found.append(ask())
        except FetchFault as fault:
            fit_to_show(fault.words)
    for url in found:
        holds(_objection(url, PUBLIC) is None, "only the web's ways and ports", str(url))
        holds("@" not in url.raw_authority, "no name and password", str(url))
        host = literal((url.host or "").strip("[]"))
        holds(host is None or _same(host), "an address in a link is told as one", str(url))
    return bool(found)


def _same(host: IPv4Address | IPv6Address) -> bool:
    return ip_address(str(host)) == host


TARGET = Target("addresses", 200, _draw, _check)
