"""The organizers' numbers as a card. What is nothing is left out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit.cards import card, line, row, rows, text
from bot.kit.words import counted
from cogs.questions.numbers import waited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.vocabulary import Vocabulary
    from cogs.questions.numbers import Figures
    from cogs.questions.service.overview import Numbers

TOOLS_SHOWN, MONTHS_SHOWN = 8, 6
FILE = "questions.csv"


def overview(
    found: Numbers, vocabulary: Vocabulary, select: ui.Item[Any], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """A year in numbers."""
    lines = ["### Questions of the last 12 months 📊", said(found.all)]
    if found.all.to_reply is not None:
        lines.append("-# Times are medians: half of the questions had to wait less.")
    if found.spared:
        lines.append(f"{counted(found.spared, 'question')} found an answer before being posted")
    if found.helpers:
        lines.append(f"{counted(found.helpers, 'helper')} may be asked")
    tools = "\n".join(f"{_label(slug, vocabulary)}: {said(one)}" for slug, one in found.by_tool[:TOOLS_SHOWN])
    months = "\n".join(f"{_month(month)}: {said(one)}" for month, one in found.by_month[:MONTHS_SHOWN])
    parts = [text("\n".join(lines)), line(), text(f"**By tool**\n{tools}"), line(), text(f"**By month**\n{months}")]
    return card(*parts, row(select), *rows(*buttons))


def nothing_yet(select: ui.Item[Any]) -> ui.LayoutView:
    """Nothing was asked."""
    words = "### No questions yet 📊\nAs soon as somebody asks, you see here how quickly people get an answer."
    return card(text(words), row(select))


def said(figures: Figures) -> str:
    """Figures in a line."""
    parts = [f"{figures.asked:,} asked"]
    if figures.answered:
        parts.append(f"{figures.answered:,} answered")
    if figures.to_reply is not None:
        parts.append(f"a reply within {waited(figures.to_reply)}")
    if figures.to_answer is not None:
        parts.append(f"the answer within {waited(figures.to_answer)}")
    return " · ".join(parts)


def file_note() -> ui.LayoutView:
    """What comes with the file."""
    words = (
        "### The numbers as a file\nAll tools and months of the last 12 months; the times are medians, in hours. It "
        "opens in any spreadsheet."
    )
    return card(text(words), ui.File(f"attachment://{FILE}"))


def _label(slug: str, vocabulary: Vocabulary) -> str:
    tool = vocabulary.get(slug)
    return f"{tool.label} {tool.emoji}" if tool else "Without a tool"


def _month(month: str) -> str:
    year, _, number = month.partition("-")
    return f"{date(int(year), int(number), 1):%B %Y}"
