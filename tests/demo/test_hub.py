"""The hub's page: what it serves, and to whom it does not."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tests.demo.visitor import CAPABILITY, Visitor

if TYPE_CHECKING:
    import aiohttp

    from demo.app import Demo

DESK = "organizers-desk"


async def test_the_page_says_what_to_try_first(demo: Demo, session: aiohttp.ClientSession, kim: Visitor) -> None:
    async with session.get(demo.link) as answer:
        page = await answer.text()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Try this first:" in page
    assert "<script>" not in page
    assert "onclick" not in page
    assert (await kim.state())["hint"] == "type /find laser in #resources, or press Going in #announcements."


@pytest.mark.parametrize("name", ["hub.css", "hub.js", "place.css", "place.js", "benchmate.png"])
async def test_what_the_page_needs_is_served_by_the_demo_itself(
    demo: Demo, session: aiohttp.ClientSession, name: str
) -> None:
    async with session.get(f"{demo.link}hub/{name}") as answer:
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_on_the_page_comes_from_elsewhere() -> None:
    for asset in files("demo").joinpath("static").iterdir():
        if asset.name.endswith((".html", ".css", ".js")):
            assert re.findall(r"https?://[^\s\"']+", asset.read_text(encoding="utf-8")) == [], asset.name


@pytest.mark.parametrize("name", ["nothing.css", "..%2Fapp.py", "%2Fetc%2Fpasswd", "app.py", "benchmate"])
async def test_only_the_pages_own_files_are_served(demo: Demo, session: aiohttp.ClientSession, name: str) -> None:
    async with session.get(f"{demo.link}hub/{name}") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "10.0.0.7", "[::]"])
async def test_another_sites_name_for_this_machine_gets_nothing(
    demo: Demo, session: aiohttp.ClientSession, host: str
) -> None:
    for path in ("", "hub/state", "hub/hub.js", "api/state"):
        async with session.get(demo.link + path, headers={"Host": host}) as answer:
            assert answer.status == 403, path


@pytest.mark.parametrize("host", ["localhost:9000", "127.0.0.1", "[::1]:8765"])
async def test_this_machines_own_names_are_answered(demo: Demo, session: aiohttp.ClientSession, host: str) -> None:
    async with session.get(demo.link, headers={"Host": host}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_change_that_another_page_asks_for_is_refused(
    demo: Demo, session: aiohttp.ClientSession, kim: Visitor, origin: str
) -> None:
    token = (await kim.places())["resources"]["token"]
    await kim.open("resources")
    for path in ("api/pages", "api/action"):
        sent = {"Origin": origin, CAPABILITY: token}
        async with session.post(demo.link + path, json={}, headers=sent) as answer:
            assert answer.status == 403, path


async def test_a_page_without_its_token_reads_nothing(demo: Demo, session: aiohttp.ClientSession, kim: Visitor) -> None:
    await kim.open("resources")
    for token in ("", "guessed", demo.previews.any_open().capability):  # type: ignore[union-attr]  # opened just now
        async with session.post(f"{demo.link}api/pages", json={}, headers={CAPABILITY: token}) as answer:
            assert answer.status == 401


async def test_a_private_channel_is_not_shown_to_a_member(
    demo: Demo, session: aiohttp.ClientSession, kim: Visitor, rosa: Visitor, nora: Visitor
) -> None:
    assert DESK not in await kim.places()
    assert DESK in await rosa.places()
    assert DESK in await nora.places()
    number = (await rosa.places())[DESK]["id"]
    async with session.get(f"{demo.link}place/{number}", params={"as": "kim"}) as answer:
        assert answer.status == 404
        assert "Choose one from the list" in await answer.text()


async def test_somebody_unknown_is_the_new_member(demo: Demo, session: aiohttp.ClientSession) -> None:
    assert (await Visitor(session, demo.link, "nobody").state())["viewer"] == "kim"


async def test_a_place_may_stand_in_the_hubs_frame_and_in_no_other(
    demo: Demo, session: aiohttp.ClientSession, kim: Visitor
) -> None:
    number = (await kim.places())["resources"]["id"]
    async with session.get(f"{demo.link}place/{number}", params={"as": "kim", "zone": "No/Where"}) as answer:
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert "/hub/place.css" in await answer.text()
    async with session.get(f"{demo.link}app.js") as answer:
        assert answer.status == 200
        assert "max-age" in answer.headers["Cache-Control"]


async def test_scripts_of_a_place_are_there_only_once_a_place_is_open(
    demo: Demo, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{demo.link}app.js") as answer:
        assert answer.status == 404


async def test_an_action_that_is_no_action_is_refused_and_harms_nothing(
    demo: Demo, session: aiohttp.ClientSession, kim: Visitor
) -> None:
    resources = await kim.open("resources")
    headers = {**resources.headers, "Content-Type": "application/json"}
    for content in (b"", b"{", b"[]", b'{"kind": "run_command"}'):
        async with session.post(f"{demo.link}api/action", data=content, headers=headers) as answer:
            assert answer.status == 400 or (await answer.json())["rejected"]
    assert (await resources.command("find", query="laser"))["settlement"] == "settled"
