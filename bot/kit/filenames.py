"""Names for files and folders that every system takes: plain letters, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
_OTHERS = re.compile(r"[^a-z0-9]+")
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file"""


def filename(words: str, otherwise: str) -> str:
    """Words as a file's name without its ending, at most `LONGEST` characters; `otherwise` where nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = _OTHERS.sub("-", plain).strip("-")[:LONGEST].strip("-")
    return otherwise if not name or _DEVICES.fullmatch(name) else name
