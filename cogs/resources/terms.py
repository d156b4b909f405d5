"""The terms of the catalogue: kinds of resources, audiences and levels, as members read them and as they are stored.

Type and audience are meant as Dublin Core's `type` and `audience` (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/),
levels as LRMI's `educationalLevel` (https://www.dublincore.org/specifications/lrmi/).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what is stored, what people read, its emoji, and words in a title that speak for it."""

    slug: str
    label: str
    emoji: str
    cues: str = r"(?!)"


KINDS = (
    Term("guide", "Guide", "📘"),
    Term("policy", "Policy", "📜", r"polic(y|ies)|waivers?|liability|agreement|rules"),
    Term("lesson-plan", "Lesson plan", "🍎", r"lessons?( plans?)?|curriculum|activit(y|ies)"),
    Term("toolkit", "Toolkit", "🧰", r"tool ?kits?"),
    Term("template", "Template", "📄", r"templates?|forms?|checklists?|signs?"),
    Term("course", "Course", "🎓", r"courses?|webinars?|workshops?|training|tutorials?"),
    Term("case-study", "Case study", "🔍", r"case stud(y|ies)|how (we|our)|lessons learned"),
    Term(
        "opportunity",
        "Opportunity",
        "📣",
        r"calls? for (proposals|papers|participants|presenters|applications)|cfp|rfp|research partners?|deadline"
        r"|(partners|participants|presenters|volunteers) wanted",
    ),
    Term("research", "Research", "🔬", r"research|stud(y|ies)|reports?|white ?papers?|survey"),
    Term("vendor-manual", "Vendor manual", "📗", r"manuals?|datasheets?|user guides?"),
    Term("community", "Community", "👥", r"communit(y|ies)|forums?|mailing list|interest group"),
    Term("funding", "Funding", "💰", r"grants?|funding|fellowships?"),
    Term("dataset", "Dataset", "📊", r"data ?sets?|open data"),
)
"""The kinds of resources, in the order in which people choose."""

FINDABLE = (*KINDS, Term("answer", "Answered question", "✅"), Term("event", "Event", "📅"))
"""What can be searched for: also what other rooms put into the index."""

AUDIENCES = (
    Term("all", "Everyone", "🌍"),
    Term("public", "Public libraries", "📚"),
    Term("school", "School libraries", "🏫"),
    Term("academic", "Academic libraries", "🏛️"),
    Term("special", "Special libraries", "🗄️"),
    Term("small-rural", "Small and rural", "🌾"),
)
"""Who a resource is for."""

LEVELS = (
    Term("preschool", "Preschool", "🧸"),
    Term("elementary", "Elementary school", "✏️"),
    Term("middle-school", "Middle school", "📐"),
    Term("high-school", "High school", "🎒"),
    Term("college", "College", "🎓"),
    Term("adult", "Adults", "🧑"),
)
"""For whose learning a resource is meant, youngest first."""

_KINDS = {term.slug: term for term in KINDS}
_AUDIENCES = {term.slug: term for term in AUDIENCES}
_LEVELS = {term.slug: term for term in LEVELS}
_CUES = [(term.slug, re.compile(rf"\b(?:{term.cues})\b", re.IGNORECASE)) for term in KINDS]


def findable(slug: str) -> Term | None:
    """What can be searched for as `slug`, or None."""
    return next((term for term in FINDABLE if term.slug == slug), None)


def kind(slug: str) -> Term | None:
    """The kind stored as `slug`, or None."""
    return _KINDS.get(slug)


def audience(slug: str) -> Term | None:
    """The audience stored as `slug`, or None."""
    return _AUDIENCES.get(slug)


def level(slug: str) -> Term | None:
    """The level stored as `slug`, or None."""
    return _LEVELS.get(slug)


def guess_kind(title: str) -> str:
    """The kind a title speaks of, to be corrected by whoever suggests it; guide where it says nothing."""
    return next((slug for slug, cue in _CUES if cue.search(title)), "guide")


def for_whom(slugs: Collection[str]) -> str:
    """Audiences as one says them: "For public, school libraries"; empty where it is for everyone."""
    chosen = [term for term in AUDIENCES if term.slug in slugs and term.slug != "all"]
    names = ", ".join(term.label.removesuffix(" libraries").lower() for term in chosen)
    return f"For {names} libraries" if names else ""


def for_learning(slugs: Collection[str]) -> str:
    """Levels as one says them: "Elementary school, middle school"; empty where none is named."""
    names = ", ".join(term.label.lower() for term in LEVELS if term.slug in slugs)
    return names[:1].upper() + names[1:]
