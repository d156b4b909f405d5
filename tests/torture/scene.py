"""One server at the stand-in: its channels, who may do what, every message that ever stood there, and the nonces."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.torture.scale import NONCE_WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.clock import LaneClock

EPOCH_MS = 1_420_070_400_000
VIEW, SEND, HISTORY = 1 << 10, 1 << 11, 1 << 16
SEND_IN_THREADS, PRIVATE_THREADS, PUBLIC_THREADS = 1 << 38, 1 << 36, 1 << 35
ALL = VIEW | SEND | HISTORY | SEND_IN_THREADS | PRIVATE_THREADS | PUBLIC_THREADS
TEXT, DM, FORUM_POST, PRIVATE_THREAD, FORUM = 0, 1, 11, 12, 15
FORGOTTEN = "Notes for you"
THREADS = (FORUM_POST, PRIVATE_THREAD)
BUSY_S = 0.05
"""A step of the clock that is longer counts as so much."""
_MARK = re.compile(r"row (\d+)\b")


class Refused(Exception):
    """What Discord answers instead: a status, a code of its own, and words."""

    def __init__(self, status: int, code: int, words: str) -> None:
        super().__init__(words)
        self.status, self.code, self.words = status, code, words


def no_channel() -> Refused:
    return Refused(404, 10003, "Unknown Channel")


@dataclass
class Message:
    """A message that stands, or stood, in a channel."""

    number: int
    channel: int
    row: int
    components: list[Any]
    nonce: str | None
    put_at: float
    clock_at: float
    latest: float
    """The furthest that the lane's clock had shown by then."""
    taken_at: float | None = None


@dataclass
class Place:
    """A channel, a thread, a forum or a direct channel."""

    number: int
    type: int
    name: str = "place"
    parent: int | None = None
    owner: int = 0
    denied: int = 0
    gone: bool = False
    members: set[int] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    unreadable: int = 0


class SteadyClock:
    """Seconds, without those in which whoever serves the scenes was too busy to serve: a nonce lives on meanwhile."""

    def __init__(self) -> None:
        self.longest = 0.0
        """The longest time for which nobody was served."""
        self._seen = time.monotonic()
        self._shown = 0.0

    def __call__(self) -> float:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._seen)
        self._shown += min(now - self._seen, BUSY_S)
        self._seen = now
        return self._shown


class Scene:
    """A server of its own for each episode, with a bot of its own, so that no nonce is anybody else's."""

    def __init__(self, number: int, clock: LaneClock, steady: SteadyClock) -> None:
        first = (number + 1) * 1000
        self._steady = steady
        self.guild, self.bot, self.clock = first + 1, first + 2, clock
        self.places: dict[int, Place] = {}
        self.members = [first + 500 + n for n in range(6)]
        self.closed_dms: set[int] = set()
        self.dms: dict[int, int] = {}
        self.latest = 0.0
        """The furthest that this lane's clock ever showed."""
        self.taken_away: list[Message] = []
        self.requests: Counter[str] = Counter()
        self._nonces: dict[str, Message] = {}
        self._last = 0
        for n, kind in enumerate((TEXT, TEXT, TEXT, FORUM, TEXT)):
            self.places[first + 10 + n] = Place(first + 10 + n, kind)
        self.general, self.second, self.third, self.forum, self.desk = sorted(self.places)

    def now(self) -> float:
        """The lane's present moment, noted as the latest it showed."""
        shown = self.clock().timestamp()
        self.latest = max(self.latest, shown)
        return shown

    def snowflake(self) -> int:
        """A number of Discord's kind for something made now."""
        self._last = max(self._last + 1, (int(time.time() * 1000) - EPOCH_MS) << 22)
        return self._last

    def place(self, number: int, needs: int = 0) -> Place:
        """A place that is there and may be seen. Raises Refused, as Discord would."""
        found = self.places.get(number)
        above = self.places.get(found.parent) if found and found.parent else None
        if found is None or found.gone or (above is not None and above.gone):
            if found is not None:
                found.refusals.append(self._steady())
            raise no_channel()
        denied = found.denied | (above.denied if above else 0)
        if denied & (VIEW | needs):
            found.refusals.append(self._steady())
            if above is not None:
                above.refusals.append(self._steady())
            code = (50001, "Missing Access") if denied & VIEW else (50013, "Missing Permissions")
            raise Refused(403, *code)
        return found

    def readable(self, place: Place) -> bool:
        """Whether the bot may read what was written there; where not, that is noted."""
        above = self.places.get(place.parent) if place.parent else None
        if (place.denied | (above.denied if above else 0)) & HISTORY:
            place.unreadable += 1
            return False
        return True

    def post(self, place: Place, components: list[Any], nonce: str | None) -> Message:
        """Put a message there, or answer the one with this nonce. Raises Refused, as Discord would."""
        if place.type == DM and place.owner in self.closed_dms:
            raise Refused(403, 50007, "Cannot send messages to this user")
        known = self._nonces.get(nonce) if nonce else None
        if known is not None and self._steady() - known.put_at < NONCE_WINDOW:
            if known.taken_at is not None:
                raise Refused(404, 10008, "Unknown Message")
            return known
        number(components)
        row = row_of(components, nonce)
        shown = self.now()
        message = Message(self.snowflake(), place.number, row, components, nonce, self._steady(), shown, self.latest)
        place.messages.append(message)
        if nonce:
            self._nonces[nonce] = message
        return message

    def take_away(self, newest: int) -> None:
        """A moderator deletes the newest so many messages."""
        standing = sorted((one for one in self.everything() if self.stands(one)), key=lambda one: one.number)
        for message in standing[-newest:]:
            message.taken_at = self._steady()
            self.taken_away.append(message)

    def direct(self, member: int) -> Place:
        """The direct channel with a member."""
        if member not in self.dms:
            found = Place(self.snowflake(), DM, owner=member)
            self.dms[member] = found.number
            self.places[found.number] = found
        return self.places[self.dms[member]]

    def thread(self, parent: Place, name: str, kind: int) -> Place:
        """A new thread or forum post."""
        made = Place(self.snowflake(), kind, name, parent.number, owner=self.bot, members={self.bot})
        self.places[made.number] = made
        return made

    def forget_thread(self) -> None:
        """Leave a private thread that the bot made an hour ago and that nobody entered."""
        made = Place(self.snowflake() - (3_600_000 << 22), PRIVATE_THREAD, FORGOTTEN, self.general, self.bot)
        made.members = {self.bot}
        self.places[made.number] = made

    def threads(self) -> list[Place]:
        """All threads that are still there and may be seen."""
        found = [place for place in self.places.values() if place.type in THREADS and not place.gone]
        return [place for place in found if not self._hidden(place)]

    def _hidden(self, place: Place) -> bool:
        above = self.places[place.parent or 0]
        return above.gone or bool(above.denied & VIEW)

    def everything(self) -> Iterator[Message]:
        """Every message that ever stood anywhere, in the order of the places."""
        for place in self.places.values():
            yield from place.messages

    def stands(self, message: Message) -> bool:
        """Whether people can still read it: neither it nor its channel was deleted."""
        place = self.places[message.channel]
        above = self.places.get(place.parent) if place.parent else None
        return message.taken_at is None and not place.gone and not (above is not None and above.gone)


def number(components: list[Any]) -> None:
    """Number the components that have no number, as Discord does: from 1, leaving out those that are taken."""
    every = list(_all(components))
    taken = {part["id"] for part in every if part.get("id")}
    free = 1
    for part in every:
        if not part.get("id"):
            while free in taken:
                free += 1
            part["id"] = free
            taken.add(free)


def _all(components: list[Any]) -> Iterator[dict[str, Any]]:
    for part in components:
        yield part
        yield from _all(part.get("components", []))
        if part.get("accessory"):
            yield from _all([part["accessory"]])


def row_of(components: list[Any], nonce: str | None) -> int:
    """Which row a card is for: by what it says, or by its nonce where it is one of the engine's own notices."""
    for part in _all(components):
        said = _MARK.search(part.get("content", ""))
        if said:
            return int(said[1])
    return int(nonce.partition("-")[0]) if nonce else -1


def iso(moment: float | None = None) -> str:
    """A moment as Discord writes it."""
    return datetime.fromtimestamp(time.time() if moment is None else moment, UTC).isoformat()
