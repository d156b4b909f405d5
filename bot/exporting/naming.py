"""What the folder of each server is called: its name as a file's name, with its number where two are alike."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.kit.filenames import filename

if TYPE_CHECKING:
    from collections.abc import Mapping


def names_for(servers: Mapping[int, str]) -> list[str]:
    """The folders for servers (number and name), in their order; no two alike, whatever the servers are called."""
    names = {number: filename(name, f"server-{number}") for number, name in servers.items()}
    many = Counter(names.values())
    return [name if many[name] == 1 else f"{name}-{number}" for number, name in names.items()]
