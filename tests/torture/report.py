"""What a trial found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.torture.drawing import name_of, named_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.trial import Outcome

_SHOWN = 40


def unmet(outcome: Outcome) -> str:
    """The named steps at which nobody was killed this time: on a busy machine a life may end before its step."""
    left = [name for step in named_steps() if not outcome.steps[f"{(name := name_of(step))} kill"]]
    return f"not met     {', '.join(left) or 'none: a worker was killed at every named step'}"


def lines(outcome: Outcome) -> Iterator[str]:
    """The report, line by line."""
    count, rows = outcome.count, outcome.count.rows
    kinds = ("sent", "parked", "lapsed", "dropped", "waiting", "sending")
    for step, number in sorted(outcome.steps.items()):
        yield f"  {number:6} {step}"
    for fault, number in outcome.faults.most_common(_SHOWN):
        yield f"  {number:6} logged: {fault}"
    yield from (f"  {words}" for words in sorted(count.wrong)[:_SHOWN])
    yield f"kills       {outcome.kills} ({outcome.cold_kills} of whole processes)"
    yield f"rows        {sum(rows[kind] for kind in kinds)}"
    yield f"lost        {count.lost}"
    yield f"doubled     {count.doubled}"
    yield f"unexplained {count.unexplained}"
    for kind in kinds[:4]:
        yield f"{kind:11} {rows[kind]}"
    yield f"mended      {rows['parked, then mended']} (parked for a while, then tried again or moved)"
    yield f"deleted     {count.taken_away} by a moderator"
    yield f"reposted    {count.reposted} (after it had been deleted)"
    yield f"left over   {count.threads_left} private threads that nobody entered"
    yield f"time        {outcome.seconds:.1f} s, {outcome.kills / outcome.seconds:.1f} kills a second"
    yield f"lag         {outcome.lag * 1000:.0f} ms at most at the stand-in, whose nonces lived so much longer"
    yield f"seed        {outcome.seed}"
    yield "passed" if outcome.passed else "FAILED"
