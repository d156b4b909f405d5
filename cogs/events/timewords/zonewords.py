"""Zones as people write them: ET, Eastern time, PST, or a zone's full name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

if TYPE_CHECKING:
    from collections.abc import Mapping

BY_WORD: Mapping[str, str] = {
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu",
    "arizona": "America/Phoenix", "atlantic": "America/Halifax",
}  # fmt: skip
_LETTERS = {
    "e": "eastern", "c": "central", "m": "mountain", "p": "pacific", "ak": "alaska",
}  # fmt: skip
_OTHER = {"ht": "Pacific/Honolulu", "hst": "Pacific/Honolulu", "utc": "UTC", "gmt": "UTC", "z": "UTC"}
# People say EST the whole year and mean the clock on the wall; so EST, EDT and ET are the same.
ABBREVIATED: Mapping[str, str] = {
    letters + ending: BY_WORD[name] for letters, name in _LETTERS.items() for ending in ("t", "st", "dt")
} | _OTHER  # fmt: skip
_NAMES = {zone: word.capitalize() for word, zone in BY_WORD.items()} | {"UTC": "UTC"}


def named(zone: ZoneInfo) -> str:
    """A zone in words: Eastern, or its full name with the word time."""
    return _NAMES.get(zone.key) or f"{zone.key} time"


def known(word: str) -> ZoneInfo | None:
    """The zone that a word (in lower case) names; None where it names none."""
    key = BY_WORD.get(word) or ABBREVIATED.get(word) or _by_full_name().get(word)
    return ZoneInfo(key) if key else None


@cache
def _by_full_name() -> dict[str, str]:
    return {key.lower(): key for key in available_timezones() if "/" in key or key == "UTC"}
