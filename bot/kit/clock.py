"""The clock that is passed in, so that tests and the demo decide what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the present moment as an aware datetime in UTC."""
