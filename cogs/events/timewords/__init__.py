"""What people write for a time ("first Tuesday 3pm", "12 March 15:00"), understood in the server's zone.

A grammar of its own: patterns.py finds what each piece says, days.py and clocks.py work out what it comes to,
repeats.py the rule, reading.py puts it together, and wording.py says it back in words that are understood again as the
same.
"""

from __future__ import annotations

from cogs.events.timewords.reading import LONGEST, understand
from cogs.events.timewords.said import EXAMPLES, Doubt, Question, Understood
from cogs.events.timewords.wording import one_time, read_back

__all__ = ["EXAMPLES", "LONGEST", "Doubt", "Question", "Understood", "one_time", "read_back", "understand"]
