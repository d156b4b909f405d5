"""How much is kept of what is said about a resource, whether it is typed or comes from a file; in characters."""

from __future__ import annotations

LONGEST_TITLE = 150
LONGEST_TEXT = 600
LONGEST_DETAIL = 100
LONGEST_LANGUAGE = 35
LONGEST_TOPIC = 40
TOPICS_AT_MOST = 8
OLDEST_YEAR = 1450
