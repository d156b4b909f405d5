"""What a benchmark hands back: figures, most of them beside another's, in the process that measured them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bench.processes import BotFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TIMES = "times"

T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """What the person who runs the benchmarks asked for, and where one process finds what another made.

    `scratch` is a folder that lasts for the whole command: what is costly to fill is filled there once. `questions` is
    a file of JSON lines, or None. `quick` asks for small sizes, to see that everything works. `red` is the Python of an
    environment with Red-DiscordBot, or None.
    """

    scratch: Path
    questions: Path | None = None
    quick: bool = False
    red: Path | None = None

    def of(self, full: T, quick: T) -> T:
        """`full`, or `quick` where that was asked for."""
        return quick if self.quick else full


@dataclass(frozen=True)
class Pair:
    """The same thing done by Benchmate and by another, in one process; both in `unit`."""

    ours: float
    theirs: float
    unit: str
    against: str

    @property
    def ratio(self) -> float:
        """How many times as much as the other's."""
        return self.ours / self.theirs


@dataclass(frozen=True)
class Size:
    """How much there was of what the cost may grow with: 10,000 `records`. `main` is the size that has the limits."""

    number: int
    of: str
    main: bool = True


@dataclass(frozen=True)
class Line:
    """One figure; without a `limit` it is told for information.

    `measured` is what the limit is about: a ratio where `unit` is "times". Lines of one name are one row of the table,
    whatever their size. `quality` marks what says how well, not how quickly.
    """

    name: str
    measured: float
    unit: str = ""
    limit: float | None = None
    at_most: bool = True
    note: str = ""
    pair: Pair | None = None
    size: Size | None = None
    quality: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Line:
        """The line that `as_json` was made of."""
        pair, size = values["pair"], values["size"]
        return Line(
            **{**values, "pair": Pair(**pair) if pair else None, "size": Size(**size) if size else None},
        )


def compared(
    name: str, pair: Pair, most: float | None = None, *, size: Size | None = None, note: str = "", at_most: bool = True
) -> Line:
    """A line whose figure is the ratio. Raises BotFailed where the other side has no figure to divide by."""
    if pair.theirs <= 0:
        raise BotFailed(f"{name}: {pair.against} came to {pair.theirs} {pair.unit}.")
    return Line(name, pair.ratio, TIMES, most, at_most, note, pair, size)


class Benchmark(Protocol):
    """A module of this package that can be run."""

    NAME: str

    def run(self, options: Options) -> list[Line]:
        """Measure once, and hand back the figures."""
