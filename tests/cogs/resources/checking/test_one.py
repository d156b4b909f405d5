from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kit.fetching import Answer, Fetcher, Hop, Reason
from cogs.resources import links
from cogs.resources.checking import Kind, Outcome, Robots, check_link
from cogs.resources.checking.outcomes import of_answer
from tests.kit.misbehaving import Misbehaving, Names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def site() -> AsyncIterator[Misbehaving]:
    async with Misbehaving() as site:
        yield site


@pytest.fixture
async def fetcher(site: Misbehaving) -> AsyncIterator[Fetcher]:
    names = Names({"inside.org": ["10.0.0.1"], "closed.org": []})
    async with Fetcher(homepage="https://makers.org", allowed=site.allowed, resolver=names) as fetcher:
        yield fetcher


@pytest.fixture
def robots(fetcher: Fetcher) -> Robots:
    return Robots(fetcher)


async def look(fetcher: Fetcher, robots: Robots, site: Misbehaving, path: str, host: str = "makers.org") -> Outcome:
    return await check_link(fetcher, robots, site.at(host, path), within=2)


async def test_a_page_that_answers_is_asked_for_its_head_only(
    site: Misbehaving, fetcher: Fetcher, robots: Robots
) -> None:
    outcome = await look(fetcher, robots, site, "/page")
    assert outcome == Outcome(site.at("makers.org", "/page"), Kind.ALIVE, "The page is there.", 200, host="makers.org")
    assert site.asked() == ["GET /robots.txt", "HEAD /page"]


@pytest.mark.parametrize("status", ["405", "501", "403", "404", "400", "500", "closes"])
async def test_a_page_whose_head_is_refused_is_asked_for_itself(
    site: Misbehaving, fetcher: Fetcher, robots: Robots, status: str
) -> None:
    assert (await look(fetcher, robots, site, f"/head/{status}")).kind is Kind.ALIVE
    assert site.asked()[-1] == f"GET /head/{status}"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, Kind.ALIVE),
        (204, Kind.ALIVE),
        (401, Kind.SIGN_IN),
        (403, Kind.SIGN_IN),
        (404, Kind.GONE),
        (410, Kind.GONE),
        (405, Kind.ODD),
        (418, Kind.ODD),
        (451, Kind.ODD),
        (500, Kind.FAILING),
        (503, Kind.FAILING),
        (522, Kind.FAILING),
        (999, Kind.ODD),
    ],
)
async def test_each_status_has_its_meaning(
    site: Misbehaving, fetcher: Fetcher, robots: Robots, status: int, kind: Kind
) -> None:
    outcome = await look(fetcher, robots, site, f"/status/{status}")
    assert (outcome.kind, outcome.status) == (kind, status)
    assert outcome.words


async def test_a_host_that_is_asked_too_much_is_not_asked_again(
    site: Misbehaving, fetcher: Fetcher, robots: Robots
) -> None:
    outcome = await look(fetcher, robots, site, "/status/429")
    assert outcome.kind is Kind.BUSY
    assert outcome.words == "makers.org asks to be left alone for a while. I'll look again next time."
    assert site.asked() == ["GET /robots.txt", "HEAD /status/429"]


@pytest.mark.parametrize(
    ("path", "kind", "reason"),
    [
        ("/closes", Kind.FAILING, Reason.CUT_OFF),
        ("/garbled", Kind.FAILING, Reason.GARBLED),
        ("/rounds/a", Kind.ODD, Reason.REDIRECT_LOOP),
        ("/further/0", Kind.ODD, Reason.TOO_MANY_REDIRECTS),
        ("/no-location", Kind.ODD, Reason.BAD_REDIRECT),
        ("/giant-header", Kind.ODD, Reason.TOO_LARGE),
        ("/for-now?link=http://10.0.0.1:{port}/", Kind.FAILING, Reason.PRIVATE),
        ("/for-now?link=file:///etc/passwd", Kind.ODD, Reason.BAD_REDIRECT),
    ],
)
async def test_misbehavior_is_a_failure_or_something_to_look_at(
    site: Misbehaving, fetcher: Fetcher, robots: Robots, path: str, kind: Kind, reason: Reason
) -> None:
    outcome = await look(fetcher, robots, site, path.format(port=site.port))
    assert (outcome.kind, outcome.reason) == (kind, reason)
    assert outcome.words


async def test_a_page_that_never_answers_fails(site: Misbehaving, fetcher: Fetcher, robots: Robots) -> None:
    outcome = await check_link(fetcher, robots, site.at("makers.org", "/never"), within=0.1)
    assert (outcome.kind, outcome.reason) == (Kind.FAILING, Reason.TOO_SLOW)


@pytest.mark.parametrize(("host", "reason"), [("closed.org", Reason.UNRESOLVED), ("inside.org", Reason.PRIVATE)])
async def test_a_host_that_cannot_be_reached_fails_though_its_rules_could_not_be_read(
    site: Misbehaving, fetcher: Fetcher, robots: Robots, host: str, reason: Reason
) -> None:
    outcome = await look(fetcher, robots, site, "/page", host)
    assert (outcome.kind, outcome.reason) == (Kind.FAILING, reason)
    assert site.seen == []


async def test_a_link_whose_port_is_not_opened_is_left_to_people(fetcher: Fetcher, robots: Robots) -> None:
    outcome = await check_link(fetcher, robots, "http://makers.org:8081/page")
    assert (outcome.kind, outcome.reason) == (Kind.ODD, Reason.ODD_PORT)


async def test_a_page_that_moved_for_good_is_offered_as_an_edit(
    site: Misbehaving, fetcher: Fetcher, robots: Robots
) -> None:
    outcome = await look(fetcher, robots, site, "/moved/moved/page")
    assert (outcome.kind, outcome.moved_to) == (Kind.MOVED, site.at("makers.org", "/page"))
    assert outcome.words == "The page has moved for good, to makers.org. Update the link?"
    assert outcome.moved_to is not None
    assert links.checked(outcome.moved_to) == outcome.moved_to


@pytest.mark.parametrize("path", ["/found/page", "/moved/found/page", "/for-now/for-good/page"])
async def test_a_page_that_is_elsewhere_for_now_is_not(
    site: Misbehaving, fetcher: Fetcher, robots: Robots, path: str
) -> None:
    outcome = await look(fetcher, robots, site, path)
    assert (outcome.kind, outcome.moved_to) == (Kind.MOVED_FOR_NOW, site.at("makers.org", "/page"))


async def test_a_link_that_turned_into_another_site_is_shown_and_not_dead(
    site: Misbehaving, fetcher: Fetcher, robots: Robots
) -> None:
    there = site.at("casino.com", "/?from=makers")
    outcome = await look(fetcher, robots, site, f"/for-good?link={there.replace('?', '%3F')}")
    assert (outcome.kind, outcome.moved_to) == (Kind.OTHER_SITE, there)
    assert "casino.com" in outcome.words


async def test_a_page_of_another_site_is_a_move(site: Misbehaving, fetcher: Fetcher, robots: Robots) -> None:
    outcome = await look(fetcher, robots, site, f"/for-good?link={site.at('new.org', '/page')}")
    assert (outcome.kind, outcome.moved_to) == (Kind.MOVED, site.at("new.org", "/page"))


async def test_a_page_that_became_the_front_page_is_something_to_look_at(
    site: Misbehaving, fetcher: Fetcher, robots: Robots
) -> None:
    outcome = await look(fetcher, robots, site, f"/for-good?link={site.at('www.makers.org')}")
    assert (outcome.kind, outcome.moved_to) == (Kind.ODD, site.at("www.makers.org"))


async def test_a_redirect_to_a_page_that_is_gone_is_gone(site: Misbehaving, fetcher: Fetcher, robots: Robots) -> None:
    assert (await look(fetcher, robots, site, "/moved/status/404")).kind is Kind.GONE


def test_a_way_that_led_from_https_to_http_is_written_down() -> None:
    answer = Answer(200, "http://makers.org/b", (Hop(301, "https://makers.org/a"),), {}, b"", truncated=False)
    outcome = of_answer("https://makers.org/a", answer)
    assert (outcome.kind, outcome.downgraded) == (Kind.MOVED, True)


def test_a_new_address_that_the_catalogue_would_refuse_is_not_offered() -> None:
    answer = Answer(200, "http://makers.org/" + "b" * 600, (Hop(301, "http://makers.org/a"),), {}, b"", truncated=False)
    assert of_answer("http://makers.org/a", answer).moved_to is None
