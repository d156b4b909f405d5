"""The terms of mentoring as members read and we store them: topics, settings, stages, ways, languages, time zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cogs.mentorship.matching import STAGES as STAGE_SLUGS
from cogs.mentorship.matching import Lexicon
from cogs.mentorship.matching import Term as MatchingTerm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what is stored, what people read, its emoji, and where it helps a line about it."""

    slug: str
    label: str
    emoji: str
    about: str = ""


MENTOR, MENTEE, BOTH = "mentor", "mentee", "both"
SIDES = (
    Term(MENTEE, "I would like a mentor", "🌱", "Somebody who has run the machine, the room or the budget"),
    Term(MENTOR, "I would like to mentor", "🧑‍🏫", "Pass on what you know, an hour or two a month"),
    Term(BOTH, "Both", "🔁", "Learn one thing, pass on another"),
)
TOPICS = (
    Term("topic-policy", "Policies and waivers", "📜"),
    Term("topic-budget", "Budget and grants", "💵"),
    Term("topic-staffing", "Staffing and training", "🧑‍🤝‍🧑"),
    Term("topic-programming", "Programs and workshops", "🗓️"),
    Term("topic-assessment", "Showing what it is worth", "📈"),
    Term("topic-space", "Space design", "📐"),
    Term("topic-outreach", "Outreach and partners", "📣"),
)
"""What one can mentor about beside the tools of the vocabulary."""
SETTINGS = (
    Term("school", "School library", "🏫"),
    Term("public", "Public library", "📚"),
    Term("academic", "Academic library", "🏛️"),
    Term("special", "Special library", "🗄️"),
    Term("other", "Another kind of place", "🔧"),
)
STAGES = tuple(
    Term(slug, label, emoji)
    for slug, label, emoji in zip(
        STAGE_SLUGS,
        ("Student or pre-service", "Just starting", "A few years in", "Many years in"),
        ("🎓", "🌱", "🪴", "🌳"),
        strict=True,
    )
)
WAYS = (
    Term("video", "Video call", "🎥"),
    Term("phone", "Phone", "📞"),
    Term("chat", "In writing", "💬"),
    Term("in-person", "In person", "🤝"),
)
LANGUAGES = (
    Term("en", "English", "🗣️"),
    Term("es", "Spanish", "🗣️"),
    Term("fr", "French", "🗣️"),
    Term("asl", "American Sign Language", "🤟"),
    Term("zh", "Chinese", "🗣️"),
    Term("vi", "Vietnamese", "🗣️"),
    Term("tl", "Tagalog", "🗣️"),
    Term("ar", "Arabic", "🗣️"),
    Term("ko", "Korean", "🗣️"),
    Term("pt", "Portuguese", "🗣️"),
    Term("de", "German", "🗣️"),
    Term("hi", "Hindi", "🗣️"),
)
HOURS = (
    Term("1", "About an hour a month", "🕐"),
    Term("2", "About two hours a month", "🕑"),
    Term("4", "About four hours a month", "🕓"),
    Term("8", "More than that", "🕗"),
)
CAPACITIES = tuple(
    Term(str(number), f"Up to {number} mentees at once" if number > 1 else "One mentee at a time", "🪑")
    for number in range(1, 6)
)
SAME_SETTING, SAME_EMPLOYER, GROUPS = "same-setting", "same-employer", "groups"
SWITCHES = (
    Term(SAME_SETTING, "Only my kind of library", "🪞", "Else any kind is fine"),
    Term(SAME_EMPLOYER, "A colleague of mine is fine", "🏢", "Else never somebody of my own library"),
    Term(GROUPS, "I would take a group", "👥", "Up to five mentees together, where mentors are few"),
)
REACHES = (
    Term("private", "Write to me in a private thread", "🧵", "Here in the server; only you see it"),
    Term("dm", "Write to me in direct messages", "✉️", "Where those are closed to me, in a private thread"),
)
ZONES = (
    Term("America/New_York", "Eastern time (New York)", "🕒"),
    Term("America/Chicago", "Central time (Chicago)", "🕒"),
    Term("America/Denver", "Mountain time (Denver)", "🕒"),
    Term("America/Phoenix", "Arizona time (Phoenix)", "🕒"),
    Term("America/Los_Angeles", "Pacific time (Los Angeles)", "🕒"),
    Term("America/Anchorage", "Alaska time (Anchorage)", "🕒"),
    Term("Pacific/Honolulu", "Hawaii time (Honolulu)", "🕒"),
    Term("America/Puerto_Rico", "Atlantic time (Puerto Rico)", "🕒"),
    Term("America/Halifax", "Atlantic time (Halifax)", "🕒"),
    Term("America/Toronto", "Eastern time (Toronto)", "🕒"),
    Term("America/Vancouver", "Pacific time (Vancouver)", "🕒"),
    Term("America/Mexico_City", "Mexico City time", "🕒"),
    Term("America/Sao_Paulo", "Brasília time (São Paulo)", "🕒"),
    Term("UTC", "UTC", "🕒"),
    Term("Europe/London", "London time", "🕒"),
    Term("Europe/Berlin", "Central European time (Berlin)", "🕒"),
    Term("Europe/Athens", "Eastern European time (Athens)", "🕒"),
    Term("Africa/Lagos", "Lagos time", "🕒"),
    Term("Africa/Nairobi", "Nairobi time", "🕒"),
    Term("Asia/Kolkata", "India time (Kolkata)", "🕒"),
    Term("Asia/Singapore", "Singapore time", "🕒"),
    Term("Asia/Tokyo", "Tokyo time", "🕒"),
    Term("Australia/Sydney", "Sydney time", "🕒"),
    Term("Pacific/Auckland", "Auckland time", "🕒"),
)
"""One less than a select holds: the profile's own may be one more."""
AGAIN = (Term("yes", "Yes", "👍"), Term("maybe", "Maybe", "🤷"), Term("no", "No", "👎"))

_ALL = (*TOPICS, *SETTINGS, *STAGES, *WAYS, *LANGUAGES)
_LABELS = {term.slug: term.label for term in _ALL}


def zones(own: str) -> tuple[Term, ...]:
    """The time zones to choose from, with one's own first where it is not among them."""
    if not own or own in {term.slug for term in ZONES}:
        return ZONES
    return (Term(own, zone_named(own), "🕒"), *ZONES)


def zone_named(zone: str) -> str:
    """A time zone as one says it."""
    known = next((term.label for term in ZONES if term.slug == zone), None)
    return known or f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def is_zone(name: str) -> bool:
    """Whether this machine knows a time zone of that IANA name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def subjects(vocabulary: Vocabulary) -> tuple[Term, ...]:
    """All that one can teach or learn: the topics, then the tools by their labels."""
    tools = sorted(vocabulary.tools, key=lambda tool: tool.label.casefold())
    return (*TOPICS, *(Term(tool.slug, tool.label, tool.emoji) for tool in tools))


def labels(vocabulary: Vocabulary, slugs: Sequence[str]) -> list[str]:
    """What people read for topics, tools, settings, stages, ways or languages; what is none is left out."""
    named = ((_LABELS.get(slug) or getattr(vocabulary.get(slug), "label", "")) for slug in slugs)
    return [name for name in named if name]


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The words of a matching."""
    terms = {topic.slug: MatchingTerm(topic.slug, topic.label) for topic in TOPICS}
    for tool in vocabulary.tools:
        above: list[str] = []
        broader = tool.broader
        while broader is not None and broader not in above:
            above.append(broader)
            wider = vocabulary.get(broader)
            broader = wider.broader if wider else None
        terms[tool.slug] = MatchingTerm(tool.slug, tool.label, tuple(above))
    return Lexicon(terms, _LABELS)
