"""Use cases of the welcome room."""

from __future__ import annotations

from cogs.welcome.service.greeting import Greeting
from cogs.welcome.service.standing import Standing
from cogs.welcome.service.telling import Telling

__all__ = ["Greeting", "Standing", "Telling"]
