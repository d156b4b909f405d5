"""The delivery benchmark in small: what it makes sure of before it tells a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from discord.http import Route

from bench import delivery
from bench.claiming import claim_times
from bench.delivery import Drain
from bench.message_server import Figures
from bench.processes import BotFailed
from bench.report import Options
from bot.delivery import post

if TYPE_CHECKING:
    from bot.kit.delivery import Letter


async def test_a_drain_sends_every_message_once_with_its_nonce_and_tells_its_time() -> None:
    before = Route.BASE
    drained = await delivery.drain(20)
    seen = drained.figures
    assert (seen.messages, seen.targets, seen.repeated, seen.without_nonce) == (20, 20, 0, 0)
    assert len(set(seen.nonces)) == 20
    assert drained.seconds > 0
    assert drained.late_p99 <= max(drained.late)
    assert before == Route.BASE


async def test_a_drain_in_which_nothing_is_sent_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody_needs_it(_delivery: object) -> Letter | None:
        return None

    monkeypatch.setattr(delivery, "_KIND", replace(delivery._KIND, render=nobody_needs_it))
    with pytest.raises(BotFailed, match="'dropped'"):
        await delivery.drain(3)


async def test_a_drain_whose_messages_have_another_nonce_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "nonce", lambda _delivery: None)
    with pytest.raises(BotFailed, match="each with its nonce"):
        await delivery.drain(3)


async def test_claiming_is_timed_at_both_sizes_and_the_rows_are_put_back_each_time() -> None:
    times = await claim_times((10, 200), rounds=2)
    assert {size: len(measured) for size, measured in times.items()} == {10: 2, 200: 2}
    assert all(took > 0 for measured in times.values() for took in measured)


def test_the_lines_hold_what_was_promised_and_no_less(monkeypatch: pytest.MonkeyPatch) -> None:
    async def drain(rows: int) -> Drain:
        return Drain(seconds, [late] * 200, Figures(messages=rows, refused=4))

    async def claim_times(sizes: tuple[int, int], rounds: int) -> dict[int, list[float]]:
        return {sizes[0]: [2.0] * rounds, sizes[1]: [many] * rounds}

    monkeypatch.setattr(delivery, "drain", drain)
    monkeypatch.setattr("bench.delivery.claim_times", claim_times)
    seconds, late, many = 42.0, 99.0, 4.0
    assert [line.held for line in delivery.run(Options(runs=1))] == [True] * 4
    seconds, late, many = 42.2, 100.5, 4.1
    assert [line.held for line in delivery.run(Options(runs=1))] == [False, False, True, False]
