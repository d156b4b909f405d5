"""What is different between two drafts of the same round, for organizers who have run it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogs.mentorship.matching.values import Draft, Pair


@dataclass(frozen=True, slots=True)
class Changes:
    """From one draft to the next, each by the mentee's number.

    `moved` has who is with another mentor now (the pair before, and after); `placed` has who was not in a pair before;
    `unplaced` the pairs of those who are in none now, whether they wait or have left.
    """

    moved: tuple[tuple[Pair, Pair], ...] = ()
    placed: tuple[Pair, ...] = ()
    unplaced: tuple[Pair, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.moved or self.placed or self.unplaced)


def changes(before: Draft, after: Draft) -> Changes:
    """What changed; nothing where everybody is with whom they were with, whatever the reasons say."""
    old = {made.mentee: made for made in before.pairs}
    new = {made.mentee: made for made in after.pairs}
    return Changes(
        moved=tuple(
            (old[number], made) for number, made in new.items() if number in old and old[number].mentor != made.mentor
        ),
        placed=tuple(made for number, made in new.items() if number not in old),
        unplaced=tuple(made for number, made in old.items() if number not in new),
    )
