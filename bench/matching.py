"""What our matching costs beside OR-tools' min-cost flow: the same people, the same candidates, in turns.

Rounds of 500 mentees and 166 mentors, and of 2,000 and 667, capacity 3; sparse (one or two subjects each) and dense
(six to nine). OR-tools knows the highest total only; beside it stand ours for that, which must place as many with as
many points, and ours for the fairest worst pair. Times are of the processor, so that a busy machine meets both alike.
"""

from __future__ import annotations

import gc
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

from bench.claiming import spread
from bench.mentoring import made_up_round
from bench.processes import BotFailed
from bench.report import Line
from cogs.mentorship import matching
from cogs.mentorship.matching.assignment import NOBODY
from cogs.mentorship.matching.candidates import rows
from cogs.mentorship.matching.drafting import assign
from cogs.mentorship.matching.people import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.report import Options
    from cogs.mentorship.matching.candidates import Row

NAME = "matching"

CAPACITY = 3
SIZES = ((500, 166), (2_000, 667))
KINDS = {"sparse": (1, 2), "dense": (6, 9)}
SEED = 20_240_502
MOST_TIMES = 10.0
MOST_TIMES_FAIR = 40.0
FAIR_LIMIT = (2_000, "sparse")
ORTOOLS, TOTAL, FAIR = "OR-tools", "highest total", "fairest worst pair"
MEBIBYTE = 1024

Solved = tuple[int, int]


@dataclass
class Times:
    """Milliseconds of each side, over all rounds."""

    of: dict[str, list[float]] = field(default_factory=lambda: {ORTOOLS: [], TOTAL: [], FAIR: []})

    def times(self, side: str) -> float:
        """How many times as long as OR-tools, by the medians."""
        return median(self.of[side]) / median(self.of[ORTOOLS])


def run(options: Options) -> list[Line]:
    """Measure `options.runs` rounds of each size and kind; raises BotFailed where OR-tools finds something better."""
    lines = []
    for mentees, mentors in SIZES:
        for kind in KINDS:
            found = candidates(mentees, mentors, kind)
            times = _compare(found, [CAPACITY] * mentors, options.runs)
            lines += _lines(mentees, mentors, kind, found, times)
    return [*lines, _whole_draft()]


def candidates(mentees: int, mentors: int, kind: str) -> list[Row]:
    """The candidates of a made-up round, as the product scores them."""
    people = made_up_round(mentees, mentors, capacity=CAPACITY, subjects=KINDS[kind], seed=SEED)
    reading = Reading(people.lexicon, people.at)
    one, other = ([reading.read(who.user_id, who.wishes) for who in side] for side in (people.mentors, people.mentees))
    return rows(one, other, people.exclusions)


def judged(found: Sequence[Row], places: Sequence[int]) -> Solved:
    """How many are placed, and with how many points."""
    scores = [row.points[row.mentors.index(place)] for row, place in zip(found, places, strict=True) if place != NOBODY]
    return len(scores), sum(scores)


def min_cost(found: Sequence[Row], room: Sequence[int]) -> Callable[[], Solved]:
    """OR-tools' SimpleMinCostFlow for these candidates, ready to be built and solved: how many, how many points."""
    mentees, mentors = len(found), len(room)
    source, sink = mentees + mentors, mentees + mentors + 1
    scores = np.array([score for row in found for score in row.points], dtype=np.int64)
    who = np.repeat(np.arange(mentees), [len(row.points) for row in found])
    whom = np.array([mentor for row in found for mentor in row.mentors], dtype=np.int64) + mentees
    tails = np.concatenate([who, np.full(mentees, source), np.arange(mentees, source)])
    heads = np.concatenate([whom, np.arange(mentees), np.full(mentors, sink)])
    capacities = np.concatenate([np.ones(len(scores) + mentees, dtype=np.int64), np.array(room, dtype=np.int64)])
    costs = np.concatenate([100 - scores, np.zeros(mentees + mentors, dtype=np.int64)])

    def solve() -> Solved:
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        flow.set_node_supply(source, mentees)
        flow.set_node_supply(sink, -mentees)
        if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
            raise BotFailed("OR-tools found no flow.")
        return flow.maximum_flow(), 100 * flow.maximum_flow() - flow.optimal_cost()

    return solve


def _sides(found: Sequence[Row], room: Sequence[int]) -> dict[str, Callable[[], object]]:
    nothing = [0] * len(found)
    return {
        ORTOOLS: min_cost(found, room),
        TOTAL: partial(assign, found, room, [0] * len(room), nothing, fair=False),
        FAIR: partial(assign, found, room, [0] * len(room), nothing),
    }


def _compare(found: Sequence[Row], room: Sequence[int], rounds: int) -> Times:
    """One round to see that both find the same, and `rounds` in turns that count."""
    sides = _sides(found, room)
    best = min_cost(found, room)()
    ours, fair = (
        judged(found, assign(found, room, [0] * len(room), [0] * len(found), fair=way)) for way in (False, True)
    )
    if ours != best or fair[0] != best[0]:
        raise BotFailed(f"OR-tools: {best}; ours: {ours}, fair: {fair} (placed, points).")
    times = Times()
    gc.collect()
    gc.freeze()  # what stands around for the benchmark is not to be looked through again and again
    for turn in range(rounds):
        for side in sides if turn % 2 else reversed(sides):
            begun = process_time()
            sides[side]()
            times.of[side].append((process_time() - begun) * 1000)
    gc.unfreeze()
    return times


def _lines(mentees: int, mentors: int, kind: str, found: Sequence[Row], times: Times) -> list[Line]:
    what = f"Matching {mentees:,} x {mentors}, {kind}"
    pairs = sum(len(row.points) for row in found)
    base = f"{median(times.of[ORTOOLS]):.1f} ms of OR-tools; {pairs:,} possible pairs"
    memory = {side: _memory(mentees, mentors, kind, side) for side in (ORTOOLS, FAIR)}
    limit = MOST_TIMES_FAIR if (mentees, kind) == FAIR_LIMIT else None
    return [
        Line(
            f"{what}: {side}",
            times.times(side),
            "times",
            most,
            at_most=True,
            note=f"{spread(times.of[side], 'ms')}, against {base}",
        )
        for side, most in ((TOTAL, MOST_TIMES), (FAIR, limit))
    ] + [
        Line(
            f"{what}: memory", memory[FAIR], "MiB", None, at_most=True, note=f"OR-tools {memory[ORTOOLS]:.1f} MiB more"
        )
    ]


def _memory(mentees: int, mentors: int, kind: str, side: str) -> float:
    """What solving adds to the most memory of a process that has the candidates already, in MiB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(peak, mentees, mentors, kind, side).result()


def peak(mentees: int, mentors: int, kind: str, side: str) -> float:
    """In a process of its own: solve once, and tell how far its memory rose, in MiB."""
    solve = _sides(candidates(mentees, mentors, kind), [CAPACITY] * mentors)[side]
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the high-water mark begins again here
    before = _kibibytes("VmRSS:")
    solve()
    return (_kibibytes("VmHWM:") - before) / MEBIBYTE


def _kibibytes(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))


def _whole_draft() -> Line:
    """All that an organizer waits for, scoring and reasons as well, for the largest sparse round."""
    mentees, mentors = SIZES[-1]
    people = made_up_round(mentees, mentors, capacity=CAPACITY, subjects=KINDS["sparse"], seed=SEED)
    begun = process_time()
    draft = matching.draft(people)
    took = process_time() - begun
    note = f"from people to {len(draft.pairs):,} pairs with reasons; {len(draft.waiting)} wait"
    return Line(f"A whole draft, {mentees:,} x {mentors}", took, "s", None, at_most=True, note=note)
