"""The real Benchmate in the demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.client import Benchmate
from demo.app import running
from demo.product import open_benchmate
from demo.world import WorldClock
from tests.demo.visitor import Visitor

if TYPE_CHECKING:
    import aiohttp


async def test_a_member_finds_one_of_the_hundred_resources_at_once(session: aiohttp.ClientSession) -> None:
    async with running(open_benchmate, 0) as demo:
        resources = await Visitor(session, demo.link, "kim").open("resources")
        await resources.command("find", query="laser")
        assert "Best matches for “laser”" in await resources.look()
        assert demo.env.errors == []


def is_there(file: str) -> bool:
    return Path(file).is_file() or Path(file).parent.exists()


async def test_the_demos_database_is_gone_with_it() -> None:
    async with open_benchmate(WorldClock()) as bot:
        assert isinstance(bot, Benchmate)
        address = bot.database._writer.url.database
        assert address is not None
        assert is_there(address)
    assert not is_there(address)
