"""The count afterwards: each promise is kept just once, or there is a reason for it, and the reason is true."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from db.delivery import DROPPED, LAPSED, PARKED, SENT, Delivery, Way
from tests.torture.plan import AT_MOST_LATE, KIND, NEEDLESS
from tests.torture.scale import NONCE_WINDOW
from tests.torture.scene import DM, FORUM_POST, PRIVATE_THREAD, Message, Place, Scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass
class Count:
    """What was found. `wrong` says in words what is neither there once nor explained."""

    rows: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    unexplained: int = 0
    reposted: int = 0
    taken_away: int = 0
    threads_left: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        """Count another episode in."""
        self.rows.update(other.rows)
        self.lost += other.lost
        self.doubled += other.doubled
        self.unexplained += other.unexplained
        self.reposted += other.reposted
        self.taken_away += other.taken_away
        self.threads_left += other.threads_left
        self.wrong += other.wrong


class Oracle:
    """Compares what the database says with what stands, or stood, at the stand-in."""

    def __init__(self, scene: Scene, name: str, moved: Mapping[int, float]) -> None:
        self._scene = scene
        self._name = name
        self._moved = moved
        self._by_row: dict[int, list[Message]] = {}
        for message in scene.everything():
            self._by_row.setdefault(message.row, []).append(message)
        self.count = Count()

    def judge(self, deliveries: Iterable[Delivery]) -> Count:
        """Count all rows, and what belongs to none."""
        known = set()
        for delivery in deliveries:
            known.add(delivery.delivery_id)
            self._judge(delivery, self._by_row.get(delivery.delivery_id, []))
        for row in self._by_row.keys() - known:
            self._wrong("unexplained", f"a message for row {row}, which is not in the database")
        self.count.taken_away = len(self._scene.taken_away)
        self._judge_threads()
        return self.count

    def _judge(self, row: Delivery, all_sent: list[Message]) -> None:
        self.count.rows[row.state] += 1
        standing = [message for message in all_sent if self._scene.stands(message)]
        what = f"row {row.delivery_id} ({row.way}, {row.state} {row.reason}, {row.attempts} tries)"
        if len(standing) > 1:
            places = [f"{self._where(message)} {message.put_at - standing[0].put_at:+.2f}s" for message in standing]
            self._wrong("doubled", f"{what} stands {len(standing)} times: {', '.join(places)}")
        elif len(all_sent) > 1:
            self._judge_again(all_sent, what)
        for message in all_sent:
            self._judge_place(row, message, what)
        if row.state in (SENT, PARKED, LAPSED, DROPPED):
            self._judge_settled(row, all_sent, standing, what)
        else:
            self._wrong("lost", f"{what} was never settled")

    def _judge_settled(self, row: Delivery, all_sent: list[Message], standing: list[Message], what: str) -> None:
        if row.state == SENT:
            self._judge_sent(row, all_sent, what)
        elif row.state == PARKED and not self._parked_truly(row):
            self._wrong("unexplained", f"{what} is parked without cause")
        elif row.state == LAPSED and (row.lapses_at is None or self._scene.latest < row.lapses_at.timestamp()):
            self._wrong("unexplained", f"{what} lapsed before its time")
        elif row.state == LAPSED and standing:
            self._wrong("unexplained", f"{what} is said to have lapsed, but stands there")
        elif row.state == DROPPED and (standing or row.reason != "not-needed" or not _needless(row)):
            self._wrong(
                "unexplained", f"{what}: nobody gave it up"
            )  # a notice may find that nothing is parked any more

    def _judge_sent(self, row: Delivery, all_sent: list[Message], what: str) -> None:
        if not all_sent:
            if row.kind == KIND or row.way is not Way.NOTE:
                self._wrong("lost", f"{what} never stood anywhere")
        elif row.message_id is not None and row.message_id not in {message.number for message in all_sent}:
            self._wrong("unexplained", f"{what} is said to be message {row.message_id}, which is another's")

    def _judge_again(self, all_sent: list[Message], what: str) -> None:
        """It was posted more than once and at most one stands: only because the earlier ones were deleted before."""
        in_order = sorted(all_sent, key=lambda message: message.put_at)
        for earlier, later in pairwise(in_order):
            gone = self._gone_at(earlier)
            if gone is None or gone > later.put_at:
                self._wrong("doubled", f"{what} was posted again while it stood")
            elif earlier.nonce and later.put_at - earlier.put_at < NONCE_WINDOW and earlier.channel == later.channel:
                self._wrong("unexplained", f"{what} was posted again within the nonce window")
            else:
                self.count.reposted += 1

    def _gone_at(self, message: Message) -> float | None:
        if message.taken_at is not None:
            return message.taken_at
        return 0.0 if not self._scene.stands(message) else None

    def _judge_place(self, row: Delivery, message: Message, what: str) -> None:
        place = self._scene.places[message.channel]
        expected = {
            DM: row.target_id == place.owner,
            FORUM_POST: row.target_id == place.parent,
            PRIVATE_THREAD: place.members <= {self._scene.bot, row.target_id},
        }.get(place.type, place.number == row.target_id or place.gone)
        if not expected:
            self._wrong("unexplained", f"{what} stands in the wrong place: {self._where(message)}")
        if message.put_at < self._moved.get(row.delivery_id, 0.0) + AT_MOST_LATE:
            return  # it was there, or on its way, when the promise was moved to a later time
        if row.kind == KIND and row.due_at.timestamp() > message.latest + 1:
            self._wrong("unexplained", f"{what} was sent {row.due_at.timestamp() - message.latest:.1f} s early")

    def _parked_truly(self, row: Delivery) -> bool:
        place = self._scene.places.get(row.target_id)
        above = self._scene.places.get(row.place_id or 0)
        match row.reason:
            case "channel-gone":
                return place is not None and place.gone and len(place.refusals) > 1
            case "channel-closed":
                return place is not None and len(place.refusals) > 1
            case "no-history":
                unreadable = sum(one.unreadable for one in self._all_of(place, above, row))
                return unreadable > 0
            case "next-time":
                return row.way is Way.NOTE and (above is None or above.gone or bool(above.refusals))
            case "no-place":
                return above is None or above.gone
            case _:
                return False

    def _all_of(self, place: Place | None, above: Place | None, row: Delivery) -> list[Place]:
        own = [one for one in self._scene.places.values() if row.target_id in one.members]
        return [one for one in (place, above, *own) if one is not None]

    def _judge_threads(self) -> None:
        """A member's private thread is theirs alone; and each has one, but for those nobody ever entered."""
        owned: Counter[int] = Counter()
        for place in self._scene.places.values():
            if place.type != PRIVATE_THREAD:
                continue
            others = place.members - {self._scene.bot}
            owned.update(others)
            self.count.threads_left += not others
            if len(others) > 1:
                self._wrong("unexplained", f"private thread {place.number} has {len(others)} members")

    def _where(self, message: Message) -> str:
        place = self._scene.places[message.channel]
        kind = {DM: "DM", FORUM_POST: "forum post", PRIVATE_THREAD: "private thread"}.get(place.type, "channel")
        return f"{kind} {place.number % 1000 if place.number < 1 << 40 else place.number}"

    def _wrong(self, what: str, words: str) -> None:
        setattr(self.count, what, getattr(self.count, what) + 1)
        self.count.wrong.append(f"{what}: {self._name}: {words}")


def _needless(row: Delivery) -> bool:
    """Whether there was nothing to draw; a notice of the engine may find that nothing is parked any more."""
    return row.kind != KIND or row.subject.startswith(NEEDLESS)
