"""Profiles: who members are, what they know, what of it is shown to whom, and finding people by it.

A file for each subject: `table` (the tables and their values), `keeping` (one profile), `finding`, `personal`.
"""

from __future__ import annotations

from db.people.finding import Wanted, find, in_small_libraries, note_listed
from db.people.keeping import change, note_asked, note_away, of_member, put_tools, several, take_asked_back
from db.people.personal import forget, personal
from db.people.table import EVERYONE, LEARNING, NOBODY, ORGANIZERS, TEACHES, USES, Profile, known_table, profile_table

__all__ = [
    "EVERYONE",
    "LEARNING",
    "NOBODY",
    "ORGANIZERS",
    "TEACHES",
    "USES",
    "Profile",
    "Wanted",
    "change",
    "find",
    "forget",
    "in_small_libraries",
    "known_table",
    "note_asked",
    "note_away",
    "note_listed",
    "of_member",
    "personal",
    "profile_table",
    "put_tools",
    "several",
    "take_asked_back",
]
