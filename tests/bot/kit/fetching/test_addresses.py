from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.fetching import PUBLIC, is_public, literal

PRIVATE = [
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_on_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not PUBLIC.allows(address, 443)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "104.16.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8", "2002:808:808::1"]
)
def test_what_is_on_the_public_internet_is_let_through(address: str) -> None:
    assert is_public(ip_address(address))
    assert PUBLIC.allows(address, 443)


@given(st.ip_addresses(v=4))
def test_an_address_hides_in_no_other_one(address: IPv4Address) -> None:
    number = int(address)
    forms = [
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address((0x64FF9B << 96) | number),
        IPv6Address((0x2002 << 112) | (number << 80)),
    ]
    assert {is_public(form) for form in forms} == {is_public(address)}


@pytest.mark.parametrize("port", [0, 22, 25, 8080, 6379, 65535])
def test_only_the_ports_of_the_web_are_open(port: int) -> None:
    assert not PUBLIC.allows("8.8.8.8", port)


def test_a_name_is_no_address() -> None:
    assert literal("makers.org") is None
    assert literal("0x7f000001") is None
    assert not PUBLIC.allows("makers.org", 443)
