"""The card of a question that is asked in public, and what its asker is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.cards import Tone, link, note
from bot.kit.words import plain, tidy

if TYPE_CHECKING:
    from discord import ui

    from cogs.people.service.asking import Question


def asked(question: Question, asker_id: int) -> ui.LayoutView:
    """The question as everybody reads it; who is mentioned said that they may be asked."""
    if question.helper_id is not None:
        heading = (
            f"### A question for <@{question.helper_id}> 🙋\n<@{asker_id}> asks; anyone else who knows is welcome."
        )
    elif question.name:
        heading = f"### A question 🙋\n<@{asker_id}> thought of {plain(question.name)}; anyone who knows is welcome."
    else:
        heading = f"### A question 🙋\n<@{asker_id}> asks; anyone who knows is welcome."
    words = "\n".join(plain(part) for part in tidy(question.text, lines=True).splitlines())
    return note(f"{heading}\n\n{words}", tone=Tone.ASK)


def posted(question: Question, address: str) -> ui.LayoutView:
    """It is there, and who was notified."""
    if question.helper_id is not None:
        told = f"<@{question.helper_id}> was notified."
    elif question.lately:
        told = "They were asked this week already, so I did not notify them again; others can see it as well."
    else:
        told = "I notified nobody in particular; everybody in the channel can see it."
    return note(f"### Your question is out\n{told}", link("Go to it", address), tone=Tone.DONE)
