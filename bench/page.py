"""The page of the benchmarks: one table in Markdown, what it was measured on, and where Benchmate is the slower one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.report import TIMES
from bench.spreads import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.results import Results
    from bench.spreads import Cell, Row, Spread

COLUMNS = ("What", "Against", "Ratio", "Lowest to highest", "Benchmate", "The other", "Limit", "Held", "How it grows")
QUALITY_COLUMNS = ("What", "Figure", "Limit", "Held", "On")
NONE = "–"

HEAD = """# Benchmarks

What Benchmate costs beside something that does the same and nothing else: speed, memory, and how both grow. This page
is written by the command below; nothing in it is written by hand.
"""
HOW = """## How to read it

- **Ratio** is Benchmate's figure divided by the other's, in the same process or in processes started in turns: 1.20
  means that Benchmate took 1.20 times as long, or as much memory. It is the median of {runs}; **lowest to highest** is
  how far they lay apart. Where there is nothing to set beside it, both are of the figure itself.
- Each run is a fresh process. The benchmarks take turns, round after round, so that whatever the machine does meanwhile
  meets all of them alike.
- **Benchmate** and **the other** are medians too. **Held** says whether the medians are within the limit that Benchmate
  set itself, at every size that has one.
- **How it grows** gives ratio and Benchmate's own figure at three sizes.
- Discord is a stand-in on the same machine, with 2,500 members where nothing else is said; no request leaves it. Bare
  discord.py has the same intents and, for commands, answers with the same card, byte for byte. `on_ready` comes 2 s
  after the last server in every bot of discord.py: those 2 s are in both figures.
"""
RED = """- Red-DiscordBot runs in an environment of its own, as its `redbot` command starts it, at its second start or
  later, with all intents, which it needs: so it knows every member. Only two things differ: discord.py speaks with the
  stand-in, and Red does not ask the internet for a newer Red. It does other things than Benchmate; this says what it
  costs to keep either of them running, not which is better. Red answers no command before it is ready; it was asked
  `!info`, and `!ping` where cogs are loaded. The cogs are all that come with it but audio, which needs Java.
"""
NO_RED = """- Red-DiscordBot was not measured in this run: `make bench RED=1` installs it beside (it needs Python 3.11
  or older) and sets Benchmate's memory and start-up beside it.
"""
NO_QUESTIONS = """## How well it finds

Not measured in this run: how well search and tool suggestions find what people mean needs a file of real questions
(`make bench QUESTIONS=FILE`).
"""
QUICK = """> **This was a quick run** with small sizes, to see that everything works. Its figures mean nothing, and no
> limit is judged by them.
"""


@dataclass(frozen=True)
class Asked:
    """The command that made the page."""

    command: str
    runs: int
    red: bool


def page(results: Results, asked: Asked) -> str:
    """The whole page."""
    found = rows(results.lines)
    speed = [row for row in found if not row.main.line.quality]
    quality = [row for row in found if row.main.line.quality]
    least = min((cell.measured.runs for row in speed for cell in row.cells), default=0)
    parts = [
        HEAD,
        *([QUICK] if results.quick else []),
        _made_by(results, asked),
        "## The table\n",
        markdown(COLUMNS, [_row(row, judged=not results.quick) for row in speed]),
        *_amiss(results),
        *([] if results.quick else _compared(speed)),
        HOW.format(runs="one run" if least == 1 else f"{least} runs") + (RED if asked.red else NO_RED),
        _quality(quality, judged=not results.quick) if quality else NO_QUESTIONS,
    ]
    return "\n".join(parts)


def markdown(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    told = [head, ["---"] * len(head), *body]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in told)


def _made_by(results: Results, asked: Asked) -> str:
    ended = sorted(run.ended[:16].replace("T", " ") for run in results.runs) or [NONE]
    when = ended[0] if ended[0] == ended[-1] else f"{ended[0]} to {ended[-1]}"
    minutes = sum(run.seconds for run in results.runs) / 60
    return (
        f"    {asked.command}\n\n"
        f"- Machine: {results.machine}\n"
        f"- {results.versions}\n"
        f"- Measured: {when} UTC, {minutes:.1f} minutes in all\n"
        f"- Commit: {', '.join(results.commits)}\n"
    )


def _row(row: Row, *, judged: bool) -> list[str]:
    cell = row.main
    line = cell.line
    name = row.name
    if line.size is not None:
        name += f", {line.size.number:,} {line.size.of}"
    if line.note:
        name += f" ({line.note})"
    shown = cell.ratio or cell.measured
    unit = line.pair.unit if line.pair else line.unit
    return [
        name,
        line.pair.against if line.pair else NONE,
        f"**{ratio(cell.ratio.middle)}**" if cell.ratio else NONE,
        _between(shown, "" if cell.ratio else line.unit),
        figure((cell.ours or cell.measured).middle, unit),
        figure(cell.theirs.middle, unit) if cell.theirs else NONE,
        _limit(cell),
        _held(row.held) if judged else NONE,
        _growth(row),
    ]


def _limit(cell: Cell) -> str:
    line = cell.line
    if line.limit is None:
        return NONE
    bound = "at most" if line.at_most else "at least"
    return f"{bound} {ratio(line.limit) if line.unit == TIMES else figure(line.limit, line.unit)}"


def _held(held: bool | None) -> str:
    if held is None:
        return NONE
    return "yes" if held else "**no**"


def _between(spread: Spread, unit: str) -> str:
    if not unit:
        return f"{ratio(spread.lowest)} to {ratio(spread.highest)}"
    return f"{figure(spread.lowest, '')} to {figure(spread.highest, unit)}"


def _growth(row: Row) -> str:
    """All sizes, in one cell: `100 / 300 records: 1.10 / 1.05; 3.2 / 9.1 ms`."""
    if len(row.cells) == 1:
        return NONE
    sizes = [cell.line.size for cell in row.cells if cell.line.size]
    line = row.main.line
    unit = line.pair.unit if line.pair else line.unit
    ratios = [ratio(cell.ratio.middle) for cell in row.cells if cell.ratio]
    ours = [figure((cell.ours or cell.measured).middle, "") for cell in row.cells]
    told = f"{' / '.join(f'{size.number:,}' for size in sizes)} {sizes[0].of}: "
    return told + (f"{' / '.join(ratios)}; " if ratios else "") + f"{' / '.join(ours)} {unit}"


def _compared(speed: Sequence[Row]) -> list[str]:
    """In words: where Benchmate costs more, where less, where no run can tell."""
    by = {verdict: [row for row in speed if row.verdict == verdict] for verdict in ("worse", "better", "even")}
    worse = sorted(by["worse"], key=lambda row: -_times(row))
    better = sorted(by["better"], key=lambda row: -_times(row))
    parts = ["## Where Benchmate costs more\n", _sentences(worse) or "Nowhere.\n"]
    parts += ["## Where it costs less\n", _sentences(better) or "Nowhere.\n"]
    if by["even"]:
        parts += ["## Where the runs lie on both sides\n", _sentences(by["even"])]
    missed = [
        row.name + (f" (against {row.main.line.pair.against})" if row.main.line.pair else "")
        for row in speed
        if row.held is False
    ]
    if missed:
        parts += ["## Limits that are not held\n", "".join(f"- {name}\n" for name in missed)]
    return parts


def _times(row: Row) -> float:
    """How far from even, whichever side is meant to be the smaller: 2 for twice and for half."""
    middle = row.main.ratio.middle if row.main.ratio else 1.0
    return max(middle, 1 / middle) if middle > 0 else 0.0


def _sentences(told: Sequence[Row]) -> str:
    return "".join(
        f"- {row.name}: {ratio(row.main.ratio.middle)} times {row.main.line.pair.against}\n"
        for row in told
        if row.main.ratio and row.main.line.pair
    )


def _amiss(results: Results) -> list[str]:
    if not results.failures:
        return []
    return ["## What could not be measured\n", "".join(f"- {failure}\n" for failure in results.failures)]


def _quality(quality: Sequence[Row], *, judged: bool) -> str:
    body = [
        (
            row.name,
            figure(row.main.measured.middle, row.main.line.unit),
            _limit(row.main),
            _held(row.held) if judged else NONE,
            row.main.line.note,
        )
        for row in quality
    ]
    return "## How well it finds\n\n" + markdown(QUALITY_COLUMNS, body)


def ratio(value: float) -> str:
    """Two digits behind the point; one where it is 10 or more."""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def figure(value: float, unit: str) -> str:
    """About three digits that say something, and the unit."""
    digits = next((digits for digits, least in ((0, 100), (1, 10), (2, 1)) if abs(value) >= least), 3)
    return f"{value:,.{digits}f} {unit}".rstrip()
