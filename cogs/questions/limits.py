"""How long things may be, and how long things take."""

from __future__ import annotations

from datetime import timedelta

LONGEST_TITLE = 100
"""A forum post's title takes no more (https://docs.discord.com/developers/resources/channel#channel-object)."""
LONGEST_DETAILS = 4_000
LONGEST_TRIED = 1_000
LONGEST_ANSWER = 2_000
"""Characters of an answer that are kept and can be searched."""
LARGEST_PICTURE = 8 * 1024 * 1024
"""Bytes; Discord takes 10 MiB, and encoding adds to it."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
QUIET = timedelta(days=7)
"""So long after the last word an answered post is put away."""
A_MOMENT = timedelta(seconds=10)
"""A post written by hand gets its card after that: Discord takes none before the post's own first message."""
CHECK_EVERY_DAYS = 365
"""An answer about safety, liability or policy is looked at again after that."""
