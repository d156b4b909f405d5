"""The order of the runs, and the file from which a command goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bench.report import Options, Size
from bench.results import Results, ResultsDiffer, Run, empty, load
from bench.rounds import SPEED, measure, once, plan
from tests.bench.figures import card

if TYPE_CHECKING:
    from pathlib import Path


def test_every_benchmark_runs_once_in_each_round_and_each_goes_first_in_its_turn() -> None:
    planned = list(plan(SPEED, 8, questions=False))
    assert Counter(planned) == Counter({(name, number): 1 for name in SPEED for number in range(1, 9)})
    rounds = [planned[start : start + len(SPEED)] for start in range(0, len(planned), len(SPEED))]
    assert [{number for _, number in one} for one in rounds] == [{number} for number in range(1, 9)]
    assert {one[0][0] for one in rounds} == set(SPEED)


def test_how_well_it_finds_is_measured_once_and_only_with_questions() -> None:
    names = ("alike", "tagging")
    assert list(plan(names, 2, questions=False)) == [("alike", 1), ("alike", 2)]
    assert list(plan(names, 1, questions=True)) == [("quality of alike", 0), ("quality of tagging", 0), ("alike", 1)]


def run(bench: str, number: int, failure: str = "") -> Run:
    lines = [] if failure else [card(1.1), card(1.2, size=Size(10, "records", main=False))]
    return Run(bench, number, "2026-11-23T21:00:00+00:00", 3.0, "0123456789ab", lines, failure)


def test_what_was_kept_is_read_as_it_was(tmp_path: Path) -> None:
    results = empty(quick=False)
    results.put(run("matching", 1))
    results.save(tmp_path / "deep" / "results.json")
    assert load(tmp_path / "deep" / "results.json", quick=False) == results


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    results = empty(quick=True)
    results.put(run("matching", 1))
    measure(results, ["matching"], 1, Options(tmp_path, quick=True), tmp_path / "results.json")
    assert results.runs == [run("matching", 1)]
    assert not (tmp_path / "results.json").exists(), "nothing was added"


def test_a_run_that_failed_is_to_be_measured_again_and_takes_its_place() -> None:
    results = empty(quick=False)
    results.put(run("matching", 1, "The server has gone."))
    assert not results.have("matching", 1)
    assert results.failures == ["matching, run 1: The server has gone."]
    results.put(run("matching", 1))
    assert results.have("matching", 1)
    assert (len(results.runs), results.failures) == (1, [])


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("machine", replace(empty(quick=False), machine="another")),
        ("versions", replace(empty(quick=False), versions="another")),
        ("quick", empty(quick=True)),
    ],
)
def test_figures_of_another_machine_or_size_do_not_go_into_one_table(tmp_path: Path, what: str, other: Results) -> None:
    other.save(tmp_path / "results.json")
    with pytest.raises(ResultsDiffer, match=f"another {what}"):
        load(tmp_path / "results.json", quick=False)


def test_a_benchmark_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    found = once("alike", 3, Options(tmp_path, quick=True))
    assert (found.bench, found.number, found.failure) == ("alike", 3, "")
    assert [line.name for line in found.lines] == [
        f"Answered before, among 500, {point}" for point in ("median", "p95")
    ]
    assert all(line.measured > 0 for line in found.lines)


def test_what_is_amiss_there_is_told_in_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = once("start_and_memory", 1, Options(tmp_path, quick=True, red=tmp_path / "no-python"))
    assert found.lines == []
    assert found.failure
    assert found.failure in capsys.readouterr().err
