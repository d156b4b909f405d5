from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.kit.fetching import Fetcher, Turns
from cogs.resources.checking import Kind, Permission, Robots, check_link
from cogs.resources.checking.robots import LARGEST
from tests.kit.misbehaving import Misbehaving, Names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ALL_OUT = "User-agent: *\nDisallow: /\n"


@pytest.fixture
async def site() -> AsyncIterator[Misbehaving]:
    async with Misbehaving() as site:
        yield site


@pytest.fixture
async def fetcher(site: Misbehaving) -> AsyncIterator[Fetcher]:
    async with Fetcher(
        homepage="https://makers.org", allowed=site.allowed, resolver=Names({"closed.org": []})
    ) as fetcher:
        yield fetcher


@pytest.mark.parametrize(
    ("said", "path", "permission"),
    [
        (ALL_OUT, "/page", Permission.KEPT_OUT),
        ("User-agent: *\nDisallow: /private/\n", "/page", Permission.GRANTED),
        ("User-agent: *\nDisallow: /private/\n", "/private/page", Permission.KEPT_OUT),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/guide.pdf", Permission.KEPT_OUT),
        ("User-agent: *\nDisallow: /\nAllow: /open/\n", "/open/page", Permission.GRANTED),
        ("User-agent: benchmate\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "/page", Permission.KEPT_OUT),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Benchmate\nAllow: /\n", "/page", Permission.GRANTED),
        ("User-agent: GPTBot\nDisallow: /\n", "/page", Permission.GRANTED),
        ("\ufeffUser-agent: *\nDisallow: /\n", "/page", Permission.KEPT_OUT),
        ("<html>There is no such page.</html>", "/page", Permission.GRANTED),
        ("", "/page", Permission.GRANTED),
        (404, "/page", Permission.GRANTED),
        (403, "/page", Permission.GRANTED),
        (500, "/page", Permission.UNREAD),
        (503, "/page", Permission.UNREAD),
        ("/rounds/a", "/page", Permission.GRANTED),
        ("/found/found/found/found/status/500", "/page", Permission.UNREAD),
        ("/closes", "/page", Permission.UNREAD),
        ("/garbled", "/page", Permission.UNREAD),
        ("/short", "/page", Permission.UNREAD),
        ("/endless", "/page", Permission.GRANTED),
    ],
)
async def test_a_site_is_opened_as_far_as_its_rules_go(
    site: Misbehaving, fetcher: Fetcher, said: str | int, path: str, permission: Permission
) -> None:
    site.robots["makers.org"] = said
    assert await Robots(fetcher, within=2).permission(site.at("makers.org", path)) is permission


async def test_rules_that_do_not_come_keep_us_out_for_now(site: Misbehaving, fetcher: Fetcher) -> None:
    site.robots["makers.org"] = "/never"
    assert await Robots(fetcher, within=0.1).permission(site.at("makers.org")) is Permission.UNREAD


async def test_the_rules_of_a_host_are_read_once(site: Misbehaving, fetcher: Fetcher) -> None:
    robots = Robots(fetcher)
    for path in ("/a", "/b", "/c"):
        await check_link(fetcher, robots, site.at("makers.org", path))
    assert site.asked() == ["GET /robots.txt", "HEAD /a", "HEAD /b", "HEAD /c"]


async def test_two_who_ask_at_once_wait_for_one_reading(site: Misbehaving, fetcher: Fetcher) -> None:
    robots = Robots(fetcher)
    await asyncio.gather(*[robots.permission(site.at("makers.org", f"/{number}")) for number in range(5)])
    assert site.asked() == ["GET /robots.txt"]


async def test_rules_that_lead_to_a_closed_site_are_not_a_closed_site(site: Misbehaving, fetcher: Fetcher) -> None:
    site.robots["makers.org"] = site.at("closed.org", "/robots.txt")
    assert await Robots(fetcher).permission(site.at("makers.org")) is Permission.UNREAD


async def test_rules_longer_than_500_kib_count_as_far_as_they_were_read(site: Misbehaving, fetcher: Fetcher) -> None:
    rules, half = "User-agent: *\nDisallow: /private/\n#", "\nDisallow: /pa"
    site.robots["makers.org"] = rules.ljust(LARGEST - len(half), "-") + half + "ths/that/are/cut/off/here\n"
    robots = Robots(fetcher)
    assert await robots.permission(site.at("makers.org", "/private/")) is Permission.KEPT_OUT
    assert await robots.permission(site.at("makers.org", "/page")) is Permission.GRANTED


async def test_rules_made_to_fill_the_memory_are_not_parsed(site: Misbehaving, fetcher: Fetcher) -> None:
    names = "".join(f"User-agent: a{number}\n" for number in range(10_000))
    site.robots["makers.org"] = names + "".join(f"Disallow: /{number}\n" for number in range(10_000))
    site.robots["plain.org"] = names + ALL_OUT.replace("User-agent: *\n", "")
    site.robots["usual.org"] = "".join(f"User-agent: a{number}\nDisallow: /\n" for number in range(2_000)) + ALL_OUT
    robots = Robots(fetcher)
    assert await robots.permission(site.at("makers.org")) is Permission.UNREAD
    assert await robots.permission(site.at("plain.org")) is Permission.UNREAD
    assert await robots.permission(site.at("usual.org")) is Permission.KEPT_OUT


async def test_a_link_kept_out_is_not_opened_and_not_held_against_it(site: Misbehaving, fetcher: Fetcher) -> None:
    site.robots["makers.org"] = ALL_OUT
    outcome = await check_link(fetcher, Robots(fetcher), site.at("makers.org", "/page"))
    assert (outcome.kind, site.asked()) == (Kind.KEPT_OUT, ["GET /robots.txt"])
    assert outcome.words == "makers.org asks programs to stay out, so I did not look. Please open it."


async def test_a_redirect_stops_at_a_host_that_keeps_us_out(site: Misbehaving, fetcher: Fetcher) -> None:
    site.robots["other.org"] = ALL_OUT
    link = site.at("makers.org", f"/for-now?link={site.at('other.org', '/page')}")
    outcome = await check_link(fetcher, Robots(fetcher), link)
    assert (outcome.kind, site.asked("other.org")) == (Kind.KEPT_OUT, ["GET /robots.txt"])
    assert "other.org" in outcome.words


async def test_rules_that_cannot_be_read_skip_the_look_unless_we_waited_long_enough(
    site: Misbehaving, fetcher: Fetcher
) -> None:
    site.robots["makers.org"] = 500
    robots, link = Robots(fetcher), site.at("makers.org", "/page")
    assert (await check_link(fetcher, robots, link)).kind is Kind.UNREAD
    assert site.asked() == ["GET /robots.txt"]
    assert (await check_link(fetcher, robots, link, insist=True)).kind is Kind.ALIVE


async def test_a_site_that_asks_for_a_pause_gets_it(site: Misbehaving) -> None:
    site.robots["slow.org"] = "User-agent: *\nCrawl-delay: 7\n"
    site.robots["stubborn.org"] = "User-agent: *\nCrawl-delay: 86400\n"
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    turns = Turns(sleep=pause)
    async with Fetcher(homepage="x", allowed=site.allowed, resolver=Names(), turns=turns) as fetcher:
        robots = Robots(fetcher)
        await check_link(fetcher, robots, site.at("slow.org", "/page"))
        await check_link(fetcher, robots, site.at("slow.org", "/other"))
        await check_link(fetcher, robots, site.at("stubborn.org", "/page"))
        await check_link(fetcher, robots, site.at("stubborn.org", "/other"))
    asked, capped = pauses
    assert 0 < asked <= 7 < capped <= 30
