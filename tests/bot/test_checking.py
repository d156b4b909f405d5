from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.checking import check
from tests.kit.cli import NOWHERE, TOKEN, ended, environment, start
from tests.kit.standin import EDGE_PAGE, REFUSED, Login, StandIn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.cli import Said

TAKEN = "ok   Discord takes the token.\n"


async def checked(folder: Path, discord: StandIn, *arguments: str, **settings: str) -> Said:
    """`benchmate check` in this folder, against this stand-in."""
    async with discord:
        return await ended(await start("check", *arguments, base=discord.base, cwd=folder, env=environment(**settings)))


async def test_all_is_well_and_every_part_of_it_is_said(tmp_path: Path) -> None:
    discord = StandIn()
    said = await checked(tmp_path, discord)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert all(line.startswith("ok   ") for line in lines)
    assert "made at the first start" in lines[0]
    assert TAKEN in said.out
    assert lines[-1] == "ok   Everything is ready. Start with: make run"
    assert discord.requests["GET /users/@me"] == 1
    assert discord.goodbyes == 0


@pytest.mark.parametrize(
    ("login", "sentence"),
    [
        (REFUSED, "Discord does not accept DISCORD_TOKEN."),
        (Login(429, EDGE_PAGE), "Discord could not be asked whether it takes the token (429 Too Many Requests)"),
    ],
)
async def test_what_discord_says_of_the_token_is_told(tmp_path: Path, login: Login, sentence: str) -> None:
    discord = StandIn(login)
    said = await checked(tmp_path, discord)
    said.expect_refusal(f"This needs a change:\n  - {sentence}")
    assert TAKEN not in said.out
    assert discord.requests == {"GET /users/@me": 1}


async def test_offline_nothing_is_asked(tmp_path: Path) -> None:
    discord = StandIn(REFUSED)
    said = await checked(tmp_path, discord, "--offline")
    assert (said.code, said.err) == (0, "")
    assert TAKEN not in said.out
    assert discord.requests == {}


async def test_without_a_network_it_says_so(tmp_path: Path) -> None:
    said = await ended(await start("check", base=NOWHERE, cwd=tmp_path, env=environment()))
    said.expect_refusal("Check this machine's connection")


async def test_a_broken_database_and_a_refused_token_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear librarian, " * 500)
    said = await checked(tmp_path, StandIn(REFUSED), DATABASE_URL="sqlite+aiosqlite:///letter.db")
    said.expect_refusal("is not a Benchmate database")
    said.expect_refusal("Discord does not accept DISCORD_TOKEN.")


async def test_where_a_setting_is_wrong_discord_is_not_asked_and_the_database_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(PORT="80a", DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}").items():
        monkeypatch.setenv(name, value)
    async with asyncio.timeout(10):
        report = await check(tmp_path / ".env")
    assert report.notes == []
    assert [problem.split()[0] for problem in report.problems] == ["PORT", "The"]
    assert "cannot be opened" in report.problems[1]
    assert TOKEN not in str(report)
