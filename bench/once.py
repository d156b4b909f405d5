"""One benchmark, once, in a process of its own: `python -m bench.once NAME FILE`; its figures are written to FILE.

A fresh process for each run: nothing that one run left in memory helps or hinders the next.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bench.processes import BotFailed
from bench.report import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.report import Benchmark


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 0 if there are figures, 1 if something was amiss, which is told on stderr."""
    parser = argparse.ArgumentParser(prog="python -m bench.once")
    parser.add_argument("name")
    parser.add_argument("file", type=Path)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--red", type=Path)
    given = parser.parse_args(arguments)
    options = Options(given.scratch, given.questions, quick=given.quick, red=given.red)
    benchmark = cast("Benchmark", import_module(f"bench.{given.name}"))
    try:
        lines = benchmark.run(options)
    except BotFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    given.file.write_text(json.dumps([line.as_json() for line in lines]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
