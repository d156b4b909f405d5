"""The words of the room: the templates of events, the lengths one chooses from, and limits of what is typed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A template: what is stored, what people read, its emoji, and what an event of it begins with.

    `one` is the kind in the middle of a sentence, with its article; `minutes` how long such an event usually is.
    """

    slug: str
    label: str
    emoji: str
    one: str
    minutes: int
    title: str = ""
    about: str = ""


OWN = "own"
KINDS = (
    Kind(
        "discussion",
        "Monthly discussion",
        "💬",
        "a discussion",
        60,
        "Monthly discussion: ",
        "We talk about what works in our makerspaces, and what does not. Come as you are; listening is fine.",
    ),
    Kind(
        "ama",
        "Ask Me Anything",
        "🙋",
        "an AMA",
        60,
        "Ask Me Anything with ",
        "Bring your questions, or leave them here beforehand.",
    ),
    Kind("tour", "Virtual tour", "🏛️", "a tour", 60, "Virtual tour: ", "A walk through a makerspace, and time to ask."),
    Kind("talk", "Tool talk", "🛠️", "a tool talk", 45, "Tool talk: ", "One tool, how we use it, and what we learned."),
    Kind("bookclub", "Book club", "📖", "a book club", 60, "Book club: ", ""),
    Kind("webinar", "Webinar", "🖥️", "a webinar", 60, "Webinar: ", ""),
    Kind(OWN, "Something else", "📌", "an event", 60),
)
"""The templates, in the order in which people choose."""

LENGTHS = (15, 30, 45, 60, 75, 90, 120, 180, 240, 480)
"""Minutes that can be chosen."""
MOST_MINUTES = 14 * 24 * 60
LONGEST_TITLE = 100
"""Discord's own events have no longer names (https://docs.discord.com/developers/resources/guild-scheduled-event)."""
LONGEST_ABOUT = 1_000
"""Nor longer descriptions."""
LONGEST_WHERE = 500
LONGEST_NOTE = 300
MOST_PLACES = 10_000
MOST_HOSTS = 5

_BY_SLUG = {kind.slug: kind for kind in KINDS}


def kind(slug: str) -> Kind:
    """The template stored as `slug`; the plain one where there is none of that name."""
    return _BY_SLUG.get(slug, _BY_SLUG[OWN])


def length(minutes: int) -> str:
    """So many minutes (1 or more), as one says it: 45 minutes, 1 hour, 1 hour 30 minutes, 2 days."""
    parts = []
    for size, one in ((1_440, "day"), (60, "hour"), (1, "minute")):
        number, minutes = divmod(minutes, size)
        if number:
            parts.append(f"{number} {one}{'' if number == 1 else 's'}")
    return " ".join(parts)
