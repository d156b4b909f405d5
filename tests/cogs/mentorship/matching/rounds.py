"""Rounds for tests of the matching, by hand and by lot."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any

from cogs.mentorship.matching import Exclusions, Fixed, Lexicon, Mentee, Mentor, Round, Term, Wishes
from cogs.mentorship.matching.candidates import Row

AT = datetime(2026, 1, 12, 17, tzinfo=UTC)
TERMS = {
    term.slug: term
    for term in (
        Term("digital-fabrication", "Digital fabrication"),
        Term("laser-cutter", "Laser cutter", ("digital-fabrication",)),
        Term("3d-printer", "3D printer", ("digital-fabrication",)),
        Term("cnc", "CNC machine", ("digital-fabrication",)),
        Term("embroidery", "Embroidery machine"),
        Term("budget", "Budget and grants"),
        Term("policy", "Policies and waivers"),
    )
}
LABELS = {
    "school": "School library",
    "public": "Public library",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "video": "Video call",
    "phone": "Phone",
    "chat": "In writing",
}
WORDS = Lexicon(TERMS, LABELS)
ZONES = ("America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo")
NEW_YORK = ZONES[0]


def lot(seed: int | str) -> Random:
    """Draws the same for the same seed."""
    return Random(seed)  # noqa: S311 - a test, no secret


def wishes(*subjects: str, **said: Any) -> Wishes:
    """What somebody says, in New York unless told otherwise."""
    return Wishes(subjects, **{"zone": NEW_YORK, **said})


def a_round(
    mentors: list[Mentor], mentees: list[Mentee], apart: tuple[tuple[int, int], ...] = (), fixed: tuple[Fixed, ...] = ()
) -> Round:
    """A round of these people."""
    return Round(tuple(mentors), tuple(mentees), WORDS, AT, Exclusions.of(apart), fixed)


def drawn_round(source: Random, mentors: int, mentees: int, *, groups: bool = False) -> Round:
    """A round by lot: people of every kind, some of them on both sides, with exclusions among them."""
    learning = [Mentee(number, _drawn_wishes(source), source.randrange(3)) for number in range(1, mentees + 1)]
    both = source.randrange(2)
    teaching = [
        Mentor(mentees + number - both, _drawn_wishes(source), source.randint(0, 3), groups and source.random() < 1 / 3)
        for number in range(1, mentors + 1)
    ]
    everyone = [who.user_id for who in learning] + [who.user_id for who in teaching]
    apart = [(source.choice(everyone), source.choice(everyone)) for _ in range(source.randrange(1 + len(everyone)))]
    return a_round(teaching, learning, tuple(apart))


def _drawn_wishes(source: Random) -> Wishes:
    return Wishes(
        tuple(source.sample(sorted(TERMS), source.randint(1, 3))),
        goal=source.choice(("", "grants for teens", "teens and seniors", "a waiver", "robots")),
        zone=source.choice(ZONES),
        setting=source.choice(("", "school", "public")),
        stage=source.choice(("", "student", "settled", "veteran")),
        ways=tuple(source.sample(("video", "phone", "chat"), source.randint(0, 2))),
        languages=tuple(source.sample(("en", "es", "fr"), source.randint(0, 2))),
        employer=source.choice(("", "Hill Library", "Lake Library")),
        same_setting=source.random() < 1 / 5,
        same_employer=source.random() < 1 / 2,
    )


def drawn_rows(source: Random, mentors: int, mentees: int) -> list[Row]:
    """Candidates by lot, in one of three kinds: any scores, a few favorites of all, and many equals."""
    kind = source.randrange(3)
    liked = [source.randint(0, 70) for _ in range(mentors)]
    chance = source.choice((0.15, 0.5, 1))

    def score(mentor: int) -> int:
        if kind == 0:
            return source.randint(0, 100)
        return liked[mentor] + source.randint(0, 30) if kind == 1 else source.choice((40, 42, 60))

    return [
        Row.of((score(mentor), mentor) for mentor in range(mentors) if source.random() < chance) for _ in range(mentees)
    ]
