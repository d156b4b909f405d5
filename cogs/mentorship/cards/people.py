"""How people, moments and reasons are written on the room's cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.words import counted, listed, plain
from cogs.mentorship import terms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.kit.vocabulary import Vocabulary
    from db.mentorship import Member

STRENGTHS = {"strong": "Strong 🟢", "good": "Good 🔵", "possible": "Possible 🟡"}
"""How well two fit: the word counts, the color only helps."""


def who(member: Member | None) -> str:
    """Somebody, as a mention; who has deleted their data has no name."""
    return f"<@{member.user_id}>" if member is not None else "somebody who has left"


def moment(at: datetime | None, style: str = "f") -> str:
    """A moment in each reader's own zone."""
    return f"<t:{int(at.timestamp())}:{style}>" if at is not None else ""


def subjects_named(vocabulary: Vocabulary, slugs: Sequence[str]) -> str:
    """Topics and tools as one reads them."""
    return listed([plain(name) for name in terms.labels(vocabulary, slugs)]) or "nothing named"


def about(member: Member, vocabulary: Vocabulary, side: str = "") -> list[str]:
    """What a member said of themselves, a line each; only what concerns the side, where it is named."""
    lines = []
    if member.learns and side != terms.MENTOR:
        lines.append(f"**Would like to learn:** {subjects_named(vocabulary, member.wants)}")
    if member.mentors and side != terms.MENTEE:
        lines.append(f"**Can teach:** {subjects_named(vocabulary, member.teaches)}")
    if member.goal:
        lines.append(f"**Their goal:** {plain(member.goal)}" if side else f"**Your goal:** {plain(member.goal)}")
    facts = terms.labels(vocabulary, [slug for slug in (member.setting, member.stage) if slug])
    if member.hours:
        facts.append(f"{counted(member.hours, 'hour')} a month")
    facts += terms.labels(vocabulary, member.ways)
    facts += terms.labels(vocabulary, member.languages)
    if member.zone:
        facts.append(terms.zone_named(member.zone))
    if member.mentors and side != terms.MENTEE and not side:
        facts.append(f"up to {counted(member.capacity, 'mentee')}")
    if facts:
        lines.append("-# " + plain(" · ".join(facts)))
    return lines


def reasons_shown(reasons: Sequence[str]) -> str:
    """Why two fit, a line each."""
    return "\n".join(f"- {plain(reason)}" for reason in reasons)
