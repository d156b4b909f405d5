"""What Discord's own scheduled event beside one of ours is to say, and how to tell whether somebody changed it by hand.

Limits: https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.kit.words import clip

if TYPE_CHECKING:
    from datetime import datetime

    from db.events import Event

LONGEST_NAME, LONGEST_ABOUT, LONGEST_PLACE = 100, 1_000, 100
_CALL = "Say whether you come: "


@dataclass(frozen=True, slots=True)
class Said:
    """Name, description, start and end (ISO, UTC), the place in words or as a link, the channel's number (0: none)."""

    name: str
    about: str
    start: str
    end: str
    place: str
    channel: int = 0

    def packed(self) -> str:
        """As it is kept in the event's row."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def unpacked(cls, packed: str) -> Said | None:
        """From the event's row; None where nothing was put there yet."""
        return cls(**json.loads(packed)) if packed else None


def wanted(event: Event, place: str, card: str, *, channel: int = 0) -> Said:
    """What it is to say. `place` is what everybody may read, `card` the link to the event's card.

    `channel` is the number of a voice or stage channel in which it happens (0: elsewhere).
    """
    tail = f"{_CALL}{card}" if card else ""
    room = LONGEST_ABOUT - len(tail) - 2
    about = "\n\n".join(part for part in (clip(event.plan.about, room) if event.plan.about else "", tail) if part)
    short = place if len(place) <= LONGEST_PLACE else card or clip(place, LONGEST_PLACE)
    return Said(
        name=clip(event.plan.title, LONGEST_NAME),
        about=about,
        start=moment(event.starts_at),
        end=moment(event.ends_at),
        place="" if channel else clip(short or "In this server", LONGEST_PLACE),
        channel=channel,
    )


def without_call(about: str) -> str:
    """A description without the line that we put below it."""
    return about.partition(_CALL)[0].strip()


def changed(before: Said | None, theirs: Said, *, endless: bool) -> dict[str, str]:
    """What somebody changed, by the names of `Said`: all else stays as ours has it, which may say more than theirs can.

    `before` is what we put there, None where that is not known. `endless` says that theirs has no end.
    """
    differs = (
        {"the title", "the description", "the start", "the end"} if before is None else differences(before, theirs)
    )
    found: dict[str, str] = {}
    if "the title" in differs:
        found["name"] = theirs.name
    if "the description" in differs:
        found["about"] = without_call(theirs.about)
    if "the start" in differs or ("the end" in differs and not endless):
        found |= {"start": theirs.start} | ({} if endless else {"end": theirs.end})
    if before is not None and theirs.place and theirs.place != before.place:
        found["place"] = theirs.place
    return found


def moment(at: datetime) -> str:
    """A moment as it is compared: to the minute."""
    return at.strftime("%Y-%m-%dT%H:%M+00:00")


def alike(one: Said, other: Said) -> bool:
    """Whether two say the same, whatever was done to the spaces between their words."""
    return not differences(one, other)


def differences(ours: Said, theirs: Said) -> list[str]:
    """What differs, in words."""
    names = {"name": "the title", "about": "the description", "start": "the start", "end": "the end"}
    found = [words for name, words in names.items() if _words(getattr(ours, name)) != _words(getattr(theirs, name))]
    same_place = _words(ours.place) == _words(theirs.place) and ours.channel == theirs.channel
    return found if same_place else [*found, "the place"]


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).split()
