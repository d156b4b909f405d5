"""What has to change so that our events follow a calendar: by UID and RECURRENCE-ID, and with distrust of bad answers.

Nothing is taken away because an answer lacks it once: what is missing in two answers in a row has left the calendar,
and where much is missing at once, nothing is done before a person has looked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from cogs.events.ical.found import Found, Reading

CAPS = frozenset({50, 100, 200, 250, 300, 400, 500, 1_000, 1_500, 2_000})
"""Just so many events look like a limit of whoever wrote the calendar (LibCal stops at 500), not like all of them."""
_NEAR = timedelta(days=6)
_FEW = 3
"""So many may leave a calendar at once; where more do, and they are more than half, that is no ordinary day."""


@dataclass(frozen=True, slots=True)
class Held:
    """An event of ours that came from a calendar, and is not long over: what it was there, and what it is here.

    `seen` is the `fingerprint` of what the calendar said last; `missing` that the answer before lacked it. `cancelled`
    says that it is off here, `by_hand` that a person did that, which no calendar takes back.
    """

    event_id: int
    uid: str
    recurrence: str
    starts_at: datetime
    seen: str
    missing: bool = False
    cancelled: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """An event of ours, what the calendar says of it now, and whether it takes place at another time."""

    held: Held
    found: Found
    moved: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """All that has to be done. `missing` are those to be watched, `back` those that were missing and are there again.

    What is there but cannot be read is neither missing nor changed.
    `vanished` says how many are missing where that is too much to be believed; then nothing is in `missing` or `gone`.
    """

    new: tuple[Found, ...] = ()
    changed: tuple[Change, ...] = ()
    revived: tuple[Change, ...] = ()
    cancelled: tuple[Held, ...] = ()
    gone: tuple[Held, ...] = ()
    missing: tuple[Held, ...] = ()
    back: tuple[Held, ...] = ()
    same: int = 0
    vanished: int = 0


def fingerprint(found: Found) -> str:
    """What a calendar says of an occurrence, in 64 characters: equal as long as it says the same."""
    parts = (
        found.starts_at.isoformat(),
        found.ends_at.isoformat(),
        found.title,
        found.about,
        found.place,
        found.join,
        found.page,
        str(found.all_day),
        str(found.cancelled),
    )
    return sha256("\x1f".join(parts).encode(errors="replace")).hexdigest()


def steps(held: Sequence[Held], reading: Reading, now: datetime, *, believed: bool = False) -> Steps:
    """Compare what we have with what was read. `believed` says that a person has looked at what vanished."""
    ours = {(each.uid, each.recurrence): each for each in held}
    said = {(each.uid, each.recurrence): each for each in reading.found}
    found = {key: each for key, each in said.items() if each.starts_at > now or key in ours}
    pairs = [(ours[key], found[key]) for key in ours.keys() & found.keys()]
    pairs += _found_again(
        [each for key, each in ours.items() if key not in found],
        [each for key, each in found.items() if key not in ours],
    )

    def stands(each: Held) -> bool:
        return not each.cancelled and each.starts_at > now

    ours_met = {mine.event_id for mine, _ in pairs}
    theirs_met = {(theirs.uid, theirs.recurrence) for _, theirs in pairs}
    new = tuple(each for key, each in found.items() if key not in theirs_met and not each.cancelled)
    unmet = [each for each in ours.values() if each.event_id not in ours_met and stands(each)]
    unread = [each for each in unmet if _is_left_out(each, reading)]
    absent = _absent([each for each in unmet if each not in unread], reading)
    standing = sum(stands(each) for each in ours.values())
    vanished = len(absent) if _unbelievable(len(absent), standing, reading) and not believed else 0
    changes = [
        Change(mine, theirs, moved=mine.starts_at != theirs.starts_at) for mine, theirs in sorted(pairs, key=_order)
    ]
    differ = [change for change in changes if _differs(change)]
    return Steps(
        new=new,
        changed=tuple(change for change in differ if not change.held.cancelled and not change.found.cancelled),
        revived=tuple(change for change in differ if change.held.cancelled and not change.found.cancelled),
        cancelled=tuple(change.held for change in differ if change.found.cancelled),
        back=tuple(each for each in (*(change.held for change in changes), *unread) if each.missing),
        same=len(changes) - len(differ),
        gone=() if vanished else tuple(each for each in absent if each.missing or believed),
        missing=() if vanished else tuple(each for each in absent if not each.missing and not believed),
        vanished=vanished,
    )


def _order(pair: tuple[Held, Found]) -> tuple[datetime, int]:
    return pair[0].starts_at, pair[0].event_id


def _differs(change: Change) -> bool:
    """Whether there is something to do: what a person called off here stays off, and what is off twice is off."""
    held, found = change.held, change.found
    if held.cancelled and (held.by_hand or found.cancelled):
        return False
    key = (held.uid, held.recurrence) != (found.uid, found.recurrence)
    return key or held.seen != fingerprint(found) or held.cancelled != found.cancelled


def _absent(unmet: Iterable[Held], reading: Reading) -> list[Held]:
    """What should be there and is not: where the calendar may have been cut at a limit, only up to its last event."""
    if reading.events not in CAPS:
        return list(unmet)
    last = max((each.starts_at for each in reading.found), default=None)
    return [each for each in unmet if last is not None and each.starts_at <= last]


def _is_left_out(held: Held, reading: Reading) -> bool:
    """Whether the calendar has it in a form that cannot be read: it is there then, whatever it says."""
    return any(held.uid == each.uid or held.uid.startswith(f"{each.uid}#") for each in reading.left_out)


def _unbelievable(absent: int, standing: int, reading: Reading) -> bool:
    if absent and not reading.events:
        return True
    return absent > _FEW and absent * 2 > standing


def _found_again(unmet: Sequence[Held], unknown: Sequence[Found]) -> list[tuple[Held, Found]]:
    """Pairs of one UID whose key changed: a series that moved by days, or an event that became one."""
    by_uid: dict[str, list[Found]] = defaultdict(list)
    for each in unknown:
        by_uid[each.uid].append(each)
    pairs = []
    for mine in sorted(unmet, key=lambda each: each.starts_at):
        free = by_uid[mine.uid]
        if not free:
            continue
        nearest = min(free, key=lambda each: (abs(each.starts_at - mine.starts_at), each.starts_at))
        if abs(nearest.starts_at - mine.starts_at) <= _NEAR:
            pairs.append((mine, nearest))
            free.remove(nearest)
    return pairs
