from __future__ import annotations

import socket

import aiohttp
import pytest

from web.app import make_app, served


async def asked(facts: dict[str, bool], path: str = "/health") -> tuple[int, dict[str, object]]:
    async def condition() -> dict[str, bool]:
        return facts

    async with (
        served(make_app(condition), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.json() if answer.content_type == "application/json" else {}


async def test_a_monitor_hears_that_all_is_well() -> None:
    status, found = await asked({"connected": True, "database": True})
    assert status == 200
    assert found["well"] is True
    assert found["sqlite"]


async def test_a_monitor_hears_what_is_not_well() -> None:
    status, found = await asked({"connected": False, "database": True})
    assert status == 503
    assert found == {"well": False, "connected": False, "database": True, "sqlite": found["sqlite"]}


async def test_there_is_nothing_else_to_see() -> None:
    assert (await asked({}, "/"))[0] == 404


async def test_a_port_that_is_taken_is_a_fault_to_the_caller() -> None:
    async def condition() -> dict[str, bool]:
        return {}

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="address"):
        async with served(make_app(condition), "127.0.0.1", taken.getsockname()[1]):
            pass
