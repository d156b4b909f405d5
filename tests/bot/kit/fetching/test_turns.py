"""Turns at a host: a pause after the one before, and never more than it."""

from __future__ import annotations

import asyncio

import pytest

from bot.kit.fetching import Turns


@pytest.mark.parametrize("pause", [0.0, 2.0])
async def test_nobody_waits_longer_than_the_pause_whatever_the_loops_clock_says(
    pause: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    turns, moments = Turns(pause, sleep), iter([9_000.0, 9_000.0, 100.0, 100.0])
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: next(moments))
    async with turns.at("library.test"):
        pass
    async with turns.at("library.test"):
        pass
    monkeypatch.undo()
    assert waited == ([pause] if pause else [])
