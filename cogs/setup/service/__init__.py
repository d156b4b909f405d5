"""Use cases of the setup: settle one setting, make what was planned, read the log."""

from __future__ import annotations

from cogs.setup.service.making import Making
from cogs.setup.service.settling import Settling

__all__ = ["Making", "Settling"]
