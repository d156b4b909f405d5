"""Lists of questions: what waits for an answer, and answers about safety that somebody should look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, row, rows, text
from bot.kit.words import counted, plain
from cogs.questions.cards.posts import answer
from cogs.questions.service.records import post_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from discord import ui

    from bot.kit.vocabulary import Vocabulary
    from db.questions import Question
    from db.resources import Resource

PER_PAGE = 8


def unanswered(
    shown: Sequence[Question],
    total: int,
    vocabulary: Vocabulary,
    pager: Sequence[ui.Item[Any]],
    select: ui.Item[Any],
    tool: str,
) -> ui.LayoutView:
    """What waits, oldest first."""
    about = f" about {tool}" if tool else ""
    lines = []
    for question in shown:
        tools = ", ".join(f"{one.label} {one.emoji}" for slug in question.tools if (one := vocabulary.get(slug)))
        since = f"asked <t:{int(question.asked_at.timestamp())}:R>"
        replied = "somebody has replied" if question.first_reply_at else ""
        facts = " · ".join(one for one in (tools, since, replied) if one)
        lines.append(f"**[{plain(question.title)}]({post_of(question)})**\n-# {facts}")
    words = f"### {counted(total, 'question')}{about} without an answer\n-# The oldest first."
    return card(text(words), line(), text("\n".join(lines)), row(select), *rows(*pager))


def none_unanswered(tool: str, select: ui.Item[Any]) -> ui.LayoutView:
    """Nothing waits."""
    about = f" about {tool}" if tool else ""
    return card(text(f"### Every question{about} has an answer"), row(select), tone=Tone.DONE)


def to_check(
    question: Question, total: int, now: datetime, resource: Resource | None, buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """An answer about safety that somebody should look at again."""
    heading = f"### {counted(total, 'answer')} about safety or policy to look at again"
    title = f"**[{plain(question.title)}]({post_of(question)})**"
    return card(text(f"{heading}\n{title}"), line(), text(answer(question, now, resource)), *rows(*buttons))


def none_to_check() -> ui.LayoutView:
    """Nothing of it waits."""
    return note("### All answers about safety and policy have been looked at within a year", tone=Tone.DONE)
