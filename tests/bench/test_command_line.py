"""`python -m bench`: what it prints and how it ends."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, cast

import pytest

from bench import __main__ as command_line
from bench.processes import BotFailed
from bench.report import Line, Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.report import Benchmark


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    def put(measured: float) -> None:
        def run(_options: Options) -> list[Line]:
            if measured < 0:
                raise BotFailed("The bot has gone.\nIts log")
            return [Line("A card", measured, "times", 1.5, at_most=True, note="")]

        module = ModuleType("bench.answer_speed")
        vars(module).update(NAME="answers", run=run)
        monkeypatch.setitem(sys.modules, "bench.answer_speed", module)

    return put


def test_it_ends_well_when_every_limit_is_held(
    answers: Callable[[float], None], capsys: pytest.CaptureFixture[str]
) -> None:
    answers(1.2)
    assert command_line.main(["--only", "answer_speed"]) == 0
    said = capsys.readouterr().out
    assert "cores" in said
    assert "discord.py 2" in said
    assert "1.200 times" in said


def test_it_ends_with_one_when_a_limit_is_missed(answers: Callable[[float], None]) -> None:
    answers(1.6)
    assert command_line.main(["--only", "answer_speed"]) == 1


def test_a_bot_that_fails_is_a_line_that_does_not_hold(
    answers: Callable[[float], None], capsys: pytest.CaptureFixture[str]
) -> None:
    answers(-1)
    assert command_line.main(["--only", "answer_speed"]) == 1
    said = capsys.readouterr()
    assert "The bot has gone." in said.out
    assert "Its log" in said.err


def test_each_benchmark_can_be_asked_for_by_name() -> None:
    named = [cast("Benchmark", import_module(f"bench.{name}")) for name in command_line.MODULES]
    names = [
        *("answers", "start and memory", "search", "retrieval", "alike", "tagging"),
        *("delivery", "import", "matching", "calendars"),
    ]
    assert [benchmark.NAME for benchmark in named] == names
    assert all(callable(benchmark.run) for benchmark in named)


def test_retrieval_without_questions_says_so_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--only", "retrieval"]) == 0
    assert "--questions FILE" in capsys.readouterr().out


def test_fewer_than_one_run_is_refused() -> None:
    with pytest.raises(SystemExit):
        command_line.main(["--runs", "0"])
