"""The delivery worker: what is due is claimed, drawn, sent once, and marked; nothing else sends on a timer.

`Engine` is what the bot holds, `Line` watches its requests, `Timing` says how long things take.
"""

from __future__ import annotations

from bot.delivery.engine import Engine
from bot.delivery.line import Line
from bot.delivery.timing import Timing

__all__ = ["Engine", "Line", "Timing"]
