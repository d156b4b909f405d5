"""`python at_standin.py BASE COMMAND...`: Benchmate's own command line, with Discord's address changed to BASE.

The product knows nothing of this: only discord.py's constants are set.
"""

from __future__ import annotations

import sys

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.__main__ import main

if __name__ == "__main__":
    Route.BASE = sys.argv[1]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sys.argv[1].replace("http", "ws", 1) + "/gateway")
    sys.exit(main(sys.argv[2:]))
