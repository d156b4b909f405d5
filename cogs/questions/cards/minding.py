"""What organizers are told about questions without an answer, and what askers are asked when it has grown quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, link, note, rows, text
from bot.kit.words import counted, plain
from cogs.questions.service.records import post_of
from db import questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.kit.vocabulary import Vocabulary
    from cogs.questions.service.minding import Waits
    from db.questions import Question

SHOWN = 8
"""Questions on one note; of more it says how many."""


def _facts(question: Question, vocabulary: Vocabulary) -> str:
    tools = ", ".join(f"{tool.label} {tool.emoji}" for slug in question.tools if (tool := vocabulary.get(slug)))
    replied = "somebody has replied" if question.first_reply_at else ""
    return " · ".join(one for one in (tools, f"asked <t:{int(question.asked_at.timestamp())}:R>", replied) if one)


def for_desk(waits: Waits, vocabulary: Vocabulary, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """One question that waits."""
    question = waits.question
    helpers = sum(one.outcome in (questions.ASKED, questions.NOT_NOW, questions.PASSED) for one in waits.asked)
    asked = f"I have asked {counted(helpers, 'helper')}." if helpers else "I found nobody to ask about it."
    words = (
        f"### This question waits for an answer ⏳\n**[{plain(question.title)}]({post_of(question)})**\n"
        f"-# {_facts(question, vocabulary)}"
    )
    why = f"-# {asked} Do you know somebody who can help? I tell you about each question once."
    return card(text(words), text(why), *rows(link("Go to the question", post_of(question)), *buttons), tone=Tone.ASK)


def list_for_desk(
    waiting: Sequence[Question], vocabulary: Vocabulary, buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """Several questions that wait, gathered in one note."""
    entries = [
        f"**[{plain(question.title)}]({post_of(question)})**\n-# {_facts(question, vocabulary)}"
        for question in waiting[:SHOWN]
    ]
    more = f"\nand {len(waiting) - SHOWN} more" if len(waiting) > SHOWN else ""
    some = "A question waits" if len(waiting) == 1 else f"{len(waiting)} questions wait"
    words = f"### {some} for an answer ⏳"
    why = "-# I gather such questions so that they do not disturb you one by one, and tell you about each once."
    return card(text(words), line(), text("\n".join(entries) + more), text(why), *rows(*buttons), tone=Tone.ASK)


def solved(question: Question, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Whether a reply has solved it."""
    words = (
        f"### Did this solve it, <@{question.asker_id}>?\n"
        "Somebody replied, and it has been quiet for three days. If you say what solved it, the next person finds it.\n"
        "-# I ask once; nothing is closed without you."
    )
    return note(words, *buttons, tone=Tone.ASK)


def not_yet() -> ui.LayoutView:
    """It is not solved."""
    return note(
        "Not solved yet, says who asked. The question stays open, and I look for somebody else who can help.",
        tone=Tone.PLAIN,
    )
