"""`python -m bench`: measure, round after round, and write one table; ends with 1 if a limit is not held.

`make bench` is the same. What has been measured is kept in a file (`--results`), and `--resume` goes on from it: a
command that was stopped, or measured in pieces with `--only`, ends in one table all the same.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.page import Asked, page
from bench.processes import ROOT
from bench.report import Options
from bench.results import ResultsDiffer, empty, load
from bench.rounds import QUALITY, SPEED, measure
from bench.spreads import rows

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from bench.results import Results

MODULES = (*SPEED, *(name for name in QUALITY if name not in SPEED))
RUNS = 7
RESULTS = ROOT / "build" / "bench" / "results.json"
QUICK_RESULTS = RESULTS.with_name("quick.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 0 if everything was measured and every limit is held, 1 if not, 2 for a wrong option."""
    parser = _parser()
    given = parser.parse_args(arguments)
    for what, file in (("questions", given.questions), ("Red's Python", given.red)):
        if file is not None and not file.is_file():
            parser.error(f"there is no file with {what}: {file}")
    given.results = given.results or (QUICK_RESULTS if given.quick else RESULTS)
    try:
        results = _begun(given.results, quick=given.quick, resume=given.resume)
    except ResultsDiffer as differ:
        parser.error(f"{differ} Begin anew without --resume, or name another file with --results.")
    with TemporaryDirectory(prefix="bench-") as scratch:
        options = Options(Path(scratch), given.questions, quick=given.quick, red=given.red)
        measure(results, given.only or MODULES, given.runs, options, given.results)
    words = page(results, _asked(given, results))
    if given.table is not None:
        given.table.parent.mkdir(parents=True, exist_ok=True)
        given.table.write_text(words, encoding="utf-8")
        print(f"The table is in {given.table}.", file=sys.stderr)
    else:
        print(words)
    return 1 if results.failures or _missed(results) else 0


def _begun(file: Path, *, quick: bool, resume: bool) -> Results:
    """What is there already; without `resume` nothing, and the file is put aside. Raises ResultsDiffer."""
    if not file.exists():
        return empty(quick=quick)
    if resume:
        return load(file, quick=quick)
    file.replace(file.with_name(f"{file.stem}-before.json"))
    return empty(quick=quick)


def _missed(results: Results) -> bool:
    """Whether a limit is not held; a quick run judges none."""
    return not results.quick and any(row.held is False for row in rows(results.lines))


def _asked(given: Namespace, results: Results) -> Asked:
    """The command that makes the whole table, whatever pieces it was measured in; no folder of whoever ran it."""
    table = f" --table {_named(given.table)}" if given.table else ""
    words = f"python -m bench --runs {given.runs}{' --quick' if given.quick else ''}{table}"
    if any(line.quality for line in results.lines):
        words += " --questions FILE"
    red = any(line.pair and line.pair.against.startswith("Red-") for line in results.lines)
    if red:
        words += " --red build/red/bin/python"
    return Asked(words, given.runs, red)


def _named(file: Path) -> str:
    whole = file.absolute()
    return str(whole.relative_to(ROOT)) if whole.is_relative_to(ROOT) else file.name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Benchmate beside its baselines.")
    parser.add_argument("--runs", type=_at_least_one, default=RUNS, help=f"rounds (default {RUNS})")
    parser.add_argument("--table", type=Path, help="write the page to this file; without it, it is printed")
    parser.add_argument("--results", type=Path, help="where each run is kept (build/bench/results.json)")
    parser.add_argument("--resume", action="store_true", help="keep what that file has, and measure what is missing")
    parser.add_argument("--only", choices=MODULES, action="append", help="measure this one alone; may be given again")
    parser.add_argument("--quick", action="store_true", help="small sizes: to see that everything works")
    parser.add_argument("--red", type=Path, help="the Python of an environment with Red-DiscordBot: measure it as well")
    parser.add_argument(
        "--questions", type=Path, help="a file of JSON lines (id, tool, title, body): measure also how well it finds"
    )
    return parser


def _at_least_one(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1, please")
    return number


if __name__ == "__main__":
    sys.exit(main())
