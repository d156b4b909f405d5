"""What goes into a matching, and what comes out: plain frozen values, which know neither Discord nor a database.

People are told apart by a whole number (their user id). Whoever is both mentor and mentee stands in both lists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

MOST_ROOM = 5
"""The most mentees one mentor may have at a time, in pairs or in a group."""
STRONG_FROM, GOOD_FROM = 70, 50
"""Points of 100 from which on a pair is called strong, or good; below it is possible."""
STAGES = ("student", "starting", "settled", "veteran")
"""How far somebody has come in the work, the least first."""
WRITING = "chat"
"""The way of meeting that needs no hour in common: two who both like it may live anywhere."""
FEWEST_FOR_PAIRS = 6
"""People in a round from which on pairs are made; of fewer, a circle is offered."""


@dataclass(frozen=True, slots=True)
class Term:
    """A tool of the vocabulary, or a topic: as people read it, and the slugs of its broader terms, nearest first."""

    slug: str
    label: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a round: its terms by slug, and what settings, ways of meeting and languages are called."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, slug: str) -> str:
        """What people read for a slug; the slug itself where it is not known."""
        term = self.terms.get(slug)
        return term.label if term else self.labels.get(slug, slug)

    def inline(self, slug: str) -> str:
        """The same within a sentence: laser cutter, but CNC machine."""
        label = self.label(slug)
        return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody said when they joined; an empty text or tuple is nothing said.

    `subjects` are slugs of tools and topics: what a mentor can teach, what a mentee wants to learn. `zone` is an IANA
    name. `setting`, `stage` (one of STAGES), `ways` of meeting (WRITING is one) and `languages` are slugs. `employer`
    is the name of the library. `same_setting` and `same_employer` are what they wish: only the same kind of library,
    and even somebody of their own.
    """

    subjects: tuple[str, ...]
    goal: str = ""
    zone: str = ""
    setting: str = ""
    small_or_rural: bool = False
    stage: str = ""
    ways: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    employer: str = ""
    same_setting: bool = False
    same_employer: bool = False


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who offers. `room` is how many mentees they can take now, 0 to 5; with none they still count as known.

    `group` is whether they would take a group of up to five together, should somebody wait otherwise; only for somebody
    who has no mentee yet.
    """

    user_id: int
    wishes: Wishes
    room: int = 1
    group: bool = False


@dataclass(frozen=True, slots=True)
class Mentee:
    """Somebody who wants to learn. `waited` is how many earlier rounds left them waiting, 0 or more."""

    user_id: int
    wishes: Wishes
    waited: int = 0


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Who is not to be paired with whom, whichever of the two wished it.

    What members said in confidence, whom organizers keep apart, and pairs that ended or declined each other stand here
    side by side: which it was, nobody can see from a draft.
    """

    couples: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def of(cls, couples: Iterable[tuple[int, int]]) -> Exclusions:
        """From couples in any order."""
        return cls(frozenset((min(couple), max(couple)) for couple in couples))

    def __contains__(self, couple: tuple[int, int]) -> bool:
        return (min(couple), max(couple)) in self.couples

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(sorted(self.couples))


@dataclass(frozen=True, slots=True)
class Fixed:
    """A pair that stays as it is: locked in a draft, or made by hand, whatever its score; it takes one of the room."""

    mentor: int
    mentee: int


@dataclass(frozen=True, slots=True)
class Round:
    """All that a matching looks at. `at` (aware) is the moment for which time zones are compared."""

    mentors: tuple[Mentor, ...]
    mentees: tuple[Mentee, ...]
    lexicon: Lexicon
    at: datetime
    exclusions: Exclusions = Exclusions()
    fixed: tuple[Fixed, ...] = ()


class Strength(Enum):
    """How well two fit, as people read it."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its name, its points (0 to `most`), and the sentence that says why, empty for none."""

    name: str
    points: int
    most: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor and a mentee (their numbers), how well they fit, and why; `fixed` if organizers locked or made it."""

    mentor: int
    mentee: int
    parts: tuple[Part, ...]
    fixed: bool = False

    @property
    def score(self) -> int:
        """The points of all parts together, 0 to 100."""
        return sum(part.points for part in self.parts)

    @property
    def strength(self) -> Strength:
        """The score in a word."""
        if self.score >= STRONG_FROM:
            return Strength.STRONG
        return Strength.GOOD if self.score >= GOOD_FROM else Strength.POSSIBLE

    @property
    def reasons(self) -> tuple[str, ...]:
        """The sentences of the parts, in the order of the table of weights."""
        return tuple(part.reason for part in self.parts if part.reason)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mentee for whom this draft has nobody, and why, in one sentence that organizers may read."""

    mentee: int
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """A mentor who takes several mentees together, two to five; each is also a pair of the draft."""

    mentor: int
    mentees: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a matching proposes: pairs by mentee's number, who waits by number, groups, and whom a circle would hold.

    `circle` has everybody of a round with fewer than six people, and is empty otherwise; the pairs are there beside it.
    `dropped` are fixed pairs that cannot stay: somebody has left, has no room, or the two do not go together.
    """

    pairs: tuple[Pair, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    groups: tuple[Group, ...] = ()
    circle: tuple[int, ...] = ()
    dropped: tuple[Fixed, ...] = ()
