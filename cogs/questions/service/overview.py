"""The overview: numbers about a server's questions, for its organizers, as a card and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.spreadsheets import csv_file
from cogs.questions import numbers
from cogs.questions.service.looking import zone_for
from db import questions

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.questions.numbers import Figures
    from db.engine import Database

A_YEAR = timedelta(days=365)
HEAD = ("by", "of", "asked", "answered", "median_hours_to_first_reply", "median_hours_to_answer")
"""The file's columns; "by" is all, tool or month."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A year of questions: in all, by tool (slugs) and by month; how many were spared, how many helpers there are."""

    all: Figures
    by_tool: list[tuple[str, Figures]]
    by_month: list[tuple[str, Figures]]
    spared: int
    helpers: int


class Overview:
    """Organizers' numbers; the caller has checked that one asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def numbers(self, guild_id: int) -> Numbers:
        """The last year's."""
        since = self._clock() - A_YEAR
        async with self._database.read() as connection:
            found = await questions.counted_since(connection, guild_id, since)
            spared = await questions.spared_since(connection, guild_id, since)
            helpers = await questions.helper_count(connection, guild_id)
            zone = await zone_for(connection, guild_id)
        return Numbers(numbers.figures(found), numbers.by_tool(found), numbers.by_month(found, zone), spared, helpers)

    async def file(self, guild_id: int) -> bytes:
        """The last year's as CSV; hours with one decimal, empty where nobody has replied or answered."""
        found = await self.numbers(guild_id)
        tools = [("tool", self._label(slug), figures) for slug, figures in found.by_tool]
        months = [("month", month, figures) for month, figures in found.by_month]
        rows = [("all", "the last 365 days", found.all), *tools, *months]
        return csv_file(HEAD, [(by, of, *_cells(figures)) for by, of, figures in rows])

    def _label(self, slug: str) -> str:
        tool = self._vocabulary.get(slug)
        return tool.label if tool else slug or "no tool"


def _cells(figures: Figures) -> tuple[object, ...]:
    return (figures.asked, figures.answered, _hours(figures.to_reply), _hours(figures.to_answer))


def _hours(span: timedelta | None) -> str:
    return "" if span is None else f"{span.total_seconds() / 3600:.1f}"
