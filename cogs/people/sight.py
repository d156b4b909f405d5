"""What of a profile somebody may see: the one place that decides it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.people import EVERYONE, NOBODY, ORGANIZERS, Profile

PUBLIC = (EVERYONE,)
"""What everyone in the server may see, and so what a message in a channel may say."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, in which server, and whether as an organizer."""

    guild_id: int
    user_id: int
    organizer: bool = False

    @property
    def audiences(self) -> tuple[str, ...]:
        """The audiences this person belongs to."""
        return (EVERYONE, ORGANIZERS) if self.organizer else PUBLIC


def seen_by(profile: Profile, audiences: tuple[str, ...]) -> Profile:
    """The profile as somebody of these audiences sees it: what is not shown to them is left out."""
    seen = profile
    if profile.shown_me not in audiences:
        seen = replace(seen, name="", role="", interests="", zone="", shown_me=NOBODY)
    if profile.shown_library not in audiences:
        seen = replace(seen, library="", setting="", small_or_rural=False, place="", shown_library=NOBODY)
    if profile.shown_tools not in audiences:
        seen = replace(seen, tools=(), shown_tools=NOBODY)
    return seen


def says_anything(profile: Profile) -> bool:
    """Whether there is anything to show."""
    texts = (profile.name, profile.role, profile.interests, profile.zone)
    place = (profile.library, profile.setting, profile.place)
    return any((*texts, *place, profile.small_or_rural, profile.tools))
