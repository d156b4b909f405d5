"""Round after round, each benchmark once in a fresh process, so that whatever drifts meanwhile meets all alike.

The one that began a round begins none of the next ones until all have. What is measured is kept at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from bench.processes import ROOT
from bench.report import Line
from bench.results import Run, this_commit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.report import Options
    from bench.results import Results

SPEED = (
    *("answer_speed", "start_and_memory", "search_speed", "alike", "delivery", "import_speed", "matching"),
    "calendar_speed",
)
QUALITY = ("retrieval", "alike", "tagging")
"""They say how well, which is the same each time: one run, and only with a file of questions."""
WELL = "quality of "
LONGEST = 900.0  # seconds for one benchmark, once


def plan(names: Sequence[str], runs: int, *, questions: bool) -> Iterator[tuple[str, int]]:
    """Which benchmark is to run, in which round (from 1); what says how well comes first, in round 0."""
    if questions:
        yield from ((f"{WELL}{name}", 0) for name in QUALITY if name in names)
    speed = [name for name in SPEED if name in names]
    for number in range(1, runs + 1):
        place = (number - 1) % max(len(speed), 1)
        yield from ((name, number) for name in speed[place:] + speed[:place])


def measure(results: Results, names: Sequence[str], runs: int, options: Options, file: Path) -> None:
    """Measure what `results` does not have yet, and keep each run in `file` when it is there."""
    wanted = list(plan(names, runs, questions=options.questions is not None))
    missing = [one for one in wanted if not results.have(*one)]
    if len(missing) < len(wanted):
        _say(f"{len(wanted) - len(missing)} of {len(wanted)} runs are there already")
    for place, (bench, number) in enumerate(missing, start=1):
        _say(f"{place} of {len(missing)}: {bench}" + (f", round {number}" if number else "") + " ...")
        run = once(bench, number, options)
        _say(f"    {run.failure or f'{run.seconds:.0f} s'}")
        results.put(run)
        results.save(file)


def once(bench: str, number: int, options: Options) -> Run:
    """One benchmark in a process of its own. What is amiss there is told in the run."""
    well = bench.startswith(WELL)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        found, begun = folder / "lines.json", monotonic()
        words = [sys.executable, "-m", "bench.once", bench.removeprefix(WELL), str(found), *_given(options, well=well)]
        try:
            done = subprocess.run(words, cwd=ROOT, stderr=subprocess.PIPE, text=True, timeout=LONGEST, check=False)  # noqa: S603
            failure = "" if done.returncode == 0 else _last_words(done.stderr)
        except subprocess.TimeoutExpired:
            failure = f"did not end in {LONGEST:.0f} s"
        lines = [] if failure else [Line.from_json(one) for one in json.loads(found.read_text(encoding="utf-8"))]
    lines = [line for line in lines if line.quality is well]
    ended = datetime.now(UTC).isoformat(timespec="seconds")
    return Run(bench, number, ended, round(monotonic() - begun, 1), this_commit(), lines, failure)


def _given(options: Options, *, well: bool) -> list[str]:
    words = ["--scratch", str(options.scratch)]
    if well and options.questions is not None:
        words += ["--questions", str(options.questions.resolve())]
    if options.quick:
        words.append("--quick")
    if options.red is not None:
        words += ["--red", str(options.red.absolute())]  # not resolved: an environment's Python is a link to another
    return words


def _last_words(stderr: str) -> str:
    """What a person needs to know of it; all of it is printed."""
    print(stderr, file=sys.stderr)
    rows = [row for row in stderr.splitlines() if row.strip()]
    if not rows:
        return "ended without a word"
    return rows[-1] if rows[0].startswith("Traceback") else rows[0]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
