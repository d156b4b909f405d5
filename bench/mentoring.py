"""Made-up mentors and mentees for `bench.matching`: the same number always gives the same people.

What they say is spread as in a community of library makerspaces: a few tools that most know, many that few know; nearly
all live in the time zones of the United States; four kinds of library.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from bot.kit.vocabulary import load
from cogs.mentorship.matching import STAGES, Lexicon, Mentee, Mentor, Round, Term, Wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

AT = datetime(2026, 1, 12, 17, tzinfo=UTC)
TOPICS = ("policy", "budget", "staffing", "programming", "assessment", "space", "outreach")
ZONES = (
    *(("America/New_York",) * 9 + ("America/Chicago",) * 6 + ("America/Denver",) * 2 + ("America/Los_Angeles",) * 4),
    *("Europe/London", "Europe/Berlin", "Asia/Tokyo", "Australia/Sydney"),
)
SETTINGS = ("public", "public", "public", "school", "school", "academic", "academic", "special")
LANGUAGES = (("en",), ("en",), ("en",), ("en",), ("en", "es"), ("en", "fr"), ("es",), ())
WAYS = ("video", "phone", "chat", "in-person")
GOALS = (
    "grants and money for a small space",
    "a waiver and a safety policy that people read",
    "evening programs for teens, robots and games",
    "workshops for seniors with volunteers",
    "badges and a curriculum for schools",
    "circulation of kits, repair and outreach",
    "budget, schedule and staff training",
    "textile workshops and a partnership with the museum",
    "evaluation of programs for a grant report",
    "prototypes with students, and rural outreach",
)


def lexicon() -> Lexicon:
    """The vocabulary that comes with Benchmate, and the topics."""
    vocabulary = load()
    terms = {topic: Term(topic, topic) for topic in TOPICS}
    for tool in vocabulary.tools:
        terms[tool.slug] = Term(tool.slug, tool.label, (tool.broader,) if tool.broader else ())
    return Lexicon(terms)


def made_up_round(mentees: int, mentors: int, *, capacity: int, subjects: tuple[int, int], seed: int) -> Round:
    """A round of so many; mentors offer, and mentees want, from `subjects[0]` to `subjects[1]` subjects each."""
    source = Random(seed)
    words = lexicon()
    slugs = list(words.terms)
    weights = list(accumulate(1 / (place + 4) for place in range(len(slugs))))
    source.shuffle(slugs)

    def wishes() -> Wishes:
        wanted = _some(source, slugs, weights, source.randint(*subjects))
        return Wishes(
            wanted,
            goal="; ".join(source.sample(GOALS, source.randint(1, 2))),
            zone=source.choice(ZONES),
            setting=source.choice(SETTINGS),
            small_or_rural=source.random() < 1 / 4,
            stage=source.choice(STAGES),
            ways=tuple(source.sample(WAYS, source.randint(0, 2))),
            languages=source.choice(LANGUAGES),
            employer=f"Library {source.randrange(mentees)}",
            same_setting=source.random() < 1 / 10,
        )

    teaching = tuple(Mentor(number, wishes(), room=capacity) for number in range(1, mentors + 1))
    learning = tuple(Mentee(mentors + number, wishes(), source.randrange(2)) for number in range(1, mentees + 1))
    return Round(teaching, learning, words, AT)


def _some(source: Random, slugs: Sequence[str], weights: Sequence[float], many: int) -> tuple[str, ...]:
    chosen: dict[str, None] = {}
    while len(chosen) < many:
        chosen.update(dict.fromkeys(source.choices(slugs, cum_weights=weights)))
    return tuple(chosen)
