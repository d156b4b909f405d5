"""The terms of a profile as members read and we store them: settings, roles, levels, and to whom what is shown."""

from __future__ import annotations

from dataclasses import dataclass

from db.people import EVERYONE, LEARNING, NOBODY, ORGANIZERS, TEACHES, USES


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what is stored, what people read, its emoji, and where it helps a line about it or a heading."""

    slug: str
    label: str
    emoji: str
    about: str = ""
    heading: str = ""


SETTINGS = (
    Term("school", "School library", "🏫"),
    Term("public", "Public library", "📚"),
    Term("academic", "Academic library", "🏛️"),
    Term("special", "Special library", "🗄️"),
    Term("other", "Another kind of place", "🔧"),
)
"""Where people work."""

SMALL_OR_RURAL = Term("small-rural", "Small or rural library", "🌾")
"""A badge of its own, beside the setting."""
LIKE_MINE = Term("mine", "Like mine", "🪞")
"""Whatever the person who looks works in."""

ROLES = (
    Term("staff", "Library staff", "🧑‍💼"),
    Term("student", "Student or pre-service", "🎓"),
    Term("researcher", "Researcher", "🔬"),
    Term("educator", "Educator", "🍎"),
    Term("vendor", "Vendor", "🏷️"),
    Term("other", "Something else", "✨"),
)
"""What people are."""

LEVELS = (
    Term(TEACHES, "Teach it", "🧑‍🏫", heading="Teaches"),
    Term(USES, "Use it", "🛠️", heading="Uses"),
    Term(LEARNING, "Learning", "🌱", heading="Is learning"),
)
"""How well they know a tool, the most first."""

AUDIENCES = (
    Term(EVERYONE, "everyone here", "👥"),
    Term(ORGANIZERS, "only organizers", "🗝️"),
    Term(NOBODY, "nobody", "🔒"),
)
"""To whom a group of facts is shown."""

GROUPS = (
    Term("me", "About me", "🙂", "Name, role, interests, time zone"),
    Term("library", "My library", "📚", "Library, kind of library, place"),
    Term("tools", "My tools", "🛠️", "The tools you know, and how well"),
)
"""The groups of facts; each is shown as a whole."""

_SETTINGS = {term.slug: term for term in SETTINGS}
_ROLES = {term.slug: term for term in ROLES}
_LEVELS = {term.slug: term for term in LEVELS}
_AUDIENCES = {term.slug: term for term in AUDIENCES}


def setting(slug: str) -> Term | None:
    """The setting stored as `slug`, or None."""
    return _SETTINGS.get(slug)


def role(slug: str) -> Term | None:
    """The role stored as `slug`, or None."""
    return _ROLES.get(slug)


def level(slug: str) -> Term:
    """The level stored as `slug`."""
    return _LEVELS[slug]


def audience(slug: str) -> Term:
    """The audience stored as `slug`."""
    return _AUDIENCES[slug]
