"""The use cases of the room, one class for each subject; one method is one transaction."""

from cogs.people.service.asking import Asking
from cogs.people.service.finding import Finding
from cogs.people.service.introducing import Introducing
from cogs.people.service.leaving import Leaving

__all__ = ["Asking", "Finding", "Introducing", "Leaving"]
