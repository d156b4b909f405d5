"""`python -m tests.torture --kills N --seed S`: the trial by fire of the delivery engine. Exit 1 where it fails."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys

from tests.torture.planted import PLANTS
from tests.torture.report import lines, unmet
from tests.torture.trial import LANES, trial


def main() -> int:
    """Run the trial as the command line says, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="how many kills (500)")
    parser.add_argument("--seed", type=int, default=None, help="draw the same plan again")
    parser.add_argument("--plant", choices=PLANTS, default="", help="give the worker a fault that must be found")
    parser.add_argument("--lanes", type=int, default=LANES, help=f"episodes played side by side ({LANES})")
    asked = parser.parse_args()
    seed = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
    print(f"Killing the delivery worker {asked.kills} times; seed {seed}", flush=True)
    outcome = asyncio.run(trial(asked.kills, seed, asked.plant, lanes=asked.lanes))
    print(unmet(outcome), *lines(outcome), sep="\n")
    return 0 if outcome.passed else 1


if __name__ == "__main__":
    sys.exit(main())
