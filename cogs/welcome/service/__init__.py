"""Use cases of the welcome room."""

from __future__ import annotations

from cogs.welcome.service.standing import Standing

__all__ = ["Standing"]
