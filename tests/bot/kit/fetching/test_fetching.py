from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kit.fetching import Allowed, Answer, Astray, Fetcher, FetchFault, Hop, Reason, Refused, Unreachable, Unreadable
from tests.kit.misbehaving import BOMB, LOOPBACK, Counting, Misbehaving, Names, loopback_too

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HOME = "https://makers.org/benchmate"


@pytest.fixture
async def site() -> AsyncIterator[Misbehaving]:
    async with Misbehaving() as site:
        yield site


@pytest.fixture
async def fetcher(site: Misbehaving) -> AsyncIterator[Fetcher]:
    names = Names({"inside.org": ["10.0.0.1"], "both.org": ["10.0.0.1", LOOPBACK], "gone.org": []})
    async with Fetcher(homepage=HOME, allowed=site.allowed, resolver=names) as fetcher:
        yield fetcher


async def reason(fetcher: Fetcher, url: str, *, max_bytes: int = 0, within: float = 5.0, whole: bool = False) -> Reason:
    with pytest.raises(FetchFault) as met:
        await fetcher.fetch(url, max_bytes=max_bytes, within=within, whole=whole)
    assert met.value.words
    assert "Error" not in met.value.words
    return met.value.reason


async def test_a_page_comes_with_its_headers(site: Misbehaving, fetcher: Fetcher) -> None:
    answer = await fetcher.fetch(f"{site.base}/page", max_bytes=1000)
    kept = {"content-type": "text/html; charset=utf-8", "content-length": "16"}
    assert answer == Answer(200, f"{site.base}/page", (), kept, b"A page at /page.", truncated=False)


async def test_a_webmaster_sees_who_asks_and_where_to_read_about_it(site: Misbehaving, fetcher: Fetcher) -> None:
    await fetcher.fetch(f"{site.base}/page", method="HEAD")
    assert [(one.method, one.agent) for one in site.seen] == [("HEAD", f"Benchmate (+{HOME})")]
    assert site.seen[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.1",
        "2130706433",
        "0x7f000001",
        "127.0.0.1.",
    ],
)
async def test_by_default_this_machine_is_out_of_reach_however_it_is_written(host: str) -> None:
    async with Counting() as door:
        async with Fetcher(homepage=HOME, allowed=Allowed(ports=frozenset({door.port}))) as fetcher:
            with pytest.raises((Refused, Unreachable)) as met:
                await fetcher.fetch(f"http://{host}:{door.port}/", within=5)
        assert door.connections == 0
    assert met.value.reason in (Reason.PRIVATE, Reason.NOT_A_LINK, Reason.UNRESOLVED)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_the_door_that_stays_shut_is_a_real_one(host: str) -> None:
    async with Counting() as door:
        async with Fetcher(homepage=HOME, allowed=Allowed(loopback_too, frozenset({door.port}))) as fetcher:
            assert await reason(fetcher, f"http://{host}:{door.port}/") is Reason.CUT_OFF
        assert door.connections > 0


async def test_a_port_is_refused_before_anything_is_asked() -> None:
    names = Names()
    async with Counting() as door, Fetcher(homepage=HOME, resolver=names) as fetcher:
        assert await reason(fetcher, f"http://makers.org:{door.port}/") is Reason.ODD_PORT
        assert (door.connections, names.asked) == (0, [])


async def test_a_name_that_leads_inside_is_refused(site: Misbehaving, fetcher: Fetcher) -> None:
    assert await reason(fetcher, site.at("inside.org")) is Reason.PRIVATE


async def test_of_two_addresses_only_the_public_one_is_connected_to(site: Misbehaving, fetcher: Fetcher) -> None:
    assert (await fetcher.fetch(site.at("both.org"))).status == 200


async def test_a_name_that_leads_inside_the_second_time_is_refused_then(site: Misbehaving) -> None:
    names = Names()
    async with Fetcher(homepage=HOME, allowed=site.allowed, resolver=names) as fetcher:
        assert (await fetcher.fetch(site.at("turns.org"))).status == 200
    names.others["turns.org"] = ["169.254.169.254"]
    async with Fetcher(homepage=HOME, allowed=site.allowed, resolver=names) as fetcher:
        assert await reason(fetcher, site.at("turns.org")) is Reason.PRIVATE


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://10.0.0.1:{port}/", Reason.PRIVATE),
        ("http://[::1]:{port}/", Reason.PRIVATE),
        ("http://inside.org:{port}/", Reason.PRIVATE),
        ("file:///etc/passwd", Reason.BAD_REDIRECT),
        ("javascript:alert(1)", Reason.BAD_REDIRECT),
        ("http://makers.org:x/", Reason.BAD_REDIRECT),
        ("//[]@", Reason.BAD_REDIRECT),
        ("http://makers.org:22/", Reason.BAD_REDIRECT),
        ("http://me:secret@makers.org:{port}/", Reason.BAD_REDIRECT),
    ],
)
async def test_a_redirect_is_checked_like_a_link(
    site: Misbehaving, fetcher: Fetcher, target: str, expected: Reason
) -> None:
    assert await reason(fetcher, f"{site.base}/for-now?link={target.format(port=site.port)}") is expected
    assert len(site.seen) == 1


async def test_redirects_are_followed_and_written_down(site: Misbehaving, fetcher: Fetcher) -> None:
    answer = await fetcher.fetch(site.at("makers.org", "/moved/found/page#part"))
    assert answer.hops == (
        Hop(301, site.at("makers.org", "/moved/found/page#part")),
        Hop(302, site.at("makers.org", "/found/page#part")),
    )
    assert (answer.status, answer.url_final) == (200, site.at("makers.org", "/page#part"))
    assert not answer.downgraded


async def test_the_way_from_https_to_http_shows() -> None:
    answer = Answer(200, "http://makers.org/", (Hop(301, "https://makers.org/"),), {}, b"", truncated=False)
    assert answer.downgraded


async def test_the_fifth_redirect_is_the_last(site: Misbehaving, fetcher: Fetcher) -> None:
    answer = await fetcher.fetch(f"{site.base}/found/found/found/found/found/page")
    assert len(answer.hops) == 5
    with pytest.raises(Astray) as met:
        await fetcher.fetch(f"{site.base}/further/0")
    assert met.value.reason is Reason.TOO_MANY_REDIRECTS
    assert [hop.url for hop in met.value.hops] == [f"{site.base}/further/{number}" for number in range(6)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/rounds/a", Reason.REDIRECT_LOOP),
        ("/no-location", Reason.BAD_REDIRECT),
        ("/bad-location", Reason.BAD_REDIRECT),
        ("/closes", Reason.CUT_OFF),
        ("/garbled", Reason.GARBLED),
        ("/other-protocol", Reason.GARBLED),
        ("/giant-header", Reason.TOO_LARGE),
        ("/many-headers", Reason.TOO_LARGE),
    ],
)
async def test_each_kind_of_misbehavior_has_its_name(
    site: Misbehaving, fetcher: Fetcher, path: str, expected: Reason
) -> None:
    assert await reason(fetcher, f"{site.base}{path}") is expected


@pytest.mark.parametrize("path", ["/never", "/drip", "/slow-header"])
async def test_what_never_ends_is_left_when_its_time_is_up(site: Misbehaving, fetcher: Fetcher, path: str) -> None:
    assert await reason(fetcher, f"{site.base}{path}", max_bytes=10, within=0.2) is Reason.TOO_SLOW


async def test_all_hops_share_one_time(site: Misbehaving, fetcher: Fetcher) -> None:
    assert await reason(fetcher, f"{site.base}/late/late/page", within=0.2) is Reason.TOO_SLOW


async def test_an_endless_body_is_cut(site: Misbehaving, fetcher: Fetcher) -> None:
    answer = await fetcher.fetch(f"{site.base}/endless", max_bytes=100_000)
    assert (len(answer.body), answer.truncated) == (100_000, True)
    assert await reason(fetcher, f"{site.base}/endless", max_bytes=100_000, whole=True) is Reason.TOO_LARGE


async def test_a_body_nobody_wants_is_not_waited_for(site: Misbehaving, fetcher: Fetcher) -> None:
    for path in ("/endless", "/drip", "/bomb", "/short", "/brotli"):
        answer = await fetcher.fetch(f"{site.base}{path}")
        assert (answer.status, answer.body) == (200, b"")


async def test_a_compressed_body_counts_unpacked(site: Misbehaving, fetcher: Fetcher) -> None:
    most = len(BOMB) * 2
    answer = await fetcher.fetch(f"{site.base}/bomb", max_bytes=most)
    assert (answer.body, answer.truncated) == (bytes(most), True)


async def test_a_body_that_breaks_off_is_not_taken_for_whole(site: Misbehaving, fetcher: Fetcher) -> None:
    assert await reason(fetcher, f"{site.base}/short", max_bytes=10_000) is Reason.CUT_OFF


async def test_a_packing_nobody_asked_for_is_not_read(site: Misbehaving, fetcher: Fetcher) -> None:
    with pytest.raises((Unreadable, Unreachable)):
        await fetcher.fetch(f"{site.base}/brotli", max_bytes=10_000)


async def test_no_cookie_is_kept(site: Misbehaving, fetcher: Fetcher) -> None:
    assert (await fetcher.fetch(site.at("makers.org", "/cookies"), max_bytes=100)).body == b"none"


async def test_a_proxy_in_the_environment_is_not_used(
    site: Misbehaving, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await fetcher.fetch(site.at("makers.org"))).status == 200


@pytest.mark.parametrize(
    "url",
    [
        "",
        "makers.org",
        "ftp://makers.org/",
        "file:///etc/passwd",
        "http://",
        "http:///x",
        "http://[::1/",
        "http://me:secret@makers.org/",
        "http://me@makers.org/",
        "http://makers.org:99999/",
        "http://makers.org:x/",
        "http://\ud800.org/",
        "http://makers.org:٣x/",
        "//xn--",
        "//[]@",
    ],
)
async def test_what_is_not_a_link_is_not_opened(fetcher: Fetcher, url: str) -> None:
    assert await reason(fetcher, url) is Reason.NOT_A_LINK


async def test_a_name_nobody_has_is_named(site: Misbehaving, fetcher: Fetcher) -> None:
    with pytest.raises(Unreachable, match="unresolved") as met:
        await fetcher.fetch(site.at("gone.org"))
    assert met.value.words == "I could not find gone.org. Check the spelling; the site may also have closed."


async def test_a_name_that_cannot_exist_is_looked_up_without_harm() -> None:
    async with Fetcher(homepage=HOME) as fetcher:
        assert await reason(fetcher, f"http://{'a' * 70}.org/") is Reason.UNRESOLVED


async def test_a_door_that_is_shut_is_named(fetcher: Fetcher, site: Misbehaving) -> None:
    async with Counting() as door:
        port = door.port
    shut = Allowed(loopback_too, frozenset({port}))
    async with Fetcher(homepage=HOME, allowed=shut) as other:
        assert await reason(other, f"http://{LOOPBACK}:{port}/") is Reason.NO_CONNECTION


async def test_a_certificate_nobody_signed_is_not_trusted() -> None:
    async with (
        Misbehaving(tls=True) as site,
        Fetcher(homepage=HOME, allowed=site.allowed, resolver=Names()) as fetcher,
    ):
        assert await reason(fetcher, f"https://makers.test:{site.port}/") is Reason.CERTIFICATE
        assert site.seen == []


async def test_https_at_a_door_without_it_is_certificate_trouble(site: Misbehaving, fetcher: Fetcher) -> None:
    assert await reason(fetcher, f"https://makers.org:{site.port}/") is Reason.CERTIFICATE


async def test_a_fetcher_opens_nothing_before_it_is_asked_and_nothing_after_it_is_closed(site: Misbehaving) -> None:
    fetcher = Fetcher(homepage="https://makers.org", allowed=site.allowed)
    assert (await fetcher.fetch(f"{site.base}/page")).status == 200
    await fetcher.close()
    await fetcher.close()
    with pytest.raises(RuntimeError, match="closed"):
        await fetcher.fetch(f"{site.base}/page")
