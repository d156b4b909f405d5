"""The end of a benchmark that runs as a process of its own: `python -m bench.child KIND BASE`.

Points discord.py at the bench server, then starts one of the bots; the product's own code is not touched.
Nothing is imported that the bot itself does not need: this process is what is measured.
"""

from __future__ import annotations

import sys


def point_at(base: str) -> None:
    """Let discord.py in this process speak with `base` (`http://127.0.0.1:PORT/api/v10`) in place of Discord."""
    import yarl  # noqa: PLC0415
    from discord.gateway import DiscordWebSocket  # noqa: PLC0415
    from discord.http import Route  # noqa: PLC0415

    Route.BASE = base
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base.replace("http", "ws", 1) + "/gateway")


def main(arguments: list[str]) -> int:
    """Run the bot called `bare`, `product` or `red` until it is told to stop."""
    kind, base = arguments
    point_at(base)
    if kind == "bare":
        from bench.bare import main as run  # noqa: PLC0415
    elif kind == "red":
        from bench.red import main as run  # noqa: PLC0415
    else:
        from bench.product import main as run  # noqa: PLC0415
    return run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
