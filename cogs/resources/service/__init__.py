"""The use cases of the room, one class for each subject; one method is one transaction."""

from cogs.resources.service.finding import Finding
from cogs.resources.service.reminding import Reminding
from cogs.resources.service.reviewing import Reviewing, StaleError
from cogs.resources.service.saving import Saving
from cogs.resources.service.suggesting import Suggesting

__all__ = ["Finding", "Reminding", "Reviewing", "Saving", "StaleError", "Suggesting"]
