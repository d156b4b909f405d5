"""The use cases of the room, one class for each subject; one method is one transaction."""

from cogs.events.service.afterwards import Afterwards
from cogs.events.service.agenda import Agenda
from cogs.events.service.answering import Answered, Answering
from cogs.events.service.editing import Editing, StaleError
from cogs.events.service.looking import Looking, Page, Shown
from cogs.events.service.news import News
from cogs.events.service.planning import Planned, Planning
from cogs.events.service.reminding import Reminding
from cogs.events.service.repeating import Repeating
from cogs.events.service.rescheduling import Rescheduling, Scope
from cogs.events.service.standing import Standing
from cogs.events.service.templating import Templating

__all__ = [
    "Afterwards",
    "Agenda",
    "Answered",
    "Answering",
    "Editing",
    "Looking",
    "News",
    "Page",
    "Planned",
    "Planning",
    "Reminding",
    "Repeating",
    "Rescheduling",
    "Scope",
    "Shown",
    "StaleError",
    "Standing",
    "Templating",
]
