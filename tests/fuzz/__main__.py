"""`python -m tests.fuzz --cases N`: many made-up inputs for all that reads. Exit 1 where a property does not hold."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.failing import read, tried
from tests.fuzz.planted import planted
from tests.fuzz.running import run
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fuzz.running import Outcome
    from tests.fuzz.target import Target

FOLDER = Path("build/fuzz")
_TITLES = f"{'target':<12}{'cases':>10}{'accepted':>10}{'seconds':>9}{'a second':>10}{'slowest':>9}{'faults':>8}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as the command line says, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="how many in all (20,000), shared among the targets")
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this one (may be given again)")
    parser.add_argument("--seed", type=int, default=None, help="draw the same cases again")
    parser.add_argument("--lanes", type=int, default=os.cpu_count() or 1, help="processes side by side")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"where failing cases are written ({FOLDER})")
    parser.add_argument("--repeat", type=Path, help="try a case that was written, and nothing else")
    parser.add_argument("--plant", action="store_true", help="plant a fault that must be found")
    asked = parser.parse_args(arguments)
    if asked.repeat is not None:
        return _repeat(asked.repeat, plant=asked.plant)
    seed = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
    chosen = [planted(TARGETS[name]) if asked.plant else TARGETS[name] for name in asked.target or TARGETS]
    print(f"{asked.cases:,} cases, seed {seed}, {asked.lanes} side by side", _TITLES, sep="\n", flush=True)
    outcomes = []
    for target, cases in _shared(chosen, asked.cases):
        outcomes.append(run(target, cases, seed, asked.lanes))
        print(_line(outcomes[-1]), flush=True)
    for outcome in outcomes:
        for failing in outcome.failing.values():
            print(
                f"\n{failing.target}: {failing.what}\n  {failing.where}; case {failing.number} of seed {failing.seed}"
            )
            print(f"  python -m tests.fuzz --repeat {failing.write(asked.folder)}")
    faults = sum(len(outcome.failing) for outcome in outcomes)
    print(f"\n{sum(outcome.cases for outcome in outcomes):,} cases, {faults} {'fault' if faults == 1 else 'faults'}")
    return 1 if faults else 0


def _shared(targets: list[Target], cases: int) -> list[tuple[Target, int]]:
    """How many of the cases each target gets, by its share; the first gets what is left over."""
    whole = sum(target.share for target in targets)
    parts = [cases * target.share // whole for target in targets]
    parts[0] += cases - sum(parts)
    return [(target, part) for target, part in zip(targets, parts, strict=True) if part]


def _line(outcome: Outcome) -> str:
    pace = outcome.cases / outcome.seconds if outcome.seconds else 0.0
    return (
        f"{outcome.target:<12}{outcome.cases:>10,}{outcome.accepted:>10,}{outcome.seconds:>9.1f}{pace:>10,.0f}"
        f"{outcome.slowest_s:>9.3f}{len(outcome.failing):>8}"
    )


def _repeat(file: Path, *, plant: bool) -> int:
    name, data = read(file)
    target = planted(TARGETS[name]) if plant else TARGETS[name]
    was_accepted, what, where = tried(target, data)
    print(ascii(data[:2_000]), f"{what}\n  {where}" if what else "accepted" if was_accepted else "refused", sep="\n")
    return 1 if what else 0


if __name__ == "__main__":
    sys.exit(main())
