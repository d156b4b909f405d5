"""Use cases of the room: a file for each thing that people do in it."""

from __future__ import annotations

from cogs.questions.service.answering import Answering
from cogs.questions.service.asking import Asking
from cogs.questions.service.following import Following
from cogs.questions.service.keeping import Keeping

__all__ = ["Answering", "Asking", "Following", "Keeping"]
