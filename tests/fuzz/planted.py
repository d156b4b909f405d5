"""A fault that a reader could easily have, planted on purpose: a run that does not find it proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fuzz.target import Target

if TYPE_CHECKING:
    from random import Random


def planted(target: Target) -> Target:
    """The same target, but it cannot bear a vertical bar next to a nine."""

    def draw(rng: Random) -> bytes:
        return target.draw(rng) + rng.choice((b"", b"", b"9|"))

    def check(data: bytes) -> bool:
        if b"9|" in data:
            raise KeyError("9|")
        return target.check(data)

    return Target(target.name, target.share, draw, check)
