"""The people of a round, made ready to be compared many times: sets, folded words, offsets from UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.kit.vocabulary.words import fold, phrase
from cogs.mentorship.matching.values import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cogs.mentorship.matching.values import Lexicon, Wishes

EXACT, NARROWER, BROADER = 4, 3, 2
"""Quarters of what is wanted that an offer covers: the very thing, one narrower than it, or only the broader one."""
SHORTEST_WORD = 3
EMPTY_WORDS = frozenset(
    fold_word
    for line in (
        "the and for with from that this these those into about over under what when where which who how why not",
        "all any some more most many much very just also can could should would will may might want wants need needs",
        "like likes love hope wish get getting got make making made have has had are was were been being you your our",
        "their them they his her its one two first new good better best really able learn learning teach teaching help",
        "helping know knowing understand start starting begin run running work working use using try trying give take",
        "mentor mentee mentoring someone somebody people person thing things way ways time year years other others but",
        "each library libraries librarian librarians makerspace makerspaces maker makers space spaces",
    )
    for fold_word in fold(line)
)
"""Words of a goal that say nothing about it among people who run a makerspace in a library, folded."""


@dataclass(frozen=True, slots=True)
class Known:
    """One person, ready to be compared. `offset` is minutes east of UTC at the round's moment, None if unknown.

    `reach` tells how well what they offer covers a slug, in quarters; `stage` is a place in STAGES, or None.
    """

    user_id: int
    wishes: Wishes
    reach: Mapping[str, int]
    words: frozenset[str]
    offset: int | None
    stage: int | None
    ways: frozenset[str]
    languages: frozenset[str]
    employer: str


class Reading:
    """Makes people of one round ready; what is the same for many is worked out once."""

    def __init__(self, lexicon: Lexicon, at: datetime) -> None:
        self._lexicon = lexicon
        self._at = at
        self._offsets: dict[str, int | None] = {"": None}
        self._narrower: dict[str, list[str]] = {}
        for slug, term in lexicon.terms.items():
            for above in term.broader:
                self._narrower.setdefault(above, []).append(slug)

    def read(self, user_id: int, wishes: Wishes) -> Known:
        """This person; what they wrote is folded as the vocabulary folds it."""
        return Known(
            user_id=user_id,
            wishes=wishes,
            reach=self._reach(wishes.subjects),
            words=frozenset(
                word for word in fold(wishes.goal) if len(word) >= SHORTEST_WORD and word not in EMPTY_WORDS
            ),
            offset=self._offset(wishes.zone),
            stage=STAGES.index(wishes.stage) if wishes.stage in STAGES else None,
            ways=frozenset(wishes.ways),
            languages=frozenset(wishes.languages),
            employer=phrase(wishes.employer),
        )

    def _reach(self, offered: tuple[str, ...]) -> dict[str, int]:
        reach: dict[str, int] = {}
        for slug in offered:
            for narrower in self._narrower.get(slug, ()):
                reach[narrower] = max(reach.get(narrower, 0), BROADER)
            term = self._lexicon.terms.get(slug)
            for above in term.broader if term else ():
                reach[above] = max(reach.get(above, 0), NARROWER)
        return reach | dict.fromkeys(offered, EXACT)

    def _offset(self, zone: str) -> int | None:
        if zone not in self._offsets:
            self._offsets[zone] = _minutes_east(zone, self._at)
        return self._offsets[zone]


def _minutes_east(zone: str, at: datetime) -> int | None:
    """Minutes east of UTC at this moment; None for a zone that is not known."""
    try:
        east = at.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return None if east is None else east // timedelta(minutes=1)
