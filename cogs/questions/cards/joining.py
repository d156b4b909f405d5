"""Questions that are the same: choosing the other one, and what is said in both posts."""

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


def linked(question: Question) -> str:
    """A question as a link."""
    return f"[{plain(question.title)}]({post_of(question)})"


def chooser(question: Question, select: ui.Item[Any] | None, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Which other question it is the same as."""
    heading = f"### Which question is the same as “{plain(question.title)}”?"
    words = f"{heading}\nBoth will lead to the answer; nothing is deleted."
    if select is None:
        words += "\nI found none with the same words. You can give me the link of a post."
    return card(text(words), *([row(select)] if select else []), *rows(*buttons), tone=Tone.ASK)


def joined(question: Question, target: Question, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """They are joined."""
    return note(f"### Joined\n{linked(question)} leads to {linked(target)} now.", *buttons, tone=Tone.DONE)


def apart(question: Question) -> ui.LayoutView:
    """They stand by themselves again."""
    return note(f"### Taken apart\n{linked(question)} is a question of its own again.", tone=Tone.DONE)


def leads_to(question: Question, target: Question) -> ui.LayoutView:
    """In the post that leads to another one: where it goes on, and that there is an answer as soon as there is one.

    The answer itself stands on the post's card, which is edited when it changes; a message like this one is not.
    """
    who = f"<@{question.asker_id}>, this" if question.asker_id else "This"
    same = f"{who} is the same question as {linked(target)}"
    if target.state == questions.ANSWERED:
        return note(f"{same}, which has an answer. Open it to read it.", tone=Tone.DONE)
    return note(f"{same}. It goes on there; when it is answered, I say so here.")


def led_here(question: Question) -> ui.LayoutView:
    """In the post that another one leads to."""
    by = f"<@{question.asker_id}> asked" if question.asker_id else "Somebody asked"
    return note(f"-# {by} the same: {linked(question)}. Both lead to the answer here. 🔗")
