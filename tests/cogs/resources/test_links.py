from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import vocabulary
from bot.kit.errors import UserError
from cogs.resources import links, starter, terms

if TYPE_CHECKING:
    import ipaddress


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.ala.org/tools", "https://www.ala.org/tools"),
        (" <https://nom.org> ", "https://nom.org"),
        ("HTTPS://NOM.org/Path?Q=1", "https://nom.org/Path?Q=1"),
        ("https://nom.org/a (b)", None),
        ("https://nom.org/a_(b)", "https://nom.org/a_%28b%29"),
        ("nom.org:8080/x", "https://nom.org:8080/x"),
        ("https://Bücherei.de/maker", "https://xn--bcherei-n2a.de/maker"),
        ("http://8.8.8.8/x", "http://8.8.8.8/x"),
        ("https://nom.org/100%25", "https://nom.org/100%25"),
    ],
)
def test_a_link_is_kept_as_people_mean_it(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(UserError, match="space"):
            links.checked(typed)
    else:
        assert links.checked(typed) == kept


@pytest.mark.parametrize(
    "other",
    [
        "http://nom.org/a/b",
        "https://www.nom.org/a/b/",
        "https://NOM.ORG/a/b#part",
        "https://nom.org:443/a/b?utm_source=mail&fbclid=1",
        "https://nom.org./a/b",
        "https://nom.org/a/b/#:~:text=laser",
        "https://nom.org/%61/b",
        "HTTPS://WWW.Nom.Org:443/a/b/?gclid=1&mc_cid=2&_ga=3&srsltid=4&UTM_Medium=x#top",
        "http://www.nom.org/a/b/?pk_campaign=spring&mtm_source=mail",
    ],
)
def test_two_links_to_the_same_page_have_one_key(other: str) -> None:
    assert links.key(links.checked(other)) == links.key("https://nom.org/a/b")


@pytest.mark.parametrize(
    "other",
    [
        "https://nom.org/a",
        "https://nom.org/a/b?id=2",
        "https://nom.org/A/B",
        "https://x.nom.org/a/b",
        "https://nom.org:8443/a/b",
        "https://nom.org/a%2Fb",
        "https://nom.org/a/b#/laser",
        "https://nom.org/a/b#!laser",
        "https://nom.org/a/b?pk=1",
    ],
)
def test_links_to_different_pages_have_different_keys(other: str) -> None:
    assert links.key(links.checked(other)) != links.key("https://nom.org/a/b")


def test_the_order_of_a_query_makes_no_difference() -> None:
    assert links.key("https://nom.org/?b=2&a=1") == links.key("https://nom.org?a=1&b=2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://nom.org/caf%c3%a9", "https://nom.org/café"),
        ("https://nom.org/%7Erosa", "https://nom.org/~rosa"),
        ("https://nom.org/?q=a%20b", "https://nom.org/?q=a+b"),
        ("https://nom.org/app#/guide/", "https://nom.org/app/#/guide"),
        ("https://nom.org#/", "https://nom.org"),
        ("https://Bücherei.de", "https://www.xn--bcherei-n2a.de/"),
    ],
)
def test_two_ways_to_write_one_link_have_one_key(one: str, other: str) -> None:
    assert links.key(links.checked(one)) == links.key(links.checked(other))


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_link_or_refused_in_words(typed: str) -> None:
    with suppress(UserError):
        kept = links.checked(typed)
        assert len(kept) <= links.LONGEST
        assert urlsplit(kept).scheme in ("http", "https")
        assert not set(kept) & set(' ()<>"\\`\n')
        assert links.checked(kept) == kept
        assert links.key(kept)


@given(st.text(max_size=30))
def test_whatever_a_host_is_made_of_it_cannot_break_out_of_a_card(host: str) -> None:
    with suppress(UserError):
        kept = links.checked(f"https://{host}.org/")
        assert not set(kept) & set(' ()<>"\\`\n*|')
        assert kept.isascii()


@pytest.mark.parametrize(
    "link",
    [
        "https://a)**b**||c.com/p",
        "https://evil.com\\.ala.org/tools",
        "https://`x`.org",
        "https://-.com",
        "https://a..com",
        "http://printer.\uff4c\uff4f\uff43\uff41\uff4c/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://box.localdomain/",
        "http://0x7f000001/",
        "http://168.63.129.16/",
        "http://192.88.99.1/",
    ],
)
def test_a_host_that_hides_something_is_refused(link: str) -> None:
    with pytest.raises(UserError):
        links.checked(link)


def test_letters_that_look_alike_show_what_they_are() -> None:
    assert links.checked("https://аррӏе.com/").startswith("https://xn--")


def test_two_long_questions_to_one_page_are_two_links() -> None:
    one, other = (f"https://nom.org/?q={'%C3%A9' * 80}{end}" for end in ("a", "b"))
    assert links.key(one) != links.key(other)
    assert len(links.key(one + "&r=" + "%C3%A9" * 80)) <= links.LONGEST


@given(st.ip_addresses())
def test_no_address_of_a_private_network_gets_in(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    host = f"[{address}]" if address.version == 6 else str(address)
    # In newer Pythons no 6to4 address is global, whatever it leads to
    if not (getattr(address, "sixtofour", None) or address).is_global:
        with pytest.raises(UserError):
            links.checked(f"http://{host}/")


def test_the_starter_catalogue_is_whole() -> None:
    shelves = starter.read()
    assert len(shelves) == 100
    assert len({about.link_key for about in shelves}) == 100
    tools = vocabulary.load()
    assert all(tools.get(slug) for about in shelves for slug in about.tools)
    assert all(about.title and about.description and about.publisher for about in shelves)


def test_a_starter_row_with_an_unknown_kind_is_named() -> None:
    row = {"kind": "song", "audience": "all", "url": "https://nom.org"}
    with pytest.raises(ValueError, match=r"row 7.*song"):
        starter._description(row, 7)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("3D printing liability waiver", "policy"),
        ("Lesson plans for vinyl cutters", "lesson-plan"),
        ("Sewing machine user guide", "vendor-manual"),
        ("Webinar: starting small", "course"),
        ("Something about lasers", "guide"),
    ],
)
def test_a_title_speaks_for_a_kind(title: str, kind: str) -> None:
    assert terms.guess_kind(title) == kind


def test_audiences_read_as_one_says_them() -> None:
    assert terms.for_whom(["all"]) == terms.for_whom([]) == ""
    assert terms.for_whom(["small-rural", "public"]) == "For public, small and rural libraries"
