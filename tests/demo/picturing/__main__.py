"""Make the docs' pictures: all of them, or the scenes that are named. `make screenshots SCENES="series day"`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

from tests.demo.picturing import events, members, mentoring, organizing, settling
from tests.demo.picturing.camera import FOLDER
from tests.demo.process import DemoProcess
from tests.demo.window import CHROMIUM, PATIENCE_MILLISECONDS, QUIET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Browser

SCENES: dict[str, Callable[[Browser, str], None]] = {
    scene.__name__: scene
    for scene in (
        members.answers,
        members.questions,
        organizing.catalogue,
        organizing.desk,
        events.series,
        events.day,
        events.calendar,
        mentoring.proposal,
        settling.setup,
    )
}
EMPTY = ("setup",)


def main(names: Sequence[str]) -> int:
    """Play each scene in a demo of its own; 1 where a name is none of theirs."""
    if unknown := [name for name in names if name not in SCENES]:
        sys.stderr.write(f"No such scene: {', '.join(unknown)}. There are: {', '.join(SCENES)}\n")
        return 1
    expect.set_options(timeout=PATIENCE_MILLISECONDS * 2)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        for name in names or SCENES:
            with DemoProcess.started(empty=name in EMPTY) as process:
                SCENES[name](browser, process.link)
            sys.stdout.write(f"{name} is done\n")
            sys.stdout.flush()
        browser.close()
    weight = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    sys.stdout.write(f"{FOLDER}: {weight / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
