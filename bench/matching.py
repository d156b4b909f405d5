"""What our matching costs beside OR-tools' min-cost flow: the same people, the same candidates, in turns.

Rounds of 500, 1,000 and 2,000 mentees and a third as many mentors, capacity 3; sparse (one or two subjects each) and
dense (six to nine). OR-tools knows the highest total only; beside it stand ours for that, which must place as many
with as many points, and ours for the fairest worst pair. Times are of the processor, so that a busy machine meets both
alike.
"""

from __future__ import annotations

import gc
import pickle
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

from bench.mentoring import made_up_round
from bench.processes import BotFailed
from bench.report import Line, Pair, Size, compared
from cogs.mentorship import matching
from cogs.mentorship.matching.assignment import NOBODY
from cogs.mentorship.matching.candidates import rows
from cogs.mentorship.matching.drafting import assign
from cogs.mentorship.matching.people import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.report import Options
    from cogs.mentorship.matching.candidates import Row

NAME = "matching"

CAPACITY = 3
SIZES, QUICK = ((500, 166), (1_000, 333), (2_000, 667)), ((20, 7), (40, 13), (80, 27))
TURNS = 3
KINDS = {"sparse": (1, 2), "dense": (6, 9)}
SEED = 20_240_502
MOST_TIMES = 10.0
MOST_TIMES_FAIR = 40.0
FAIR_LIMIT = (2_000, "sparse")
ORTOOLS, TOTAL, FAIR = "OR-tools", "highest total", "fairest worst pair"
MEBIBYTE = 1024
PAGE = 4 / 1024  # MiB: less cannot be told

Solved = tuple[int, int]


def run(options: Options) -> list[Line]:
    """Measure each size and kind, in turns; raises BotFailed where OR-tools finds something better."""
    lines = []
    sizes = options.of(SIZES, QUICK)
    for mentees, mentors in sizes:
        for kind in KINDS:
            found = kept(options.scratch, mentees, mentors, kind)
            times = _compare(found, [CAPACITY] * mentors)
            lines += _lines(Size(mentees, "mentees"), kind, times)
    for kind in KINDS:
        memory = {side: _memory(options.scratch, *sizes[-1], kind, side) for side in (ORTOOLS, FAIR)}
        pair = Pair(memory[FAIR], max(memory[ORTOOLS], PAGE), "MiB", "OR-tools' min-cost flow")
        note = f"{sizes[-1][0]:,} mentees; what solving adds"
        lines.append(compared(f"Matching, {kind}, {FAIR}: memory", pair, note=note))
    return [*lines, *(_whole_draft(*size) for size in sizes)]


def kept(scratch: Path, mentees: int, mentors: int, kind: str) -> list[Row]:
    """The candidates, scored once for all runs."""
    file = scratch / f"matching-{mentees}-{kind}.pickle"
    if not file.exists():
        partial = file.with_suffix(".partial")
        partial.write_bytes(pickle.dumps(candidates(mentees, mentors, kind)))
        partial.replace(file)
    found: list[Row] = pickle.loads(file.read_bytes())  # noqa: S301 - this command wrote it
    return found


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


def _compare(found: Sequence[Row], room: Sequence[int]) -> dict[str, float]:
    """A turn to see that both find the same, and some that count: the median of each side, in milliseconds."""
    sides = _sides(found, room)
    best = min_cost(found, room)()
    ours, fair = (
        judged(found, assign(found, room, [0] * len(room), [0] * len(found), fair=way)) for way in (False, True)
    )
    if ours != best or fair[0] != best[0]:
        raise BotFailed(f"OR-tools: {best}; ours: {ours}, fair: {fair} (placed, points).")
    times: dict[str, list[float]] = {side: [] for side in sides}
    gc.collect()
    gc.freeze()  # what stands around for the benchmark is not to be looked through again and again
    for turn in range(TURNS):
        for side in sides if turn % 2 else reversed(sides):
            begun = process_time()
            sides[side]()
            times[side].append((process_time() - begun) * 1000)
    gc.unfreeze()
    return {side: median(taken) for side, taken in times.items()}


def _lines(size: Size, kind: str, times: Mapping[str, float]) -> list[Line]:
    against = "OR-tools' min-cost flow"
    fair = MOST_TIMES_FAIR if (size.number, kind) == FAIR_LIMIT else None
    return [
        compared(f"Matching, {kind}, {side}", Pair(times[side], times[ORTOOLS], "ms", against), most, size=size)
        for side, most in ((TOTAL, MOST_TIMES), (FAIR, fair))
    ]


def _memory(scratch: Path, mentees: int, mentors: int, kind: str, side: str) -> float:
    """What solving adds to the most memory of a process that has the candidates already, in MiB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(peak, scratch, mentees, mentors, kind, side).result()


def peak(scratch: Path, mentees: int, mentors: int, kind: str, side: str) -> float:
    """In a process of its own: solve once, and tell how far its memory rose, in MiB."""
    solve = _sides(kept(scratch, mentees, mentors, kind), [CAPACITY] * mentors)[side]
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the high-water mark begins again here
    before = _kibibytes("VmRSS:")
    solve()
    return (_kibibytes("VmHWM:") - before) / MEBIBYTE


def _kibibytes(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))


def _whole_draft(mentees: int, mentors: int) -> Line:
    """All that an organizer waits for, scoring and reasons as well, for a sparse round."""
    people = made_up_round(mentees, mentors, capacity=CAPACITY, subjects=KINDS["sparse"], seed=SEED)
    begun = process_time()
    matching.draft(people)
    took = process_time() - begun
    size, note = Size(mentees, "mentees"), "from what people said to pairs with reasons"
    return Line("A whole draft of a round", took, "s", note=note, size=size)
