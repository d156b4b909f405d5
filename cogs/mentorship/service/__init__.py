"""The use cases of the room, one class for each subject; one method is one transaction."""

from __future__ import annotations

from cogs.mentorship.service.answering import Answering
from cogs.mentorship.service.circling import Circling
from cogs.mentorship.service.counting import Counting
from cogs.mentorship.service.dating import Dating
from cogs.mentorship.service.joining import Joining
from cogs.mentorship.service.looking_back import LookingBack
from cogs.mentorship.service.meeting import Meeting
from cogs.mentorship.service.opening import Opening
from cogs.mentorship.service.passing import Passing
from cogs.mentorship.service.reviewing import Reviewing

__all__ = [
    "Answering",
    "Circling",
    "Counting",
    "Dating",
    "Joining",
    "LookingBack",
    "Meeting",
    "Opening",
    "Passing",
    "Reviewing",
]
