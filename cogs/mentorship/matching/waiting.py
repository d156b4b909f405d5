"""Why somebody waits, in one sentence for organizers.

The sentence is made from what everybody may know: what people offer and want, their languages, their time of day, their
kind of place, and how many places are taken. Where that does not explain it, one sentence says that wishes do not go
together; it is the same one for a library in common, for an earlier pair that ended, and for somebody who would rather
not: nobody can tell from it which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.words import listed
from cogs.mentorship.matching.obstacles import SAID, Obstacle, of_facts
from cogs.mentorship.matching.values import MOST_ROOM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cogs.mentorship.matching.people import Known
    from cogs.mentorship.matching.values import Pair, Round

MOST_NAMED = 3
"""Subjects in one sentence."""
NOTHING_WANTED = "They have not said yet what they want to learn."
WISHES = "What they wish for and what mentors with room wish for does not go together this time."


class Reasons:
    """The reasons of one draft."""

    def __init__(self, matching: Round, mentors: Sequence[Known], pairs: Iterable[Pair]) -> None:
        self._lexicon = matching.lexicon
        self._mentors = mentors
        left = {
            mentor.user_id: MOST_ROOM if mentor.group and mentor.room else mentor.room for mentor in matching.mentors
        }
        for made in pairs:
            left[made.mentor] -= 1
        self._has_room = {number for number, room in left.items() if room > 0}

    def of(self, mentee: Known) -> str:
        """Why this mentee waits."""
        if not mentee.wishes.subjects:
            return NOTHING_WANTED
        knowing = [
            mentor
            for mentor in self._mentors
            if mentor.user_id != mentee.user_id and any(slug in mentor.reach for slug in mentee.wishes.subjects)
        ]
        wanted = self._wanted(mentee)
        if not knowing:
            return f"No mentor knows {wanted}."
        for obstacle in SAID:
            if all(obstacle in of_facts(mentor, mentee) for mentor in knowing):
                return self._nobody(obstacle, mentee, wanted)
        fitting = [mentor for mentor in knowing if next(of_facts(mentor, mentee), None) is None]
        if not fitting or any(mentor.user_id in self._has_room for mentor in fitting):
            return WISHES
        return self._full(mentee, knowing, wanted)

    def _full(self, mentee: Known, knowing: Sequence[Known], wanted: str) -> str:
        """Everybody who fits is full; others who know it may have room, and then it is said what they lack."""
        free = [mentor for mentor in knowing if mentor.user_id in self._has_room]
        lacking = [obstacle for obstacle in SAID if any(obstacle in of_facts(mentor, mentee) for mentor in free)]
        who = {
            Obstacle.LANGUAGE: "a language in common",
            Obstacle.ZONE: "a matching time zone",
            Obstacle.SETTING: "the same kind of place",
        }
        if not lacking:
            return f"All mentors who know {wanted} are full."
        return f"All who know {wanted}, with {listed([who[obstacle] for obstacle in lacking])}, are full."

    def _nobody(self, obstacle: Obstacle, mentee: Known, wanted: str) -> str:
        if obstacle is Obstacle.LANGUAGE:
            spoken = listed([self._lexicon.label(language) for language in mentee.wishes.languages], "or")
            return f"No mentor who knows {wanted} speaks {spoken}."
        if obstacle is Obstacle.ZONE:
            return f"No mentor who knows {wanted} has enough of the day in common with them."
        return f"No mentor who knows {wanted} works in the same kind of place, which one side asked for."

    def _wanted(self, mentee: Known) -> str:
        labels = [self._lexicon.inline(slug) for slug in mentee.wishes.subjects]
        if len(labels) > MOST_NAMED:
            labels = [*labels[: MOST_NAMED - 1], f"{len(labels) - MOST_NAMED + 1} more subjects"]
        return ", or ".join(labels)
