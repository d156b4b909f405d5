"""What the bot said in the months: every message for others than who pressed, with its kind and whom it notifies."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord
from sqlalchemy import select

from db.delivery import Way
from db.delivery.table import delivery_of, delivery_table
from tests.house.sorts import SORTS, Sort
from tests.kit.world import buttons, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.delivery import Delivery
    from tests.house.building import House
    from tests.house.life import Deed

AT_ONCE = timedelta(minutes=16)
"""What is there so soon after somebody pressed is what they pressed for."""
_PLACES = {
    discord.ChannelType.private.value: "direct message",
    discord.ChannelType.private_thread.value: "private thread",
    discord.ChannelType.public_thread.value: "thread",
}


@dataclass(frozen=True)
class Message:
    """A message as it came: when, of which kind, where, to whom, and whom it notified."""

    at: datetime
    kind: str
    subject: str
    channel: int
    place: str
    person: int
    pings: tuple[int, ...]
    roles: int
    prompted: bool
    says: str
    labels: tuple[str, ...]

    @property
    def sort(self) -> Sort:
        return SORTS[self.kind]

    @property
    def asked(self) -> int:
        """Who is asked by it; 0 where nobody is."""
        if self.sort is not Sort.ASKS:
            return 0
        return self.person or next(iter(self.pings), 0)

    @property
    def disturbs(self) -> tuple[int, ...]:
        """Whose phone rings."""
        return (self.person,) if self.place == "direct message" else self.pings

    @property
    def reaches(self) -> tuple[int, ...]:
        """Whom it goes to by name."""
        return (self.person,) if self.person else self.pings


async def all_messages(house: House, deeds: Iterable[Deed]) -> list[Message]:
    """Every message of the bot that all or one can read, in order, but for answers that only who pressed sees."""
    backend = house.env.backend
    async with house.world.database.read() as connection:
        rows = [delivery_of(row) for row in await connection.execute(select(delivery_table))]
    by_message = {row.message_id: row for row in rows if row.message_id is not None}
    pressed = sorted((deed.at, deed.until, deed.who) for deed in deeds)
    found = []
    for channel_id, messages in backend.messages.items():
        for message in messages.values():
            if message.author_id != backend.bot_user.id or message.is_ephemeral or not message.components:
                continue
            row = by_message.get(message.id)
            if row is None:
                continue
            kind = int(backend.get_channel(channel_id).type)
            place = _PLACES.get(kind, f"#{backend.get_channel(channel_id).name}")
            to_one = row.way in (Way.DM, Way.PRIVATE)
            found.append(
                Message(
                    datetime.fromisoformat(message.timestamp),
                    row.kind,
                    row.subject,
                    channel_id,
                    place,
                    row.target_id if to_one else 0,
                    tuple(message.ping_user_ids),
                    len(message.ping_role_ids),
                    _is_prompted(row, pressed, house),
                    words(message),
                    tuple(buttons(message)),
                )
            )
    return sorted(found, key=lambda one: one.at)


def _is_prompted(row: Delivery, pressed: list[tuple[datetime, datetime, int]], house: House) -> bool:
    """Whether somebody pressed for it just before: in a channel for all, or for themselves."""
    if row.settled_at is None or row.settled_at - row.due_at > AT_ONCE or row.due_at - row.created_at > AT_ONCE:
        return False
    if row.target_id == house.desk or SORTS[row.kind] is Sort.ASKS or row.kind == "greeting":
        return False
    begun = [who for at, until, who in pressed if at <= row.created_at <= until]
    return bool(begun) and (row.way in (Way.CHANNEL, Way.FORUM) or row.target_id in begun)


class Account:
    """Counted: by kind, by channel and day, by person and week."""

    def __init__(self, messages: list[Message], begin: datetime, days: int, members: int) -> None:
        self.messages = messages
        self.unprompted = [one for one in messages if not one.prompted]
        self.begin, self.days, self.members = begin, days, members

    def per_channel_and_day(self) -> dict[str, Counter[int]]:
        """How many unprompted messages each channel got on each day; threads and direct messages are not counted."""
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for one in self.unprompted:
            if one.place.startswith("#"):
                found[one.place][(one.at - self.begin).days] += 1
        return found

    def per_person_and_week(self) -> Counter[tuple[int, int]]:
        """How often each person's phone rang, in each week of the calendar."""
        return Counter((who, (one.at - self.begin).days // 7) for one in self.unprompted for who in one.disturbs)

    def per_person_and_day(self) -> Counter[tuple[int, int]]:
        return Counter((who, (one.at - self.begin).days) for one in self.unprompted for who in one.disturbs)

    def asked(self) -> dict[int, list[Message]]:
        """For each person what they were asked, in order."""
        found: dict[int, list[Message]] = defaultdict(list)
        for one in self.messages:
            if one.asked:
                found[one.asked].append(one)
        return found

    def table(self) -> str:
        """The count, as it is printed."""
        lines = [
            (
                f"{self.members} members, {self.days} days: {len(self.messages)} messages in all, "
                f"{len(self.unprompted)} of them unprompted."
            ),
            "",
            (
                f"{'kind':<22} {'sort':<13} {'all':>5} {'unprompted':>10} {'notify somebody':>15} "
                f"{'most to one in a week':>21}"
            ),
        ]
        for kind, many in sorted(Counter(one.kind for one in self.messages).items()):
            of_kind = [one for one in self.unprompted if one.kind == kind]
            ringing = sum(bool(one.disturbs or one.roles) for one in of_kind)
            weeks = Counter((who, (one.at - self.begin).days // 7) for one in of_kind for who in one.reaches)
            most = max(weeks.values(), default=0) or "-"
            lines.append(f"{kind:<22} {SORTS[kind].value:<13} {many:>5} {len(of_kind):>10} {ringing:>15} {most:>21}")
        lines += ["", f"{'channel':<22} {'unprompted':>10} {'a week':>7} {'most on a day':>14} {'days without':>13}"]
        for place, by_day in sorted(self.per_channel_and_day().items()):
            many = sum(by_day.values())
            lines.append(
                f"{place[:22]:<22} {many:>10} {many * 7 / self.days:>7.1f} {max(by_day.values()):>14} "
                f"{self.days - len(by_day):>13}"
            )
        for place, many in sorted(Counter(one.place for one in self.unprompted if one.place[0] != "#").items()):
            lines.append(f"{place + 's':<22} {many:>10} {many * 7 / self.days:>7.1f}")
        lines += ["", *self._of_people()]
        return "\n".join(lines)

    def _of_people(self) -> list[str]:
        weeks, by_day, asked = self.per_person_and_week(), self.per_person_and_day(), self.asked()
        reached = {who for who, _ in weeks}
        gaps = [
            (after.at - before.at).total_seconds() / 86_400
            for all_ in asked.values()
            for before, after in itertools.pairwise(all_)
        ]
        return [
            f"People who were ever notified: {len(reached)}, of {self.members} and those who came new.",
            (
                f"Most notifications of one person: {max(by_day.values(), default=0)} on a day, "
                f"{max(weeks.values(), default=0)} in a week; on average "
                f"{sum(weeks.values()) / max(1, self.members) / self.days * 7:.2f} a week and member."
            ),
            f"People who were asked something: {len(asked)}, {sum(map(len, asked.values()))} times; shortest time "
            f"between two: {min(gaps):.2f} days."
            if gaps
            else f"People who were asked something: {len(asked)}, nobody twice.",
        ]
