"""The real Benchmate in the demo."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.client import Benchmate
from demo.app import running
from demo.product import open_benchmate
from demo.world import WorldClock
from tests.demo.visitor import Visitor

if TYPE_CHECKING:
    import aiohttp
    import pytest


async def test_a_member_finds_one_of_the_hundred_resources_at_once(session: aiohttp.ClientSession) -> None:
    async with running(open_benchmate, 0) as demo:
        resources = await Visitor(session, demo.link, "kim").open("resources")
        await resources.command("find", query="laser")
        assert "Best matches for “laser”" in await resources.look()
        assert demo.env.errors == []


async def test_links_are_checked_without_anything_leaving_this_machine(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def refuse(*address: object, **_options: object) -> None:
        opened.append(str(address[0]))
        raise OSError("the demo asked for a name")

    async with running(open_benchmate, 0) as demo:
        desk = await Visitor(session, demo.link, "rosa").open("organizers-desk")
        await desk.command("catalogue check-links")
        assert "**1** no longer opens" in await desk.look()
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        await desk.press("Check now")
        for _ in range(4):
            await demo.previews.leap(timedelta(minutes=2))
        monkeypatch.undo()
        await desk.command("catalogue check-links")
        newest = (await desk.look()).rpartition("in the catalogue")[2]
        assert "open as they should" in newest
        assert "looked at yet" not in newest
        assert opened == []
        assert demo.env.errors == []


async def test_the_queue_has_a_dead_link_to_show(session: aiohttp.ClientSession) -> None:
    async with running(open_benchmate, 0) as demo:
        desk = await Visitor(session, demo.link, "rosa").open("organizers-desk")
        await desk.command("catalogue review")
        shown = await desk.look()
        assert "The link no longer opens" in shown
        assert "An archived copy" in shown
        await desk.press("Use archived copy")
        assert "This is how everyone finds it now" in await desk.look()


def is_there(file: str) -> bool:
    return Path(file).is_file() or Path(file).parent.exists()


async def test_the_demos_database_is_gone_with_it() -> None:
    async with open_benchmate(WorldClock()) as bot:
        assert isinstance(bot, Benchmate)
        address = bot.database._writer.url.database
        assert address is not None
        assert is_there(address)
    assert not is_there(address)
