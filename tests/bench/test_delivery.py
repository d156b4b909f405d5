"""The delivery benchmark in small: what it makes sure of before it tells a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from discord.http import Route

from bench import delivery
from bench.claiming import claim_times, lines_of_claims
from bench.delivery import Drain
from bench.message_server import Figures
from bench.processes import BotFailed
from bench.report import Options
from bench.spreads import rows
from bot.delivery import post

if TYPE_CHECKING:
    from pathlib import Path

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


async def test_claiming_is_timed_at_each_size_and_the_rows_are_put_back_each_time(tmp_path: Path) -> None:
    for _ in range(2):  # the second finds the files of the first
        times = await claim_times(tmp_path, (10, 200), rounds=2)
        assert list(times) == [10, 200]
        assert all(took > 0 for took in times.values())
    [_, large] = lines_of_claims({1_000: 4.0, 100_000: 8.2})
    assert (large.measured, large.limit) == (2.05, 2.0)


def test_the_lines_hold_what_was_promised_and_no_less(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def drain(rows: int) -> Drain:
        return Drain(rows / 2000 * seconds, [late] * 200, Figures(messages=rows, refused=4))

    async def claim_times(_scratch: Path, sizes: tuple[int, ...], rounds: int) -> dict[int, float]:
        return dict.fromkeys(sizes, 2.0 * rounds)

    def held() -> dict[str, bool | None]:
        return {row.name: row.held for row in rows(delivery.run(Options(tmp_path)))}

    monkeypatch.setattr(delivery, "drain", drain)
    monkeypatch.setattr("bench.delivery.claim_times", claim_times)
    pace, lateness = "Pace of deliveries", "Event loop's lateness"
    seconds, late = 42.0, 99.0
    assert held() == {pace: True, lateness: True, "Refused as too many (429)": None, "Claiming 100 due messages": True}
    seconds, late = 42.2, 100.5
    assert (held()[pace], held()[lateness]) == (False, False)
