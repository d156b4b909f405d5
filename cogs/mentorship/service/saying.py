"""What somebody says when they join, before it is sent: kept as a draft, checked, and made into a member."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from bot.kit.errors import UserError
from bot.kit.words import clip, has_letters, tidy
from cogs.mentorship import terms
from db.delivery import Way
from db.people import LEARNING, TEACHES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.kit.vocabulary import Vocabulary
    from db.mentorship import Member
    from db.people import Profile

LONGEST_GOAL, LONGEST_EMPLOYER = 500, 100
SUBJECTS_AT_MOST = 12
"""Of each side: whoever wants everything fits everybody, and so nobody."""


_LISTS = {
    what: {term.slug for term in listed}
    for what, listed in (
        ("side", terms.SIDES),
        ("setting", terms.SETTINGS),
        ("stage", terms.STAGES),
        ("reach", terms.REACHES),
        ("hours", terms.HOURS),
        ("capacity", terms.CAPACITIES),
        ("ways", terms.WAYS),
        ("languages", terms.LANGUAGES),
    )
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said so far, by slugs; empty is nothing. `round_id` is the round they came for, 0 for none."""

    side: str = ""
    teaches: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    goal: str = ""
    zone: str = ""
    reach: str = Way.PRIVATE.value
    employer: str = ""
    setting: str = ""
    stage: str = ""
    hours: int = 0
    ways: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    capacity: int = 1
    takes_groups: bool = False
    same_setting: bool = False
    same_employer: bool = False
    round_id: int = 0
    known: bool = False

    @classmethod
    def of(cls, answers: Mapping[str, Any]) -> Said:
        """From a draft."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in answers.items() if name in known
        }
        return cls(**values)

    def answers(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @property
    def mentors(self) -> bool:
        """Whether they would mentor."""
        return self.side in (terms.MENTOR, terms.BOTH)

    @property
    def learns(self) -> bool:
        """Whether they would like a mentor."""
        return self.side in (terms.MENTEE, terms.BOTH)

    def missing(self) -> list[str]:
        """What is still to be said, of the four that are required."""
        lacks = {
            "whether you would like a mentor or be one": not self.side,
            "what you can teach": self.mentors and not self.teaches,
            "what you want to learn": self.learns and not self.wants,
            "your goal": not self.goal,
            "your time zone": not self.zone,
        }
        return [what for what, is_missing in lacks.items() if is_missing]

    def columns(self) -> dict[str, Any]:
        """As the columns of a member."""
        same = ("goal", "zone", "setting", "stage", "hours", "capacity", "takes_groups", "same_setting")
        return {
            **{name: getattr(self, name) for name in (*same, "same_employer", "employer", "reach")},
            "ways": list(self.ways),
            "languages": list(self.languages),
            "mentors": self.mentors,
            "learns": self.learns,
        }


def of_member(member: Member) -> Said:
    """What a member said before."""
    side = terms.BOTH if member.mentors and member.learns else terms.MENTOR if member.mentors else terms.MENTEE
    same = {field.name for field in fields(Said)} & {*member.__dataclass_fields__} - {"reach"}
    values: dict[str, Any] = {name: getattr(member, name) for name in same}
    return Said(**values, side=side, reach=member.reach.value, known=member.left_at is None)


def of_profile(profile: Profile | None) -> Said:
    """What a profile says already, to begin with; the person sees all of it before it is sent."""
    if profile is None:
        return Said()
    at = {level: tuple(tool for tool, known in profile.tools if known == level) for level in (TEACHES, LEARNING)}
    return Said(
        teaches=at[TEACHES][:SUBJECTS_AT_MOST],
        wants=at[LEARNING][:SUBJECTS_AT_MOST],
        zone=profile.zone,
        employer=profile.library,
        setting=profile.setting,
        stage="student" if profile.role == "student" else "",
    )


def chosen(said: Said, what: str, values: list[str], vocabulary: Vocabulary, offered: list[str]) -> Said:
    """What is said after a press in one of the selects. `offered` are the options of that select.

    Values that are none of a select's are left out. Raises UserError for too many subjects.
    """
    if what in ("teaches", "wants"):
        return _subjects(said, what, values, vocabulary, offered)
    if what == "switches":
        return replace(
            said,
            same_setting=terms.SAME_SETTING in values,
            same_employer=terms.SAME_EMPLOYER in values,
            takes_groups=terms.GROUPS in values,
        )
    there = _LISTS.get(what)
    known = [value for value in values if (terms.is_zone(value) if there is None else value in there)]
    changed: dict[str, Any] = {}
    if what in ("ways", "languages"):
        changed = {what: tuple(known)}
    elif what in ("setting", "stage"):
        changed = {what: known[0] if known else ""}
    elif what in ("hours", "capacity"):
        changed = {what: int(known[0]) if known else int(what == "capacity")}
    elif what in ("side", "reach", "zone") and known:
        changed = {what: known[0]}
    return replace(said, **changed)


def _subjects(said: Said, what: str, values: list[str], vocabulary: Vocabulary, offered: list[str]) -> Said:
    there = [term.slug for term in terms.subjects(vocabulary)]
    before = getattr(said, what)
    keep = {slug for slug in before if slug not in offered} | (set(values) & set(offered))
    now = tuple(slug for slug in there if slug in keep)
    if len(now) > SUBJECTS_AT_MOST:
        raise UserError(f"{SUBJECTS_AT_MOST} are the most I can work with. Please leave out those that matter least.")
    changed: dict[str, Any] = {what: now}
    return replace(said, **changed)


def typed(said: Said, answers: Mapping[str, str]) -> Said:
    """What is said after the form. Raises UserError where the goal has no words."""
    goal = clip(tidy(answers.get("goal", ""), lines=True), LONGEST_GOAL)
    if not has_letters(goal):
        raise UserError("Please say in a sentence what you would like to reach, so that two people can talk about it.")
    return replace(said, goal=goal, employer=clip(tidy(answers.get("employer", "")), LONGEST_EMPLOYER))
