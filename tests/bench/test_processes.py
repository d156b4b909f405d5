"""A bot as a process of its own, as the benchmarks start it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench import bare, processes

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_bare_bot_starts_answers_and_stops(tmp_path: Path) -> None:
    async with processes.running("bare", tmp_path) as bot:
        answer = await bot.use("card")
        ready = await bot.ready()
        resident = bot.resident_mebibytes()
    assert answer.data["components"] == bare.card().to_components()  # type: ignore[no-untyped-call]
    assert answer.milliseconds / 1000 < ready
    assert resident > 10
    assert bot.process.returncode is not None


async def test_a_bot_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(processes.BotFailed, match="DISCORD_TOKEN"):
        async with processes.running("product", tmp_path, {"DISCORD_TOKEN": "no-token"}) as bot:
            await bot.use("find", query="laser cutter")


async def test_a_bot_that_met_a_fault_is_not_measured(tmp_path: Path) -> None:
    async def measure() -> None:
        async with processes.running("bare", tmp_path) as bot:
            await bot.use("card")
            bot.log.write_text("Traceback (most recent call last):\n", encoding="utf-8")

    with pytest.raises(processes.BotFailed, match="fault while it was measured"):
        await measure()
