"""The use cases of the room, one class for each subject; one method is one transaction."""

from cogs.events.service.answering import Answered, Answering
from cogs.events.service.editing import Editing, StaleError
from cogs.events.service.looking import Looking, Page, Shown
from cogs.events.service.news import News
from cogs.events.service.planning import Planned, Planning
from cogs.events.service.standing import Standing

__all__ = [
    "Answered",
    "Answering",
    "Editing",
    "Looking",
    "News",
    "Page",
    "Planned",
    "Planning",
    "Shown",
    "StaleError",
    "Standing",
]
