"""Use cases of the room: a file for each thing that people do in it."""

from __future__ import annotations

from cogs.questions.service.answering import Answering
from cogs.questions.service.asking import Asking
from cogs.questions.service.following import Following
from cogs.questions.service.helping import Helping
from cogs.questions.service.joining import Joining
from cogs.questions.service.keeping import Keeping
from cogs.questions.service.minding import Minding
from cogs.questions.service.overview import Overview
from cogs.questions.service.seeking import Seeking

__all__ = ["Answering", "Asking", "Following", "Helping", "Joining", "Keeping", "Minding", "Overview", "Seeking"]
