"""The cards in the forum: a question's post, the quiet card below one written by hand, thanks, and links back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.cards import Tone, card, line, note, rows, text
from bot.kit.words import clip, plain
from cogs.questions.cards.asking import entry
from cogs.questions.service.records import day_of, link_of
from cogs.questions.wording import paragraphs, parts
from db import questions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.kit.vocabulary import Vocabulary
    from db.questions import Question
    from db.resources import Resource
    from db.search import Hit

_ANSWER_SHOWN = 900
_HOW = (
    "-# Did a message here solve it? Press **Mark as answer**; or hold the message (on a computer: right-click it), "
    "then Apps, **Mark as answer**."
)


def post(
    question: Question,
    vocabulary: Vocabulary,
    now: datetime,
    buttons: Sequence[ui.Item[Any]],
    *,
    resource: Resource | None = None,
    picture: tuple[str, str] | None = None,
    target: Question | None = None,
) -> ui.LayoutView:
    """A question that was asked with the bot, the answer on top. `picture` is its file's name and what it shows.

    `target` is the question it leads to, where it is the same.
    """
    shown: list[ui.Item[Any]] = [] if target is None else [text(leads_to(target, now)), line()]
    if question.answer is not None:
        shown += [text(answer(question, now, resource)), line()]
    first = parts(question)[0]
    if first:
        shown.append(text(first))
    if picture is not None:
        gallery: ui.MediaGallery[Any] = ui.MediaGallery()
        gallery.add_item(media=f"attachment://{picture[0]}", description=picture[1] or None)
        shown.append(gallery)
    shown.append(text(_about(question, vocabulary)))
    if question.answer is None and target is None:
        shown.append(text(_HOW))
    return card(*shown, *rows(*buttons), tone=_tone(question))


def by_hand(
    question: Question,
    vocabulary: Vocabulary,
    now: datetime,
    buttons: Sequence[ui.Item[Any]],
    *,
    resource: Resource | None = None,
    hits: Sequence[Hit] = (),
    target: Question | None = None,
) -> ui.LayoutView:
    """The quiet card below a post that was written by hand; `target` is the question it leads to, if it is the same."""
    if target is not None:
        return card(text(leads_to(target, now)), *rows(*buttons), tone=_tone(target))
    shown: list[ui.Item[Any]] = []
    if question.answer is not None:
        shown.append(text(answer(question, now, resource)))
    elif hits:
        listed = "\n".join(entry(hit) for hit in hits)
        shown.append(text(f"**This may help already**\n{listed}"))
    named = _tools(question, vocabulary)
    about = f"-# I filed this under {named}. Not right? Press **Change tools**." if named else ""
    about = about or "-# Which tool is it about? Press **Change tools**, so that the right people see it."
    shown.append(text(about if question.answer is not None else f"{about}\n{_HOW}"))
    return card(*shown, *rows(*buttons), tone=_tone(question))


def leads_to(target: Question, now: datetime) -> str:
    """The question that another one is the same as, with its answer as soon as there is one."""
    words = f"The same question as **[{plain(target.title)}]({link_of(target.guild_id, target.thread_id or 0)})**"
    return f"{words}\n{answer(target, now, None)}" if target.state == questions.ANSWERED else words


def answer(question: Question, now: datetime, resource: Resource | None) -> str:
    """What answered a question, where it was said and by whom; for one about safety, when that was last checked."""
    given = question.answer
    if given is None:
        return ""
    open_again = question.state != questions.ANSWERED
    lines = ["### Open again. The answer so far" if open_again else "### Answer ✅"]
    if given.text:
        lines.append(clip(paragraphs(given.text), _ANSWER_SHOWN))
    if resource is not None:
        lines.append(f"**[{plain(resource.about.title, 120)}]({resource.about.link})** 📄")
    by = f"<@{given.author_id}>" if given.author_id and given.author_id != question.asker_id else ""
    place = ""
    if given.message_id is not None:
        place = f"[Go to the message]({link_of(question.guild_id, question.thread_id or 0, given.message_id)})"
    credit = [f"From {by}, thank you!" if by else "", place]
    lines.append("-# " + " · ".join(one for one in credit if one) if any(credit) else "")
    lines.append(_checked(question, now))
    return "\n".join(one for one in lines if one)


def _checked(question: Question, now: datetime) -> str:
    day, due = question.checked_on, question.review_due_on
    if not question.safety or day is None:
        return ""
    said = f"{day:%B} {day.day}, {day.year}"
    if due is not None and due <= day_of(now):
        months = (now.date() - day).days // 30
        age = f"{months} months" if months < 24 else f"{months // 12} years"  # noqa: PLR2004 - then one counts years
        return f"**This is {age} old.** It was last checked on {said}; rules may have changed since, so please ask. ⚠️"
    return f"-# Checked on {said}"


def _about(question: Question, vocabulary: Vocabulary) -> str:
    by = f"Asked by <@{question.asker_id}>" if question.asker_id else "Asked by somebody who has left"
    said = [by, _tools(question, vocabulary)]
    if question.from_channel_id and question.from_message_id:
        before = link_of(question.guild_id, question.from_channel_id, question.from_message_id)
        said.append(f"[Asked first here]({before})")
    return "-# " + " · ".join(one for one in said if one)


def _tools(question: Question, vocabulary: Vocabulary) -> str:
    return ", ".join(f"{tool.label} {tool.emoji}" for slug in question.tools if (tool := vocabulary.get(slug)))


def _tone(question: Question) -> Tone:
    return Tone.DONE if question.state == questions.ANSWERED else Tone.PLAIN


def rest(words: str) -> ui.LayoutView:
    """What of a long question did not fit into its post."""
    return note(f"-# The question goes on:\n{words}")


def thanks(question: Question) -> ui.LayoutView | None:
    """Thanks to who answered; None where there is nobody to thank any more."""
    given = question.answer
    if given is None or given.author_id is None or given.message_id is None:
        return None
    place = link_of(question.guild_id, question.thread_id or 0, given.message_id)
    return note(
        f"Thank you, <@{given.author_id}>! [Your answer]({place}) is marked as the one that solved this. "
        "The next person who looks for it will find it.",
        tone=Tone.DONE,
    )


def link_back(question: Question) -> ui.LayoutView:
    """Where a question was asked in a chat: it goes on in the forum."""
    place = f"<#{question.thread_id}>"
    by = f"<@{question.asker_id}>’s question" if question.asker_id else "This question"
    return note(f"{by} “{plain(question.title)}” goes on in {place}, so that the answer is found again.")


def stamped(when: datetime) -> str:
    """A moment as everyone reads it in their own zone."""
    return discord.utils.format_dt(when, "R")
