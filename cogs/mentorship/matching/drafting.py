"""From a round to a draft: fixed pairs first, then the assignment, then groups, a circle, and why somebody waits."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from cogs.mentorship.matching import obstacles
from cogs.mentorship.matching.assignment import NOBODY, Assignment
from cogs.mentorship.matching.candidates import rows
from cogs.mentorship.matching.costs import Costs
from cogs.mentorship.matching.people import Known, Reading
from cogs.mentorship.matching.score import parts
from cogs.mentorship.matching.values import (
    FEWEST_FOR_PAIRS,
    MOST_ROOM,
    Draft,
    Exclusions,
    Fixed,
    Group,
    Mentee,
    Mentor,
    Pair,
    Round,
    Waiting,
)
from cogs.mentorship.matching.waiting import Reasons

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from cogs.mentorship.matching.candidates import Row


def draft(matching: Round) -> Draft:
    """What to propose: the most people placed, then the fairest worst pair, then the highest total.

    Of two equally good drafts the one is taken that leaves fewer waiting who had been left before. Seats in groups are
    taken only where somebody would wait otherwise. Takes milliseconds for a hundred people, seconds for thousands.
    """
    return _Drafting(matching).draft()


def pair(matching: Round, mentor_id: int, mentee_id: int) -> Pair | None:
    """The two as a pair, however well they fit, for organizers who put them together.

    None where one of them is not in the round, or something confidential stands between them; which, is not told.
    """
    drafting = _Drafting(matching)
    mentor, mentee = drafting.mentors.get(mentor_id), drafting.mentees.get(mentee_id)
    if mentor is None or mentee is None or not drafting.may_be_fixed(mentor_id, mentee_id):
        return None
    return drafting.pair(mentor_id, mentee_id)


def candidates(matching: Round, mentee_id: int, *, besides: Collection[int] = ()) -> tuple[Pair, ...]:
    """The pairs of this mentee with each mentor who has room and goes together with them, the best first.

    `besides` are mentors who have been asked already. Equals come by number.
    """
    drafting = _Drafting(matching)
    known = drafting.known_mentees.get(mentee_id)
    if known is None:
        return ()
    open_to = [
        drafting.known_mentors[number]
        for number, mentor in drafting.mentors.items()
        if mentor.room > 0 and number not in besides
    ]
    (row,) = rows(open_to, [known], matching.exclusions)
    return tuple(drafting.pair(open_to[place].user_id, mentee_id) for place in row.mentors)


class _Drafting:
    """One round, with its people made ready and in the order of their numbers."""

    def __init__(self, matching: Round) -> None:
        reading = Reading(matching.lexicon, matching.at)
        self._round = matching
        self.mentors: dict[int, Mentor] = {who.user_id: who for who in sorted(matching.mentors, key=_number)}
        self.mentees: dict[int, Mentee] = {who.user_id: who for who in sorted(matching.mentees, key=_number)}
        self.known_mentors: dict[int, Known] = _ready(self.mentors.values(), reading)
        self.known_mentees: dict[int, Known] = _ready(self.mentees.values(), reading)

    def draft(self) -> Draft:
        """All of it."""
        fixed, dropped = self._fixed()
        pairs = sorted(self._placed(fixed), key=lambda made: made.mentee)
        placed = {made.mentee for made in pairs}
        left = [number for number in self.mentees if number not in {made.mentee for made in fixed}]
        reasons = Reasons(self._round, list(self.known_mentors.values()), pairs)
        return Draft(
            pairs=tuple(pairs),
            waiting=tuple(
                Waiting(number, reasons.of(self.known_mentees[number])) for number in left if number not in placed
            ),
            groups=tuple(self._groups(pairs)),
            circle=self._circle(),
            dropped=tuple(dropped),
        )

    def pair(self, mentor: int, mentee: int, *, fixed: bool = False) -> Pair:
        """The two as a pair, with the parts of their score."""
        one, other = self.known_mentors[mentor], self.known_mentees[mentee]
        return Pair(mentor, mentee, parts(one, other, self._round.lexicon), fixed)

    def may_be_fixed(self, mentor: int, mentee: int) -> bool:
        """Whether organizers may put the two together: both are here, and nothing confidential is between them."""
        one, other = self.known_mentors.get(mentor), self.known_mentees.get(mentee)
        if one is None or other is None or mentor == mentee:
            return False
        return not obstacles.confidential(one, other, self._round.exclusions)

    def _fixed(self) -> tuple[list[Pair], list[Fixed]]:
        """The fixed pairs that can stay, and those that cannot."""
        room = {number: _most(mentor) for number, mentor in self.mentors.items()}
        pairs: dict[int, Pair] = {}
        dropped = []
        for wish in dict.fromkeys(self._round.fixed):
            stays = wish.mentee not in pairs and room.get(wish.mentor, 0) > 0
            if stays and self.may_be_fixed(wish.mentor, wish.mentee) and not self._would_clash(wish, pairs):
                room[wish.mentor] -= 1
                pairs[wish.mentee] = self.pair(wish.mentor, wish.mentee, fixed=True)
            else:
                dropped.append(wish)
        return list(pairs.values()), dropped

    def _would_clash(self, wish: Fixed, pairs: Mapping[int, Pair]) -> bool:
        """Whether a fixed pair would make a group of people who are not to be together."""
        held = [made.mentee for made in pairs.values() if made.mentor == wish.mentor]
        return len(held) >= self.mentors[wish.mentor].room and bool(self._clashes([*held, wish.mentee]))

    def _placed(self, fixed: Sequence[Pair]) -> list[Pair]:
        """These pairs, and the best for all others, so that nobody is in a group with somebody they exclude.

        Where the assignment brings two such together, one of them is barred from that mentor, and it is made anew. What
        that frees is given away in the end.
        """
        placed = list(fixed)
        while True:
            barred: set[tuple[int, int]] = set()
            pairs = [*placed, *self._assigned(placed, barred)]
            while found := self._to_bar(pairs, placed):
                barred |= found
                pairs = [*placed, *self._assigned(placed, barred)]
            if not barred or len(pairs) == len(placed):
                return pairs
            placed = pairs

    def _to_bar(self, pairs: Sequence[Pair], placed: Sequence[Pair]) -> set[tuple[int, int]]:
        """For each group with people who are not to be together: its mentor, and whom to place elsewhere."""
        stay = {made.mentee for made in placed}
        found = set()
        for group in self._groups(pairs):
            clashes = self._clashes(group.mentees)
            if clashes:
                free = [made for made in pairs if made.mentor == group.mentor and made.mentee not in stay]
                out = max(free, key=lambda made: (clashes[made.mentee], -made.score, made.mentee))
                found.add((out.mentor, out.mentee))
        return found

    def _clashes(self, mentees: Sequence[int]) -> Counter[int]:
        """With how many of the others each of these is not to be together."""
        couples = [couple for couple in combinations(mentees, 2) if couple in self._round.exclusions]
        return Counter(number for couple in couples for number in couple)

    def _assigned(self, fixed: Sequence[Pair], barred: Collection[tuple[int, int]]) -> list[Pair]:
        """The best pairs for all who are not in a fixed one; none of the `barred`, who are mentor and mentee each."""
        taken = {made.mentee for made in fixed}
        left = [number for number in self.mentees if number not in taken]
        mentors = list(self.known_mentors.values())
        known = [self.known_mentees[number] for number in left]
        held = Counter(made.mentor for made in fixed)
        seats, extra = [], []
        for number, mentor in self.mentors.items():
            left_over = _most(mentor) - held[number]
            seats.append(max(0, min(mentor.room - held[number], left_over)))
            extra.append(left_over - seats[-1])
        found = rows(mentors, known, Exclusions.of([*self._round.exclusions, *barred]))
        waited = [self.mentees[number].waited for number in left]
        places = assign(found, seats, extra, waited)
        return [
            self.pair(mentors[place].user_id, number)
            for place, number in zip(places, left, strict=True)
            if place != NOBODY
        ]

    def _groups(self, pairs: Iterable[Pair]) -> Iterable[Group]:
        """Mentors with more than they take in pairs have a group of all of them."""
        held: dict[int, list[int]] = {}
        for made in pairs:
            held.setdefault(made.mentor, []).append(made.mentee)
        for number in sorted(held):
            if len(held[number]) > self.mentors[number].room:
                yield Group(number, tuple(sorted(held[number])))

    def _circle(self) -> tuple[int, ...]:
        people = sorted({*self.mentors, *self.mentees})
        return tuple(people) if len(people) < FEWEST_FOR_PAIRS else ()


def assign(
    found: Sequence[Row], room: Sequence[int], extra: Sequence[int], waited: Sequence[int], *, fair: bool = True
) -> list[int]:
    """The mentor's place for each row, or NOBODY; without `fair`, the highest total among the most placed."""
    scores = {score for row in found for score in row.points}
    return Assignment(found, room, extra, Costs.of(scores, waited, fair=fair)).solve()


def _ready(people: Iterable[Mentor | Mentee], reading: Reading) -> dict[int, Known]:
    return {who.user_id: reading.read(who.user_id, who.wishes) for who in people}


def _most(mentor: Mentor) -> int:
    """The most mentees somebody takes now, 0 to 5, in a group if it must be."""
    return MOST_ROOM if mentor.group and mentor.room > 0 else max(0, min(mentor.room, MOST_ROOM))


def _number(who: Mentor | Mentee) -> int:
    return who.user_id
