"""What somebody sees who says what answered a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, note, row, rows, text
from bot.kit.words import plain
from cogs.questions.service.records import post_of
from db import questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.questions import Question


def chooser(question: Question, selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Which message, which resource, or which words answer the question."""
    words = f"### What answers it?\n**{plain(question.title)}**\nChoose a message from this post, a resource, or both."
    return card(text(words), *(row(select) for select in selects), *rows(*buttons), tone=Tone.ASK)


def marked(question: Question, who_id: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """It is marked."""
    words = "### Marked as the answer\nIt stands on the card of the post, and people find it with **/find**."
    given = question.answer
    if given is not None and not given.text and given.resource_id is None:
        words += (
            "\nI cannot read what messages say here. Say in a sentence what solved it, so that the next person finds "
            "it by its words."
        )
    if given is not None and not given.asker_chose and question.asker_id not in (None, who_id):
        words += f"\n-# <@{question.asker_id}> asked, and has the last word."
    return note(words, *buttons, tone=Tone.DONE)


def taken_back(question: Question) -> ui.LayoutView:
    """It has no answer any more."""
    again = "open again" if question.state == questions.OPEN else "as it was"
    return note(f"### Done\n[{plain(question.title)}]({post_of(question)}) is {again}.", tone=Tone.DONE)
