"""Runs the cases of a target, in processes side by side; one that dies or hangs is a failing case like any other."""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import resource
import sys
import time
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from tests.fuzz.failing import WATCH_S, Failing, smaller, tried

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from tests.fuzz.target import Target

MEMORY = 3 * 1024**3
"""Bytes of memory that a process may take."""
MOST_FAILING = 5
"""Different faults of one target after which nobody needs more."""

_ROUND = 30


@dataclass
class Outcome:
    """What came of a target's cases."""

    target: str
    cases: int = 0
    accepted: int = 0
    seconds: float = 0.0
    slowest_s: float = 0.0
    failing: dict[str, Failing] = field(default_factory=dict)

    def add(self, other: Outcome) -> None:
        """Take in what another process found."""
        self.cases += other.cases
        self.accepted += other.accepted
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        for known_by, failing in other.failing.items():
            self.failing.setdefault(known_by, failing)


def drawn(target: Target, seed: int, number: int) -> bytes:
    """The bytes of a case; the same for the same seed and number, whoever draws it."""
    return target.draw(Random(f"{seed} {target.name} {number}"))  # noqa: S311 - to be drawn again


def run_here(target: Target, numbers: range, seed: int, at: Any = None) -> Outcome:
    """Run cases in this process; `at` has a `value` that tells which one runs."""
    outcome = Outcome(target.name)
    for number in numbers:
        if at is not None:
            at.value = number
        data = drawn(target, seed, number)
        started = time.perf_counter()
        was_accepted, what, where = tried(target, data)
        outcome.slowest_s = max(outcome.slowest_s, time.perf_counter() - started)
        outcome.cases += 1
        outcome.accepted += was_accepted
        if what:
            found = Failing(target.name, seed, number, data, what, where)
            if found.known_by not in outcome.failing:
                outcome.failing[found.known_by] = smaller(target, found)
            if len(outcome.failing) >= MOST_FAILING:
                break
    return outcome


def run(target: Target, cases: int, seed: int, lanes: int) -> Outcome:
    """Run so many cases of a target in `lanes` processes."""
    started = time.perf_counter()
    whole = Outcome(target.name)
    forking = multiprocessing.get_context("fork")
    running = []
    for lane in range(min(lanes, cases)):
        ours, theirs = forking.Pipe(duplex=False)
        at = forking.Value("q", lane, lock=False)
        process = forking.Process(target=_lane, args=(target, range(lane, cases, lanes), seed, at, theirs))
        process.start()
        theirs.close()
        running.append((process, ours, at))
    for process, ours, at in running:
        try:
            whole.add(ours.recv())
        except EOFError:
            process.join()
            died = Failing(
                target.name, seed, at.value, drawn(target, seed, at.value), f"exit {process.exitcode}", "process died"
            )
            whole.add(Outcome(target.name, cases=at.value // lanes + 1, failing={died.known_by: died}))
        process.join()
    whole.seconds = time.perf_counter() - started
    return whole


def _lane(target: Target, numbers: range, seed: int, at: Any, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(50_000, 20, 20)
    done = Outcome(target.name)
    for start in range(0, len(numbers), _ROUND):
        # Where nothing can interrupt it (a loop in C), the process is ended with a trace of where it was
        faulthandler.dump_traceback_later(WATCH_S * _ROUND, exit=True, file=sys.__stderr__ or sys.stderr)
        done.add(run_here(target, numbers[start : start + _ROUND], seed, at))
        faulthandler.cancel_dump_traceback_later()
        if len(done.failing) >= MOST_FAILING:
            break
    answer.send(done)
    answer.close()
