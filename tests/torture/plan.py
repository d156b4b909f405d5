"""What is to happen, drawn from a seed: rows, lives of the worker and how each ends, and what hinders it.

Two runs of one seed have the same plan. They do not run alike to the millisecond: processes, sockets and the disk have
their own time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.delivery import Way

AT_MOST_LATE = 1.0
"""So many seconds may pass between a request's coming and its taking effect."""
KIND = "row"
"""What every promise of a plan is; the engine's own notices are not."""
NEEDLESS = "needless"
"""How the subject of a promise begins that nobody needs any more."""
DB_STEPS = tuple(
    f"{what}:{when}"
    for what in ("claim", "sent", "retry", "parked", "lapsed", "dropped", "thread", "notice", "beat")
    for when in ("before", "after")
)
"""Around the commit of each kind of write; kills come there from inside the worker."""
ASKED, APPLIED, ANSWERED = "asked", "applied", "answered"
"""A request has come; it took effect; its answer was written."""


@dataclass(frozen=True)
class Trouble:
    """What happens to a request: the `nth` at `route` ("*": any) that reaches `phase`, and `times` in a row."""

    route: str
    phase: str
    act: str
    nth: int = 1
    times: int = 1
    seconds: float = 0.0


@dataclass(frozen=True)
class Life:
    """One life of a worker. It ends at `step` of the database, by a trouble's kill, or after `seconds` anyhow."""

    seconds: float
    troubles: tuple[Trouble, ...] = ()
    step: str = ""
    nth: int = 1
    ends: str = "kill"
    """kill, term (an orderly end), or stop (suspended while another takes over, then continued beside it)."""
    pause: float = 0.0
    """Seconds before it, in which nobody runs."""
    cold: bool = False
    """A whole new process, not a fork of a warm one."""
    beside: bool = False
    """A second worker lives on the same database meanwhile."""


@dataclass(frozen=True)
class Event:
    """Something that happens to the server, the clock or the disk, so many seconds after the beginning."""

    at: float
    what: str
    where: int = 0
    value: float = 0.0


@dataclass(frozen=True)
class Row:
    """A promise. `target` is the number of a channel or a member in the scene; `after` is when it is due."""

    way: Way
    target: int
    after: float
    lapses: float | None = None
    place: int | None = 0
    needed: bool = True
    """Whether somebody still needs it when it is due; else there is nothing to draw."""
    moves: float | None = None
    """Some seconds after the beginning the promise is changed to be due so much later."""


@dataclass(frozen=True)
class Episode:
    """One server and one database, from the first promise to the count."""

    number: int
    rows: tuple[Row, ...]
    lives: tuple[Life, ...]
    events: tuple[Event, ...] = ()
    patient: bool = False
    """At the end it waits for what is still to come; else the clock is set ahead to it."""
    closed_dms: tuple[int, ...] = ()
    forgotten: bool = False
    """A private thread that nobody entered is left from an hour ago."""
    last: tuple[Trouble, ...] = ()
    """What the last worker still meets, before all is well."""
    name: str = "drawn"
