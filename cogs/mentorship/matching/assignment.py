"""Who gets whom: a capacitated bipartite matching of least cost, by successive shortest paths with prices.

Each full mentor has a price, and each pair is the cheapest its mentee can get at these prices; that is the proof that
nothing better exists. Whoever is not placed yet looks for the cheapest way to a free seat, or to leaving somebody
waiting, on which others may have to move (Dijkstra's algorithm on costs reduced by the prices; Edmonds and Karp, J. ACM
19 (1972), 248-264). A mentee's candidates are looked at from the best on, and no further than could still be cheaper
than the way found so far: so mostly the best 25 are enough, and where they are not, the next ones are taken out. The
result is that of the full graph.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cogs.mentorship.matching.candidates import Row
    from cogs.mentorship.matching.costs import Costs

WIDTH = 25
"""Candidates of a mentee that are taken out at a time."""
NOBODY = -1


class Assignment:
    """One matching, solved once.

    `rows` has the candidates of each mentee. `room` is how many each mentor takes in pairs, `extra` how many more in a
    group. `costs` are those of this round.
    """

    def __init__(self, rows: Sequence[Row], room: Sequence[int], extra: Sequence[int], costs: Costs) -> None:
        self._rows = rows
        self._costs = costs
        self._mentors = len(room)
        self._more = 2 * len(room)  # a mentor who does not exist stands for "take out more candidates"
        self._free = [*room, *extra, 1]
        self._grouped = any(extra)
        self._price = [0] * (self._more + 1)
        self._waiting = costs.waiting
        self._far = 2 * max(costs.waiting, default=0)
        self._distance = [self._far] * self._more  # to nobody yet, between two searches
        self._seat = [NOBODY] * len(rows)
        self._paid = [0] * len(rows)
        self._held: list[list[int]] = [[] for _ in range(self._more)]
        self._taken_out = [0] * len(rows)
        self._open: list[list[tuple[int, int]]] = [[(0, self._more)] for _ in rows]
        for mentee in range(len(rows)):
            self._take_out(mentee)

    def solve(self) -> list[int]:
        """The mentor's place of each mentee, or NOBODY."""
        for mentee in [mentee for mentee in range(len(self._rows)) if not self._take_first_choice(mentee)]:
            self._place(mentee)
        return [seat if seat < self._mentors else seat - self._mentors for seat in self._seat]

    def _take_out(self, mentee: int) -> None:
        """Put the next candidates behind those that are out, and behind them a mark that costs what the next one would.

        The old mark becomes the first of the new ones, which stands twice then: whoever is reading the list has passed
        the mark, and goes on with what is behind it.
        """
        row, begin, out = self._rows[mentee], self._taken_out[mentee], self._open[mentee]
        end = begin + WIDTH
        if begin < len(row.points):
            cost = self._costs.pair
            new = [
                (cost[score], mentor)
                for score, mentor in zip(row.points[begin:end], row.mentors[begin:end], strict=True)
            ]
            if end < len(row.points):
                new.append((cost[row.points[end]], self._more))
            elif self._grouped:
                new.append((self._costs.group[row.points[0]], self._more))
        else:
            cost = self._costs.group
            new = [
                (cost[score], self._mentors + mentor)
                for score, mentor in zip(row.points, row.mentors, strict=True)
                if self._free[self._mentors + mentor] or self._held[self._mentors + mentor]
            ]
        self._taken_out[mentee] = end
        out[-1:] = [*new[:1], *new] if begin else new

    def _take_first_choice(self, mentee: int) -> bool:
        """Place somebody with a mentor who is as good as their best, if one is free; no price is needed for that."""
        candidates = self._open[mentee]
        for cost, mentor in candidates:
            if cost != candidates[0][0] or mentor == self._more:
                break
            if self._free[mentor]:
                self._free[mentor] -= 1
                self._sit(mentee, mentor, cost)
                return True
        return False

    def _sit(self, mentee: int, mentor: int, cost: int) -> None:
        self._seat[mentee], self._paid[mentee] = mentor, cost
        if mentor != NOBODY:
            self._held[mentor].append(mentee)

    def _place(self, root: int) -> None:  # noqa: C901, PLR0912 - one loop; calls in it would double its time
        """Find the cheapest way to place one more, and go it; at its end somebody gets a free seat, or waits.

        `level` has the mentors that are as near as the last one, which many are: for them the heap is not needed.
        """
        price, free, held, paid, waiting = self._price, self._free, self._held, self._paid, self._waiting
        distance, came, now = self._distance, {}, -1
        heap: list[tuple[int, int]] = []
        level: list[int] = []
        settled: list[tuple[int, int]] = []
        best, end = waiting[root], (root, NOBODY, waiting[root])
        looking = [(root, 0)]
        while now < best:
            for mentee, base in looking:
                limit = best - base
                for cost, mentor in self._open[mentee]:
                    if cost >= limit:
                        break
                    reached = cost + price[mentor]
                    if reached >= limit:
                        continue
                    if free[mentor]:
                        if mentor == self._more:
                            self._take_out(mentee)
                        else:
                            limit, best, end = reached, reached + base, (mentee, mentor, cost)
                        continue
                    reached += base
                    if reached < distance[mentor]:
                        distance[mentor], came[mentor] = reached, (mentee, cost)
                        if reached == now:
                            level.append(mentor)
                        else:
                            heappush(heap, (reached, mentor))
            while not level and heap:
                now, mentor = heappop(heap)
                if now == distance[mentor]:
                    level.append(mentor)
            if not level or now >= best:
                break
            mentor = level.pop()
            settled.append((now, mentor))
            looking = [(mentee, now - price[mentor] - paid[mentee]) for mentee in held[mentor]]
            for mentee, base in looking:
                if base + waiting[mentee] < best:
                    best, end = base + waiting[mentee], (mentee, NOBODY, waiting[mentee])
        for reached, mentor in settled:
            price[mentor] += best - reached
        for mentor in came:
            distance[mentor] = self._far
        self._move(root, end, came)

    def _move(self, root: int, end: tuple[int, int, int], came: dict[int, tuple[int, int]]) -> None:
        """Let everybody on the way move one on, from its end back to `root`."""
        mentee, mentor, cost = end
        if mentor != NOBODY:
            self._free[mentor] -= 1
        while True:
            left = self._seat[mentee]
            self._sit(mentee, mentor, cost)
            if mentee == root:
                return
            self._held[left].remove(mentee)
            mentor = left
            mentee, cost = came[left]
