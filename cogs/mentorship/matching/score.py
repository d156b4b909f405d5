"""How well a mentor and a mentee fit: parts with a weight each, and for each part the sentence that says why.

What one of the two did not say counts half of its part and gives no sentence. All numbers are whole. That similarity of
goals and values counts for more than titles: Eby et al., Psychological Bulletin 139 (2013), 441-476.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.vocabulary.words import fold
from bot.kit.words import counted, listed
from cogs.mentorship.matching.people import EXACT
from cogs.mentorship.matching.values import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogs.mentorship.matching.people import Known
    from cogs.mentorship.matching.values import Lexicon

DAY_BEGINS, DAY_ENDS = 8 * 60, 20 * 60
"""The part of a day in which people meet, in minutes of their own clock."""
FULL_COVER = 3
"""So many wanted subjects covered, or words of a goal shared, are as good as more of them."""
MOST_NAMED = 4
"""Names in one sentence."""

_AROUND = 24 * 60
_WORD = re.compile(r"[^\W_]+")


def common_minutes(one: int, other: int) -> int:
    """Minutes between 8:00 and 20:00 that two days have in common; `one` and `other` are minutes east of UTC."""
    apart = abs(one - other) % _AROUND
    length = DAY_ENDS - DAY_BEGINS
    return max(0, length - apart) + max(0, length - (_AROUND - apart))


def _subjects(mentor: Known, mentee: Known, weight: int) -> int:
    wanted = mentee.wishes.subjects
    if not wanted:
        return 0
    most = EXACT * min(len(wanted), FULL_COVER)
    reach = mentor.reach
    return weight * min(most, sum(reach.get(slug, 0) for slug in wanted)) // most


def _goal(mentor: Known, mentee: Known, weight: int) -> int:
    if not (mentor.words and mentee.words):
        return weight // 2
    return weight * min(FULL_COVER, len(mentor.words & mentee.words)) // FULL_COVER


def _setting(mentor: Known, mentee: Known, weight: int) -> int:
    one, other = mentor.wishes, mentee.wishes
    if one.setting and one.setting == other.setting:
        return weight
    if one.small_or_rural and other.small_or_rural:
        return weight * 3 // 5
    return 0 if one.setting and other.setting else weight // 2


def _stage(mentor: Known, mentee: Known, weight: int) -> int:
    if mentor.stage is None or mentee.stage is None:
        return weight // 2
    if mentor.stage > mentee.stage:
        return weight
    return weight * 2 // 5 if mentor.stage == mentee.stage else 0


def _zone(mentor: Known, mentee: Known, weight: int) -> int:
    if mentor.offset is None or mentee.offset is None:
        return weight // 2
    return weight * common_minutes(mentor.offset, mentee.offset) // (DAY_ENDS - DAY_BEGINS)


def _meeting(mentor: Known, mentee: Known, weight: int) -> int:
    if not (mentor.ways and mentee.ways):
        return weight // 2
    return 0 if mentor.ways.isdisjoint(mentee.ways) else weight


def _language(mentor: Known, mentee: Known, weight: int) -> int:
    if not (mentor.languages and mentee.languages):
        return weight // 2
    return 0 if mentor.languages.isdisjoint(mentee.languages) else weight


def _why_subjects(mentor: Known, mentee: Known, lexicon: Lexicon) -> str:
    wanted = mentee.wishes.subjects
    same = [lexicon.inline(slug) for slug in wanted if mentor.reach.get(slug) == EXACT]
    if same:
        return f"{_capital(', '.join(_few(same)))}: wanted and offered."
    near = next((slug for slug in wanted if slug in mentor.reach), None)
    if near is None:
        return ""
    offered = next(slug for slug in mentor.wishes.subjects if _related(slug, near, lexicon))
    return f"{_capital(lexicon.inline(near))} is wanted; {lexicon.inline(offered)}, close to it, is offered."


def _why_goal(mentor: Known, mentee: Known, lexicon: Lexicon) -> str:  # noqa: ARG001 - one shape for all parts
    shared = mentor.words & mentee.words
    written = {word: part.lower() for part in _WORD.findall(mentee.wishes.goal) for word in fold(part)}
    names = list(dict.fromkeys(name for word, name in written.items() if word in shared)) or sorted(shared)
    return f"Both speak of {listed(_few([f'“{name}”' for name in names]))}." if shared else ""


def _why_setting(mentor: Known, mentee: Known, lexicon: Lexicon) -> str:
    one, other = mentor.wishes, mentee.wishes
    if one.setting and one.setting == other.setting:
        return f"Same kind of place: {lexicon.inline(one.setting)}."
    return "Both are at a small or rural library." if one.small_or_rural and other.small_or_rural else ""


def _why_stage(mentor: Known, mentee: Known, lexicon: Lexicon) -> str:  # noqa: ARG001 - one shape for all parts
    ahead = mentor.stage is not None and mentee.stage is not None and mentor.stage > mentee.stage
    return "The mentor has come further in this work." if ahead else ""


def _why_zone(mentor: Known, mentee: Known, lexicon: Lexicon) -> str:  # noqa: ARG001 - one shape for all parts
    if mentor.offset is None or mentee.offset is None:
        return ""
    if mentor.offset == mentee.offset:
        return "Same time of day for both."
    hours = common_minutes(mentor.offset, mentee.offset) // 60
    return f"{counted(hours, 'hour')} of the day in common." if hours else ""


def _why_meeting(mentor: Known, mentee: Known, lexicon: Lexicon) -> str:
    shared = [lexicon.inline(way) for way in mentee.wishes.ways if way in mentor.ways]
    return f"Both like to meet this way: {listed(shared, 'or')}." if shared else ""


def _why_language(mentor: Known, mentee: Known, lexicon: Lexicon) -> str:
    shared = [lexicon.label(language) for language in mentee.wishes.languages if language in mentor.languages]
    return f"Both speak {listed(_few(shared))}." if shared else ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One part of the score: its name, its weight, how many points two people get, and why."""

    name: str
    weight: int
    points: Callable[[Known, Known, int], int]
    reason: Callable[[Known, Known, Lexicon], str]


MEASURES = (
    Measure("subjects", 40, _subjects, _why_subjects),
    Measure("goal", 20, _goal, _why_goal),
    Measure("setting", 10, _setting, _why_setting),
    Measure("stage", 5, _stage, _why_stage),
    Measure("zone", 10, _zone, _why_zone),
    Measure("meeting", 10, _meeting, _why_meeting),
    Measure("language", 5, _language, _why_language),
)
"""The table of weights; together they are 100."""

_QUICK = tuple((measure.points, measure.weight) for measure in MEASURES)


def points(mentor: Known, mentee: Known) -> int:
    """How well the two fit, 0 to 100."""
    return sum(of(mentor, mentee, weight) for of, weight in _QUICK)


def parts(mentor: Known, mentee: Known, lexicon: Lexicon) -> tuple[Part, ...]:
    """The same in its parts, each with its sentence, in the order of the table."""
    return tuple(
        Part(
            measure.name,
            measure.points(mentor, mentee, measure.weight),
            measure.weight,
            measure.reason(mentor, mentee, lexicon),
        )
        for measure in MEASURES
    )


def _related(offered: str, wanted: str, lexicon: Lexicon) -> bool:
    above, below = lexicon.terms.get(wanted), lexicon.terms.get(offered)
    return bool((above and offered in above.broader) or (below and wanted in below.broader))


def _few(names: list[str]) -> list[str]:
    names = list(dict.fromkeys(names))
    if len(names) <= MOST_NAMED:
        return names
    return [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} more"]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
