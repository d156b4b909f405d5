"""An event as others know it: the subject of a delivery, a record of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.events import terms
from cogs.events.pointing import jump, said_when
from db.events import PLACE
from db.search import SearchRecord

if TYPE_CHECKING:
    from bot.kit.vocabulary import Vocabulary
    from db.events import Event

ROOM = "events"
"""The room's name in the search index."""
KIND = "event"
"""What kind its records are."""
_SUBJECT = "event:"


def subject(event_id: int) -> str:
    """An event as the subject of a delivery."""
    return f"{_SUBJECT}{event_id}"


def number_in(subject_: str) -> int:
    """The number of the event that a delivery is about; 0 where it is about none."""
    number = subject_.removeprefix(_SUBJECT)
    return int(number) if subject_.startswith(_SUBJECT) and number.isdigit() else 0


def record_of(event: Event, vocabulary: Vocabulary) -> SearchRecord:
    """The search record of an event whose card stands."""
    plan, kind = event.plan, terms.kind(event.plan.template)
    tools = [tool.slug for tool in vocabulary.find(f"{plan.title} {plan.about}")]
    labels = [tool.label for slug in tools if (tool := vocabulary.get(slug))]
    when = said_when(event.starts_at, plan.zone)
    return SearchRecord(
        guild_id=event.guild_id,
        room=ROOM,
        key=str(event.event_id),
        kind=KIND,
        title=plan.title,
        summary=plan.about,
        keywords=" ; ".join(["event", kind.label, *labels]),
        facts=(when, f"{kind.label} {kind.emoji}", *([plan.where.text] if plan.where.kind == PLACE else [])),
        tools=tuple(tools),
        link=jump(event),
    )
