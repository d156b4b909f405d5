"""The use cases of the room, one class for each subject; one method is one transaction."""

from cogs.resources.service.answering import Answering
from cogs.resources.service.browsing import Browsing
from cogs.resources.service.checking import Checking
from cogs.resources.service.collecting import Collecting
from cogs.resources.service.describing import Describing
from cogs.resources.service.editing import Editing
from cogs.resources.service.exporting import Exporting
from cogs.resources.service.finding import Finding
from cogs.resources.service.importing import Importing
from cogs.resources.service.planning import Planning
from cogs.resources.service.refreshing import Refreshing
from cogs.resources.service.reminding import Reminding
from cogs.resources.service.reviewing import Reviewing, StaleError
from cogs.resources.service.saving import Saving
from cogs.resources.service.starting import Starting
from cogs.resources.service.suggesting import Suggesting
from cogs.resources.service.telling import Telling
from cogs.resources.service.upkeep import Upkeep

__all__ = [
    "Answering",
    "Browsing",
    "Checking",
    "Collecting",
    "Describing",
    "Editing",
    "Exporting",
    "Finding",
    "Importing",
    "Planning",
    "Refreshing",
    "Reminding",
    "Reviewing",
    "Saving",
    "StaleError",
    "Starting",
    "Suggesting",
    "Telling",
    "Upkeep",
]
