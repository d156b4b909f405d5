from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from simcord.backend import serializers

from bot.kit.fetching import Fetcher
from cogs.resources import links
from cogs.resources.checking import Kind, Outcome
from cogs.resources.service import Checking
from cogs.resources.service.judging import A_FEW, judge
from db import resources
from tests.bot.delivery.steps import tick
from tests.cogs.resources.link_steps import KEPT_COPY, Web, check_all, check_links, days_pass, only, weeks_pass
from tests.cogs.resources.steps import fill_in, lose_role, press, queue
from tests.kit.misbehaving import Names
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from db.resources import Link
    from tests.kit.world import World


@pytest.fixture
async def site() -> AsyncIterator[Web]:
    async with Web() as site:
        yield site


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def fetcher(site: Web, names: Names) -> Fetcher:
    return Fetcher(homepage="https://makers.org", allowed=site.allowed, resolver=names)


@pytest.fixture
async def world(world: World, site: Web) -> World:
    world.bot.service(Checking).archive = site.at("archive.org", "/wayback/available")
    return world


async def known(world: World, number: int) -> Link | None:
    async with world.database.read() as connection:
        resource = await resources.get(connection, world.guild.id, number)
        assert resource is not None
        return await resources.link_of(connection, resource)


async def judged(world: World, number: int, kind: Kind, moved_to: str | None = None) -> None:
    """As if a link had just been looked at."""
    async with world.database.write() as connection:
        resource = await resources.get(connection, world.guild.id, number)
        assert resource is not None
        outcome = Outcome(resource.about.link, kind, "", moved_to=moved_to)
        await judge(connection, world.guild.id, number, outcome, None, world.env.now())


async def gone(world: World, site: Web) -> int:
    """A catalogue of three links, of which the first has just come to the queue as dead; its number."""
    first, *_ = await only(world, *(site.at(host, "/rules") for host in ("gone.org", "a.org", "b.org")))
    await days_pass(world, 1)
    site.gone.add("gone.org")
    await days_pass(world, 7 + 2)
    return first


async def test_a_link_that_fails_on_three_days_is_in_the_queue_with_an_archived_copy(world: World, site: Web) -> None:
    number, *_ = await only(world, *(site.at(host, "/rules") for host in ("gone.org", "a.org", "b.org")))
    await days_pass(world, 1)
    answered = (link.answered_on for link in [await known(world, number)] if link)
    day = next(answered)
    assert day is not None
    site.gone.add("gone.org")
    await days_pass(world, 7 + 1)
    assert "Nothing waits" in words(await queue(world, world.organizer))
    assert site.asked("archive.org") == []
    await days_pass(world, 1)
    card = await queue(world, world.organizer)
    assert "The link no longer opens" in words(card)
    assert f"An archived copy: {KEPT_COPY}" in words(card)
    assert buttons(card)[:2] == ["Use archived copy", "Still fine"]
    (asked,) = site.asked("archive.org")
    assert f"timestamp={day:%Y%m%d}" in asked
    await press(world.organizer, card, "Use archived copy")
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_a_link_that_answers_again_leaves_the_queue_by_itself(world: World, site: Web) -> None:
    await gone(world, site)
    assert "no longer opens" in words(await queue(world, world.organizer))
    site.gone.clear()
    await days_pass(world, 7)
    assert "Nothing waits" in words(await queue(world, world.organizer))
    assert "**3** open as they should" in words(await check_links(world))


async def test_a_failure_in_between_two_answers_is_forgotten(world: World, site: Web) -> None:
    number, *_ = await only(world, *(site.at(host, "/rules") for host in ("gone.org", "a.org", "b.org")))
    for _ in range(3):
        site.gone.add("gone.org")
        await days_pass(world, 8)
        site.gone.clear()
        await days_pass(world, 8)
    link = await known(world, number)
    assert link is not None
    assert link.failures == 0
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_still_fine_keeps_a_dead_link_out_of_the_queue_for_ninety_days(world: World, site: Web) -> None:
    await gone(world, site)
    await press(world.organizer, await queue(world, world.organizer), "Still fine")
    assert "**1** does not open for me, but is fine for you" in words(await check_links(world))
    await weeks_pass(world, 12)
    assert "Nothing waits" in words(await queue(world, world.organizer))
    await weeks_pass(world, 2)
    assert "no longer opens" in words(await queue(world, world.organizer))


async def test_a_link_that_moved_for_good_is_taken_with_one_press(world: World, site: Web) -> None:
    number, *_ = await only(world, site.at("a.org", "/moved/new-rules"))
    await check_all(world)
    card = await queue(world, world.organizer)
    assert f"It leads to {site.at('a.org', '/new-rules')}" in words(card)
    await press(world.organizer, card, "Take the new link")
    async with world.database.read() as connection:
        resource = await resources.get(connection, world.guild.id, number)
    assert resource is not None
    assert resource.about.link == site.at("a.org", "/new-rules")
    await days_pass(world, 1)
    assert "**1** opens as it should" in words(await check_links(world))


async def test_a_new_link_that_another_resource_has_is_refused_and_says_which(world: World, site: Web) -> None:
    await only(world, site.at("a.org", "/moved/rules"), site.at("a.org", "/rules"))
    await check_all(world)
    answer = await press(world.organizer, await queue(world, world.organizer), "Take the new link")
    assert "Another resource has that link already: **Page 2**" in words(answer)


async def test_a_link_that_turned_into_another_site_is_shown_and_not_offered(world: World, site: Web) -> None:
    await only(world, site.at("shop.org", f"/found?link={site.at('casino.org', '/')}"))
    await check_all(world)
    card = await queue(world, world.organizer)
    assert "It leads to the front page of casino.org" in words(card)
    assert buttons(card) == ["Keep the old link", "Edit", "Remove"]
    await press(world.organizer, card, "Keep the old link")
    await weeks_pass(world, 2)
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_keeping_the_old_link_holds_only_for_the_new_one_it_was_about(world: World, site: Web) -> None:
    (number,) = await only(world, site.at("a.org", "/rules"))
    for _ in range(2):
        await judged(world, number, Kind.MOVED, "https://makers.org/one")
        card = await queue(world, world.organizer)
        if "makers.org/one" in words(card):
            await press(world.organizer, card, "Keep the old link")
    assert "Nothing waits" in words(await queue(world, world.organizer))
    await judged(world, number, Kind.MOVED, "https://makers.org/two")
    assert "https://makers.org/two" in words(await queue(world, world.organizer))


@pytest.mark.parametrize("to", ["https://www.makers.org/rules", "http://makers.org/rules/"])
async def test_where_only_the_way_of_writing_changed_nobody_is_asked(world: World, to: str) -> None:
    (number,) = await only(world, "http://makers.org/rules")
    await judged(world, number, Kind.MOVED, to)
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_a_link_that_is_back_where_it_was_leaves_the_queue(world: World) -> None:
    (number,) = await only(world, "https://makers.org/rules")
    await judged(world, number, Kind.MOVED, "https://makers.org/new")
    assert "leads elsewhere" in words(await queue(world, world.organizer))
    await judged(world, number, Kind.ALIVE)
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_of_many_moved_links_a_few_at_a_time_are_asked_about(world: World) -> None:
    numbers = await only(world, *(f"https://makers.org/{number}" for number in range(A_FEW + 3)))
    for number in numbers:
        await judged(world, number, Kind.MOVED, f"https://makers.org/new/{number}")
    assert f"{A_FEW - 1} more wait" in words(await queue(world, world.organizer))
    assert f"**{A_FEW + 3}** lead elsewhere now" in words(await check_links(world))


async def test_a_suggestion_to_which_a_known_link_leads_is_known(world: World, site: Web) -> None:
    await only(world, site.at("doi.org", "/for-now/article"))
    await check_all(world)
    answer = seen(await fill_in(world, world.member, link=site.at("doi.org", "/article?utm_source=x")))
    assert "We have this one already" in words(answer)
    other = seen(await fill_in(world, world.member, link=site.at("doi.org", "/other")))
    assert "Your suggestion" in words(other)


async def test_check_now_says_how_far_it_is_and_how_the_links_stand(world: World, site: Web) -> None:
    site.robots["shy.org"] = "User-agent: *\nDisallow: /"
    await only(
        world,
        *(site.at(f"h{number % 7}.org", f"/{number}") for number in range(70)),
        site.at("h1.org", "/status/404"),
        site.at("shy.org", "/page"),
    )
    card = await check_links(world)
    assert card.ephemeral
    assert "72 links in the catalogue 🔗\nNone was looked at yet" in words(card)
    assert "**72** were not looked at yet" not in words(card)
    card = await press(world.organizer, card, "Check now")
    assert "I am looking at them. It takes a while" in words(card)
    await tick(world)
    card = await press(world.organizer, card, "How far is it?")
    assert "**50 of 72** so far" in words(card)
    await tick(world, 61)
    card = await press(world.organizer, card, "How far is it?")
    assert "The last one was looked at" in words(card)
    assert words(card).splitlines()[-3:] == [
        "- **70** open as they should",
        "- **1** is on a site that keeps programs out, so I cannot tell",
        "- **1** failed lately; I try it again tomorrow",
    ]
    card = await press(world.organizer, card, "Check now")
    assert "All of them were looked at in the last few hours" in words(card)
    assert site.asked("shy.org") == ["GET /robots.txt"]


async def test_dead_links_are_listed_page_by_page_with_their_copies(world: World, site: Web) -> None:
    await only(world, *(site.at(f"gone{number}.org", "/rules") for number in range(6)), site.at("a.org", "/rules"))
    await days_pass(world, 1)
    site.gone |= {f"gone{number}.org" for number in range(6)}
    await days_pass(world, 7 + 2)
    card = await check_links(world)
    assert "**6** no longer open" in words(card)
    assert words(card).count("An archived copy") == 4
    assert buttons(card) == ["Check now", "What else waits", "Next →"]
    card = await press(world.organizer, card, "Next →")
    assert words(card).count("An archived copy") == 2
    assert "gone5.org" in words(card)
    assert "The link no longer opens" in words(await press(world.organizer, card, "What else waits"))


async def test_an_empty_catalogue_says_so(world: World) -> None:
    await only(world)
    assert "The catalogue is empty" in words(await check_links(world))


async def test_only_organizers_check_links(world: World) -> None:
    refused = seen(await world.member.slash(world.general, "catalogue check-links"))
    assert "Only organizers" in words(refused)
    card = await check_links(world)
    lose_role(world)
    assert "Only organizers" in words(await press(world.organizer, card, "Check now"))
    assert not (await world.bot.service(Checking).state(world.guild.id)).running


async def test_when_nobody_can_be_reached_nothing_is_held_against_anyone(world: World, site: Web, names: Names) -> None:
    hosts = ("a.org", "b.org", "c.org")
    numbers = await only(world, *(site.at(host, "/rules") for host in hosts))
    names.others |= {host: [] for host in hosts}
    await days_pass(world, 5)
    assert [await known(world, number) for number in numbers] == [None] * 3
    names.others.clear()
    await tick(world, 3_700)
    assert "**3** open as they should" in words(await check_links(world))


async def test_one_failing_link_alone_is_not_judged_while_we_are_offline(world: World, site: Web) -> None:
    number = await gone(world, site)
    await judged(world, number, Kind.ALIVE)
    await judged(world, number, Kind.FAILING)
    await site.__aexit__(None, None, None)  # nothing answers any more
    await days_pass(world, 4)
    link = await known(world, number)
    assert link is not None
    assert link.failures == 1


async def test_nothing_is_held_while_a_site_keeps_us_waiting_and_what_changed_meanwhile_is_not_judged(
    world: World, site: Web
) -> None:
    first, second, _ = await only(world, *(site.at(host, "/status/404") for host in ("a.org", "b.org", "c.org")))
    site.gate = asyncio.Event()
    assert await world.bot.service(Checking).check_now(world.guild.id)
    running = asyncio.create_task(world.bot.delivery.run_due())
    await site.until_asked(3)
    async with world.database.write() as connection:  # nobody else has the writer
        resource = await resources.get(connection, world.guild.id, first)
        assert resource is not None
        await resources.settle(connection, resource, resources.REMOVED, touched=True)
        await connection.exec_driver_sql(f"UPDATE resource SET link = 'https://new.org/' WHERE resource_id = {second}")  # noqa: S608 - a number
    site.gate.set()
    await running
    assert [await known(world, number) is None for number in (first, second)] == [True, True]
    assert "**1** failed lately" in words(await check_links(world))


async def test_a_server_that_was_left_is_no_longer_looked_at(world: World, site: Web) -> None:
    await only(world, site.at("a.org", "/rules"))
    back = dict(serializers.guild_create_payload(world.env.backend, world.env.backend.get_guild(world.guild.id)))
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
    await world.env.settle()
    await weeks_pass(world, 1)
    assert site.asked() == []
    world.env.backend.emit("GUILD_CREATE", back)
    await world.env.settle()
    await days_pass(world, 1)
    assert site.asked("a.org") == ["GET /robots.txt", "HEAD /rules"]


async def test_a_bot_that_starts_again_promises_nothing_twice(world: World, site: Web) -> None:
    await only(world, site.at("a.org", "/rules"))
    await world.restart()
    await world.env.settle()
    assert not await world.bot.service(Checking).begin(world.guild.id)
    assert links.key(site.at("a.org", "/rules")).startswith("a.org")
