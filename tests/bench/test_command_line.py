"""`python -m bench`: what it writes and how it ends."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, cast

import pytest

from bench import __main__ as command_line
from bench.machine import machine
from bench.results import Results, Run, empty
from tests.bench.figures import card

if TYPE_CHECKING:
    from pathlib import Path

    from bench.report import Benchmark, Line


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "results.json"


def measured(file: Path, *lines: Line, quick: bool = False, failure: str = "") -> list[str]:
    """Keep a run as if it had been measured; the words of the command that goes on from there."""
    results: Results = empty(quick=quick)
    results.put(Run("matching", 1, "2026-11-23T21:00:00+00:00", 3.0, "0123456789ab", list(lines)))
    if failure:
        results.put(Run("delivery", 1, "2026-11-23T21:01:00+00:00", 3.0, "0123456789ab", [], failure))
    results.save(file)
    return ["--resume", "--results", str(file), "--only", "matching", "--runs", "1", *(["--quick"] if quick else [])]


def test_it_ends_well_when_every_limit_is_held(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(measured(kept, card(1.2))) == 0
    said = capsys.readouterr().out
    assert machine() in said
    assert "discord.py 2" in said
    assert "**1.20**" in said


def test_it_ends_with_one_when_a_limit_is_missed(kept: Path) -> None:
    assert command_line.main(measured(kept, card(1.6))) == 1


def test_a_quick_run_judges_nothing(kept: Path) -> None:
    assert command_line.main(measured(kept, card(1.6), quick=True)) == 0


def test_it_ends_with_one_when_something_could_not_be_measured(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(measured(kept, card(1.2), failure="The bot has gone.")) == 1
    assert "The bot has gone." in capsys.readouterr().out


def test_the_whole_command_measures_writes_its_table_and_goes_on_from_what_it_kept(tmp_path: Path, kept: Path) -> None:
    table = tmp_path / "docs" / "benchmarks.md"
    words = ["--quick", "--only", "alike", "--results", str(kept), "--table", str(table)]
    assert command_line.main([*words, "--runs", "1"]) == 0
    assert "Answered before, among 500, median" in table.read_text(encoding="utf-8")
    first = json.loads(kept.read_text(encoding="utf-8"))["runs"]
    assert command_line.main([*words, "--runs", "2", "--resume"]) == 0
    runs = json.loads(kept.read_text(encoding="utf-8"))["runs"]
    assert runs[:1] == first
    assert [run["number"] for run in runs] == [1, 2]
    page = table.read_text(encoding="utf-8")
    assert "the median of 2 runs" in page
    assert "python -m bench --runs 2 --quick --table benchmarks.md\n" in page
    assert str(tmp_path) not in page, "no folder of whoever ran it"


def test_whoever_begins_anew_loses_nothing(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = measured(kept, card(1.2))
    before = kept.read_text(encoding="utf-8")
    without = [word for word in words if word != "--resume"]
    assert command_line.main([*without[:3], "tagging", *without[4:]]) == 0, "which has nothing to do without questions"
    assert kept.with_name("results-before.json").read_text(encoding="utf-8") == before
    assert "**1.20**" not in capsys.readouterr().out


def test_figures_of_another_size_are_not_gone_on_from(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = measured(kept, card(1.2), quick=True)
    with pytest.raises(SystemExit):
        command_line.main([word for word in words if word != "--quick"])
    assert "another quick" in capsys.readouterr().err


def test_each_benchmark_can_be_asked_for_by_name() -> None:
    named = [cast("Benchmark", import_module(f"bench.{name}")) for name in command_line.MODULES]
    assert len({benchmark.NAME for benchmark in named}) == len(command_line.MODULES) == 10
    assert all(callable(benchmark.run) for benchmark in named)


@pytest.mark.parametrize("words", [["--runs", "0"], ["--questions", "no-such-file"], ["--red", "no-such-python"]])
def test_what_cannot_be_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit):
        command_line.main(words)
