from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.kit.fetching import Fetcher
from cogs.resources.checking import leads_to
from tests.cogs.resources.link_steps import Web, only
from tests.cogs.resources.steps import fill_in
from tests.kit.misbehaving import Names
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.kit.world import World


@pytest.fixture
async def site() -> AsyncIterator[Web]:
    async with Web() as site:
        yield site


@pytest.fixture
def fetcher(site: Web) -> Fetcher:
    return Fetcher(homepage="https://makers.org", allowed=site.allowed, resolver=Names())


async def test_a_short_link_to_what_is_there_already_is_answered_with_it(world: World, site: Web) -> None:
    await only(world, site.at("makers-library.org", "/guide"))
    short = site.at("shorter.org", f"/moved/x?link={site.at('makers-library.org', '/guide')}")
    card = seen(await fill_in(world, world.member, link=short))
    assert "We have this one already" in words(card)
    assert "Save" in buttons(card)


@pytest.mark.parametrize("path", ["/guide", "/moved/elsewhere", "/status/500", "/closes/x", "/moved/x?link=/"])
async def test_a_link_that_leads_elsewhere_or_nowhere_is_only_suggested(world: World, site: Web, path: str) -> None:
    await only(world, site.at("makers-library.org", "/guide"), site.at("front-page.org", "/"))
    card = seen(await fill_in(world, world.member, link=site.at("front-page.org", path)))
    assert "before it is sent" in words(card)


async def test_a_site_that_never_answers_is_not_waited_for(site: Web, fetcher: Fetcher) -> None:
    site.held["slow-site.org"] = asyncio.Event()
    assert await leads_to(fetcher, site.at("slow-site.org", "/guide"), within=0.05) is None
    site.held["slow-site.org"].set()
    await fetcher.close()


async def test_a_redirect_to_a_private_place_is_not_followed(site: Web, fetcher: Fetcher) -> None:
    assert await leads_to(fetcher, site.at("shorter.org", "/moved/x?link=http://10.0.0.1/secret")) is None
    assert await leads_to(fetcher, site.at("shorter.org", "/moved/guide")) == site.at("shorter.org", "/guide")
    await fetcher.close()
