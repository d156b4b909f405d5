"""Plans: a tour of every named step, and then whatever the seed draws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.delivery import Way
from tests.torture.plan import ANSWERED, APPLIED, ASKED, AT_MOST_LATE, DB_STEPS, Episode, Event, Life, Row, Trouble
from tests.torture.routes import WIRE_STEPS
from tests.torture.scale import LONGER_THAN_NONCE, TIMING
from tests.torture.scene import HISTORY, SEND, VIEW

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

GENERAL, SECOND, THIRD, FORUM = range(4)
CLOSED = (4, 5)
"""Members who take no direct messages."""
COLD_KILLS = 30
_PHASES = (ASKED, APPLIED, ANSWERED)
_LONGEST = 0.9
_UNTIL_MET = 3.5
"""How long a life of the tour goes on that did not meet its step."""


def _rows_of_all_ways() -> tuple[Row, ...]:
    """Every way to reach somebody, due at once, and again when the second and third worker come."""
    ways = (
        Row(Way.CHANNEL, GENERAL, 0.0),
        Row(Way.CHANNEL, GENERAL, 0.0),
        Row(Way.FORUM, FORUM, 0.0),
        Row(Way.DM, 0, 0.0),
        Row(Way.DM, CLOSED[0], 0.0),
        Row(Way.DM, CLOSED[1], 0.0),
        Row(Way.DM, CLOSED[1], 0.0, place=None),
        Row(Way.CHANNEL, THIRD, 0.0),
        Row(Way.CHANNEL, SECOND, 0.0, lapses=-1.0),
        Row(Way.CHANNEL, SECOND, 0.0, needed=False),
    )
    return tuple(replace(row, after=after) for after in (0.0, 4.0, 8.0) for row in ways)


_LOOKING = {
    "history": Trouble("send", APPLIED, "kill", 2),
    "active": Trouble("forum-post", APPLIED, "kill"),
    "archived": Trouble("forum-post", APPLIED, "kill"),
    "first": Trouble("forum-post", APPLIED, "kill"),
}
"""What must have happened in the life before, so that this route is needed at all."""


def named_steps() -> Iterator[tuple[str, str]]:
    """Every named step: a route and a phase, or a write and when."""
    for route in sorted(WIRE_STEPS, key=lambda name: name not in ("send", "history", "forum-post")):
        for phase in _PHASES:
            yield route, phase
    for step in DB_STEPS:
        yield step, ""


def name_of(step: tuple[str, str]) -> str:
    """A step as the report names it."""
    return ":".join(step) if step[1] else f"db {step[0]}"


def _ended_at(step: tuple[str, str], nth: int, *before: Trouble, pause: float = 0.0) -> Life:
    route, phase = step
    if not phase:
        return Life(_UNTIL_MET, before, step=route, nth=nth, pause=pause)
    return Life(_UNTIL_MET, (*before, Trouble(route, phase, "kill", nth)), pause=pause)


def tour(start: int = 0) -> Iterator[Episode]:
    """Each named step is the end of a first life, of one that finds what another left, and of one soon after that."""
    hindered = (Trouble("send", ASKED, "503"), Trouble("send", APPLIED, "lose", 3))
    for number, step in enumerate(named_steps(), start):
        left = _LOOKING.get(step[0], Trouble("send", APPLIED, "kill", 2))
        lives = (
            _ended_at(step, 1, *(() if "beat" in step[0] else hindered)),
            Life(_LONGEST, (left,), pause=LONGER_THAN_NONCE),
            _ended_at(step, 1, pause=LONGER_THAN_NONCE),
            _ended_at(step, 2, Trouble("history", APPLIED, "lose")),
        )
        gone = (Event(0.0, "gone", THIRD),)
        yield Episode(
            number,
            _rows_of_all_ways(),
            lives,
            gone,
            closed_dms=CLOSED,
            forgotten=step[0] == "members",
            name=f"tour {name_of(step)}",
        )


def one_step(number: int, route: str, phase: str, way: Way = Way.CHANNEL, target: int = GENERAL) -> Episode:
    """One message in one place; the worker dies at this step, and the next comes when the nonce is forgotten."""
    lives = (_ended_at((route, phase), 1), Life(_LONGEST / 2, pause=LONGER_THAN_NONCE))
    return Episode(number, (Row(way, target, 0.0),), lives, patient=True, name=f"{route}:{phase}")


def drawn(number: int, random: random.Random, cold: int = 0) -> Episode:
    """Any episode. `cold` of its lives are whole new processes."""
    lives = [_life(random) for _ in range(random.randint(6, 11))]
    for n in range(min(cold, len(lives))):
        old = lives[n]
        lives[n] = Life(old.seconds + 1.5, old.troubles, old.step, old.nth, "kill", old.pause, cold=True)
    lasts = sum(life.seconds + life.pause for life in lives)
    rows = tuple(_row(random, lasts) for _ in range(random.randint(8, 18)))
    events = sorted((event for _ in range(random.randint(0, 4)) for event in _events(random, lasts)), key=_at)
    closed = CLOSED if random.random() < 0.7 else ()
    last = tuple(
        trouble for _ in range(2) if (trouble := _trouble(random)).act != "429-edge"
    )  # that takes too long here
    return Episode(
        number, rows, tuple(lives), tuple(events), random.random() < 0.3, closed, random.random() < 0.5, last
    )


def _at(event: Event) -> float:
    return event.at


def _row(random: random.Random, lasts: float) -> Row:
    way = random.choices((Way.CHANNEL, Way.FORUM, Way.DM), (5, 2, 3))[0]
    after = 0.0 if random.random() < 0.3 else random.uniform(0, lasts)
    target = {Way.CHANNEL: random.choice((GENERAL, GENERAL, SECOND, THIRD)), Way.FORUM: FORUM}.get(way)
    if target is None:
        target = random.randrange(6)
    lapses = random.uniform(0.5, 6) if random.random() < 0.15 else None
    place, needed = None if random.random() < 0.1 else GENERAL, random.random() > 0.05
    moves = random.uniform(1, 120) if random.random() < 0.1 else None
    return Row(way, target, after, lapses, place, needed, moves)


def _life(random: random.Random) -> Life:
    troubles = tuple(_trouble(random) for _ in range(random.choices((0, 1, 2, 3), (2, 4, 3, 1))[0]))
    pause = LONGER_THAN_NONCE if random.random() < 0.12 else random.choice((0.0, 0.0, 0.1, 0.5))
    ends = random.choices(("kill", "term", "stop"), (18, 2, 1))[0]
    seconds = random.uniform(0.05, _LONGEST)
    step, nth = "", 1
    how = random.random()
    if how < 0.35:
        step, nth = random.choice(DB_STEPS), random.randint(1, 4)
        seconds = _LONGEST
    elif how < 0.7:
        route, phase = random.choice(WIRE_STEPS[2:]), random.choice(_PHASES)
        act = "stop" if ends == "stop" else "kill"
        troubles = (*troubles, Trouble(route, phase, act, random.randint(1, 4)))
        seconds = _LONGEST
    return Life(seconds, troubles, step, nth, ends, pause, beside=ends == "kill" and random.random() < 0.08)


_ROUTES = (
    ("send",) * 6
    + ("forum-post",) * 3
    + ("thread", "history", "direct", "guild", "place", "member", "active", "add-member", "*")
)
_ACTS = ("lose",) * 5 + ("hang", "hang", "late", "500", "502", "503", "429-route", "429-global", "429-edge")


def _trouble(random: random.Random) -> Trouble:
    route, act = random.choice(_ROUTES), random.choice(_ACTS)
    phase = ASKED if act == "late" or act.startswith("429") else random.choice((ASKED, APPLIED, APPLIED))
    if act == "late" and route in ("forum-post", "*"):
        route = "send"  # a forum post that takes effect long after its sender has gone cannot be told from a lost one
    seconds = {"hang": 1.5, "late": random.uniform(0.05, AT_MOST_LATE)}.get(
        act, random.choice((0.02, 0.1, 0.5, 1.0, 2.0))
    )
    return Trouble(route, phase, act, random.randint(1, 5), random.choice((1, 1, 1, 2, 5)), seconds)


def _events(random: random.Random, lasts: float) -> Iterator[Event]:
    at = random.uniform(0, lasts)
    until = at + random.uniform(0.3, LONGER_THAN_NONCE * 1.5)
    place = random.choice((GENERAL, SECOND, THIRD, FORUM))
    match random.choice(("outage", "deny", "deny", "gone", "take", "take", "clock", "clock", "full", "close-dm")):
        case "outage":
            yield Event(at, "outage", random.choice((0, 1)))
            yield Event(at + random.choice((0.5, LONGER_THAN_NONCE)), "clear")
        case "deny":
            rights = random.choice((SEND, HISTORY, HISTORY, VIEW, SEND | HISTORY))
            yield Event(at, "deny", place, rights)
            yield Event(until, "allow", place)
        case "gone":
            yield Event(at, "gone", random.choice((SECOND, THIRD, FORUM)))
        case "take":
            yield Event(at, "take", random.randint(1, 4))
        case "clock":
            yield Event(at, "clock", value=random.choice((-1, 1)) * random.choice((1, TIMING.lease, 60, 3600, 86_400)))
        case "full":
            yield Event(at, "full")
            yield Event(at + random.uniform(0.1, 1.0), "space")
        case "close-dm":
            yield Event(at, "close-dm", random.randrange(6))
