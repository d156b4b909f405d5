"""The web endpoint as a monitor and a calendar program see it: over real HTTP."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import pytest

from web.app import Part, make_app, served

if TYPE_CHECKING:
    from collections.abc import Mapping

WELL = {"heartbeat": Part(well=True, measured={"latency_s": 0.1}), "database": Part(well=True)}


async def asked(parts: Mapping[str, Part], path: str = "/healthz") -> tuple[int, dict[str, object]]:
    async def health() -> Mapping[str, Part]:
        return parts

    async with (
        served(make_app(health), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.json() if answer.content_type == "application/json" else {}


@pytest.mark.parametrize("path", ["/healthz", "/health"])
async def test_a_monitor_hears_that_all_is_well(path: str) -> None:
    status, found = await asked(WELL, path)
    assert status == 200
    assert found["well"] is True
    assert found["heartbeat"] == {"well": True, "latency_s": 0.1}
    assert found["sqlite"]


async def test_a_monitor_hears_which_part_is_not_well() -> None:
    status, found = await asked({**WELL, "deliveries": Part(well=False, measured={"late_s": 900.0})})
    assert status == 503
    assert (found["well"], found["bad"]) == (False, ["deliveries"])
    assert found["deliveries"] == {"well": False, "late_s": 900.0}


@pytest.mark.parametrize("path", ["/", "/calendar", "/calendar/short.ics", f"/calendar/{'a' * 65}.ics", "/calendar/"])
async def test_there_is_nothing_else_to_see(path: str) -> None:
    assert (await asked(WELL, path))[0] == 404


async def test_a_port_that_is_taken_is_a_fault_to_the_caller() -> None:
    async def health() -> Mapping[str, Part]:
        return WELL

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="address"):
        async with served(make_app(health), "127.0.0.1", taken.getsockname()[1]):
            pass


@dataclass(frozen=True)
class File:
    content: bytes = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    tag: str = "abc123"


SECRET = "s3cret-of-some_length-and-more"


async def calendar(
    method: str = "GET", secret: str = SECRET, headers: Mapping[str, str] | None = None, skip: tuple[str, ...] = ()
) -> tuple[int, Mapping[str, str], bytes]:
    """What a program gets that asks for a calendar."""

    async def health() -> Mapping[str, Part]:
        return WELL

    async def find(given: str) -> File | None:
        return File() if given == SECRET else None

    async with (
        served(make_app(health, find), "127.0.0.1", 0) as port,
        aiohttp.ClientSession(skip_auto_headers=skip) as session,
        session.request(method, f"http://127.0.0.1:{port}/calendar/{secret}.ics", headers=headers) as answer,
    ):
        return answer.status, answer.headers, await answer.read()


async def test_a_calendar_comes_with_its_type_and_its_tag_and_is_kept_by_nobody_on_the_way() -> None:
    status, headers, body = await calendar()
    assert (status, body) == (200, File().content)
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["ETag"] == '"abc123"'
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("named", ['"abc123"', 'W/"abc123"', '"other", "abc123"', "*"])
async def test_who_has_it_already_gets_304_and_no_body(named: str) -> None:
    status, headers, body = await calendar(headers={"If-None-Match": named})
    assert (status, body) == (304, b"")
    assert headers["ETag"] == '"abc123"'
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("named", ['"abc"', "abc123", '"abc1234"', ""])
async def test_who_has_something_else_gets_it_whole(named: str) -> None:
    assert (await calendar(headers={"If-None-Match": named}))[0] == 200


async def test_a_program_that_names_no_type_it_accepts_gets_it_too() -> None:
    assert (await calendar(skip=("Accept", "User-Agent", "Accept-Encoding")))[0] == 200


async def test_head_is_answered_as_get_without_the_body() -> None:
    status, headers, body = await calendar("HEAD")
    assert (status, body) == (200, b"")
    assert headers["Content-Length"] == str(len(File().content))
    assert headers["ETag"] == '"abc123"'


async def test_a_link_that_leads_nowhere_says_where_to_get_a_new_one() -> None:
    status, headers, body = await calendar(secret="x" * 32)
    assert status == 404
    assert b"Ask for a new link" in body
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nothing_can_be_written(method: str) -> None:
    assert (await calendar(method))[0] == 405
