"""Which network addresses may be opened: the public internet, and nothing that hides a private address inside."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Address = IPv4Address | IPv6Address

_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is given out for the public internet: https://www.iana.org/assignments/ipv6-address-space/"""
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in the last 32 bits."""
# What older Pythons take for public, from the IANA registries of special-purpose addresses, and one inside a cloud
_ALSO_PRIVATE = (
    IPv4Network("100.64.0.0/10"),  # shared by a provider's customers, RFC 6598
    IPv4Network("168.63.129.16/32"),  # the host of a virtual machine on Azure: a public number that leads inside
    IPv4Network("192.0.0.0/24"),  # protocol assignments, RFC 6890; a metadata service of one cloud is in it
    IPv4Network("192.88.99.0/24"),  # relays for 6to4, withdrawn by RFC 7526
    IPv6Network("3fff::/20"),  # documentation, RFC 9637
)


def is_public(address: Address) -> bool:
    """Whether the address is on the public internet.

    Not: private, loopback, link-local, shared, multicast, reserved, unspecified, for documentation. Where an IPv6
    address has an IPv4 one inside (mapped, 6to4, NAT64), the one inside decides.
    """
    inside = _inside(address)
    if inside is not None:
        return is_public(inside)
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        return False
    return address.is_global and not address.is_multicast and not any(address in network for network in _ALSO_PRIVATE)


def literal(host: str) -> Address | None:
    """The address that a host is when it is written as one (IPv6 without its brackets), or None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _inside(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be connected to: a rule for addresses, and the ports. The default is the public internet."""

    address: Callable[[Address], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})

    def allows(self, host: str, port: int) -> bool:
        """Whether a socket may connect to `host` (an address, as sockets take it) and `port`."""
        found = literal(host)
        return found is not None and port in self.ports and self.address(found)


PUBLIC = Allowed()
"""The public internet at the web's own ports."""
