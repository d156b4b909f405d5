"""Red-DiscordBot as it runs for a caretaker: `redbot INSTANCE`, with a word to whoever measures it once it is ready.

It runs in an environment of its own, with its own pinned libraries (`make bench RED=1` makes it). Two things differ
from how it ships: discord.py speaks with the bench server, and Red does not ask on the internet whether there is a
newer Red, which it does when it is ready. RED_COGS names the cogs it loads; without any it has its core alone, as when
it is new.
https://docs.discord.red/en/stable/
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

INSTANCE = "bench"
COGS = (
    *("admin", "alias", "cleanup", "customcom", "downloader", "economy", "filter", "general", "image", "mod", "modlog"),
    *("mutes", "permissions", "reports", "streams", "trivia", "warnings"),
)
"""All that come with Red 3.5 but audio, which starts a Java server."""


def known(home: Path) -> bool:
    """Whether Red has been started there."""
    return (home / "data").exists()


def instance(home: Path) -> dict[str, str]:
    """Write down an instance of Red below `home`, as redbot-setup does; the environment in which Red finds it."""
    config, data = home / "config", home / "data"
    (config / "Red-DiscordBot").mkdir(parents=True, exist_ok=True)
    data.mkdir(exist_ok=True)
    basics = {
        "DATA_PATH": str(data),
        "COG_PATH_APPEND": "cogs",
        "CORE_PATH_APPEND": "core",
        "STORAGE_TYPE": "JSON",
        "STORAGE_DETAILS": {},
    }
    file = config / "Red-DiscordBot" / "config.json"
    file.write_text(json.dumps({INSTANCE: basics}), encoding="utf-8")
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(config), "XDG_DATA_HOME": str(home / "share")}


async def nothing_newer() -> tuple[None, None]:
    """What Red hears in place of the internet's answer: no newer version, no Python that it needs."""
    return None, None


def main() -> int:
    """Run until stopped; the exit code is Red's. Only Red's own environment has what is imported here."""
    cogs = os.environ.get("RED_COGS", "").split()
    sys.argv = [
        *("redbot", INSTANCE, "--no-prompt", "--prefix", "!", "--token", os.environ["DISCORD_TOKEN"]),
        *(("--load-cogs", *cogs) if cogs else ()),
    ]
    import_module("redbot")._early_init()  # before anything else, as its own command does
    red: Any = import_module("redbot.__main__")
    events: Any = import_module("redbot.core._events")
    events.fetch_latest_red_version_info = nothing_newer

    class Measured(red.Red):  # type: ignore[misc]
        """Red; what is added comes after its own work."""

        def __init__(self, *given: Any, **options: Any) -> None:
            super().__init__(*given, **options)
            self.add_listener(self.say_so, "on_ready")

        async def say_so(self) -> None:
            """Tell whoever started this process that Red itself says it is ready."""
            await self.wait_until_red_ready()
            print("ready", flush=True)

    red.Red = Measured
    red.main()
    return 0
