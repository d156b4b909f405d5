"""What keeps two people from being paired, and which of it may be said.

What may be said is what both have told for all to read. Whom somebody would rather not be paired with, earlier pairs
that ended, and where people work stay between the bot and them: those three are one obstacle, without a name.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from cogs.mentorship.matching.score import common_minutes
from cogs.mentorship.matching.values import WRITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogs.mentorship.matching.people import Known
    from cogs.mentorship.matching.values import Exclusions

FEWEST_COMMON_MINUTES = 3 * 60
"""Less of the day in common, and two people would never find an hour to talk."""


class Obstacle(Enum):
    """Why two people cannot be paired."""

    SELF = "self"
    SUBJECT = "subject"
    LANGUAGE = "language"
    ZONE = "zone"
    SETTING = "setting"
    CONFIDENTIAL = "confidential"


SAID = (Obstacle.LANGUAGE, Obstacle.ZONE, Obstacle.SETTING)
"""What can be said to organizers, beside the subject; in the order in which it is looked for."""


def between(mentor: Known, mentee: Known, exclusions: Exclusions) -> Iterator[Obstacle]:
    """Everything that stands between the two, what may be said first."""
    if mentor.user_id == mentee.user_id:
        yield Obstacle.SELF
    if not any(slug in mentor.reach for slug in mentee.wishes.subjects):
        yield Obstacle.SUBJECT
    yield from of_facts(mentor, mentee)
    if confidential(mentor, mentee, exclusions):
        yield Obstacle.CONFIDENTIAL


def of_facts(mentor: Known, mentee: Known) -> Iterator[Obstacle]:
    """What stands between the two by what both said: language, time of day, kind of place."""
    if mentor.languages and mentee.languages and mentor.languages.isdisjoint(mentee.languages):
        yield Obstacle.LANGUAGE
    if not _share_a_day(mentor, mentee):
        yield Obstacle.ZONE
    one, other = mentor.wishes, mentee.wishes
    if one.setting != other.setting and any(who.same_setting and who.setting for who in (one, other)):
        yield Obstacle.SETTING


def confidential(mentor: Known, mentee: Known, exclusions: Exclusions) -> bool:
    """Whether something stands between the two that is nobody else's business."""
    if (mentor.user_id, mentee.user_id) in exclusions:
        return True
    both_wish_it = mentor.wishes.same_employer and mentee.wishes.same_employer
    return colleagues(mentor.employer, mentee.employer, both_wish_it=both_wish_it)


def colleagues(one: str, other: str, *, both_wish_it: bool) -> bool:
    """Whether two work for the same employer (folded, "" where it is not said) and do not both wish for that."""
    return bool(one) and one == other and not both_wish_it


def _share_a_day(mentor: Known, mentee: Known) -> bool:
    if mentor.offset is None or mentee.offset is None or (WRITING in mentor.ways and WRITING in mentee.ways):
        return True
    return common_minutes(mentor.offset, mentee.offset) >= FEWEST_COMMON_MINUTES
