"""`python -m bench`: run the benchmarks and print one table; ends with 1 if a limit is not held."""

from __future__ import annotations

import argparse
import math
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bench.processes import BotFailed
from bench.report import Line, Options, machine, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.report import Benchmark

MODULES = (
    "answer_speed",
    "start_and_memory",
    "search_speed",
    "retrieval",
    "alike",
    "tagging",
    "delivery",
    "import_speed",
    "matching",
    "calendar_speed",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 0 if every limit is held, 1 if not."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Benchmate beside its baselines.")
    parser.add_argument(
        "--questions", type=Path, help="a file of JSON lines (id, tool, title, body) for retrieval, alike and tagging"
    )
    parser.add_argument(
        "--runs", type=_at_least_one, default=7, help="rounds, or starts, of each comparison (default 7)"
    )
    parser.add_argument("--only", choices=MODULES, action="append", help="run this one alone; may be given again")
    given = parser.parse_args(arguments)
    options = Options(questions=given.questions, runs=given.runs)
    print(machine(), flush=True)
    lines = [line for name in given.only or MODULES for line in _run(name, options)]
    print(table(lines))
    return 0 if all(line.held for line in lines) else 1


def _run(name: str, options: Options) -> list[Line]:
    print(f"{name} ...", file=sys.stderr, flush=True)
    benchmark = cast("Benchmark", import_module(f"bench.{name}"))
    try:
        return benchmark.run(options)
    except BotFailed as failure:
        print(failure, file=sys.stderr)
        why = str(failure).splitlines()[0]
        return [Line(benchmark.NAME, math.nan, "", 0, at_most=True, note=why)]


def _at_least_one(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1, please")
    return number


if __name__ == "__main__":
    sys.exit(main())
