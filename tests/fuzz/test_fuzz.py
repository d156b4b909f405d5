"""The fuzzing at a small size. `make fuzz CASES=1000000` runs it in full."""

from __future__ import annotations

import threading
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.__main__ import main
from tests.fuzz.failing import TookTooLongError, read, watched
from tests.fuzz.planted import planted
from tests.fuzz.running import drawn, run_here
from tests.fuzz.targets import TARGETS
from tests.fuzz.targets.custom_ids import fitting, registered

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20_261_123
CASES = 300


@pytest.mark.parametrize("name", TARGETS)
def test_what_reads_the_world_bears_whatever_comes(name: str) -> None:
    outcome = run_here(TARGETS[name], range(CASES), SEED)
    assert [failing.what for failing in outcome.failing.values()] == []
    assert outcome.cases == CASES
    assert outcome.accepted > CASES // 20, "most cases are so damaged that they prove little"


def test_a_planted_fault_is_found_written_made_small_and_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--cases", "200", "--target", "links", "--seed", "4", "--lanes", "2", "--folder", str(tmp_path), "--plant"]
    assert main(asked) == 1
    assert "200 cases, 1 fault\n" in capsys.readouterr().out
    files = list(tmp_path.iterdir())
    assert len(files) == 1
    assert read(files[0]) == ("links", b"9|")
    assert main(["--repeat", str(files[0]), "--plant"]) == 1
    assert main(["--repeat", str(files[0])]) == 0
    assert capsys.readouterr().out.endswith("refused\n")


def test_a_run_without_faults_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--cases", "100", "--target", "addresses", "--target", "links", "--seed", "1", "--folder", str(tmp_path)]
    assert main(asked) == 0
    assert capsys.readouterr().out.endswith("100 cases, 0 faults\n")
    assert list(tmp_path.iterdir()) == []


def test_what_hangs_is_stopped() -> None:
    started = threading.Lock()
    started.acquire()
    with pytest.raises(TookTooLongError, match="longer than"), watched(0.05):
        started.acquire()  # nobody ever lets it go


@pytest.mark.parametrize("name", TARGETS)
def test_a_seed_draws_the_same_cases_again(name: str) -> None:
    target = TARGETS[name]
    first = [drawn(target, 3, number) for number in range(40)]
    assert first == [drawn(target, 3, number) for number in range(40)]
    assert len(set(first)) > 25
    assert drawn(planted(target), 3, 0).startswith(first[0])


def test_every_template_of_the_bot_is_tried() -> None:
    known = registered()
    rng = Random(1)  # noqa: S311 - to be drawn again
    assert len(known.items) > 100
    for pattern in known.items:
        assert pattern.fullmatch(fitting(rng, known.parsed[pattern])), pattern.pattern
