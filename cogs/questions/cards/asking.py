"""What a member sees while they ask: the preview with what exists already, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, row, rows, text
from bot.kit.words import clip, plain
from cogs.questions.wording import TRIED, paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from discord import ui

    from db.search import Hit

_DETAILS_SHOWN = 700
_TRIED_SHOWN = 250
_TITLE_SHOWN = 90
_SUMMARY_SHOWN = 110


def preview(
    answers: Mapping[str, Any], hits: Sequence[Hit], selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """A question before it is posted: as it will read, its tools to correct, and what may answer it already."""
    parts: list[ui.Item[Any]] = [text(f"### Your question, before it is posted\n{_shown(answers)}")]
    parts += [row(select) for select in selects]
    if hits:
        listed = "\n".join(entry(hit) for hit in hits)
        parts += [line(), text(f"**Does one of these help?**\n{listed}")]
    return card(*parts, line(), *rows(*buttons), tone=Tone.ASK)


def _shown(answers: Mapping[str, Any]) -> str:
    title = plain(answers["title"]) or "_no title yet_"
    lines = [f"**{title}**"]
    if answers.get("asker_name"):
        lines.append(f"-# Asked by {plain(answers['asker_name'])}")
    if answers["details"]:
        lines.append(clip(paragraphs(answers["details"]), _DETAILS_SHOWN))
    if answers["tried"]:
        lines.append(clip(f"{TRIED}\n{paragraphs(answers['tried'])}", _TRIED_SHOWN))
    if answers.get("picture"):
        about = plain(answers.get("picture_about") or "")
        lines.append(f"-# A picture comes along{': ' + about if about else '.'} 🖼️")
    lines.append("-# I guessed the tools; change below what is not right." if not answers.get("chosen") else "")
    return "\n".join(one for one in lines if one)


def entry(hit: Hit) -> str:
    """One thing that may help: its title as a link, and the beginning of what it says."""
    record = hit.record
    title = plain(record.title, _TITLE_SHOWN)
    emoji = "✅" if record.room == "questions" else "📄"
    said = f"\n-# {plain(record.summary, _SUMMARY_SHOWN)}" if record.summary else ""
    return f"- [{title}]({record.link}) {emoji}{said}" if record.link else f"- {title} {emoji}{said}"


def posted(forum_id: int) -> ui.LayoutView:
    """The question is on its way."""
    return note(
        f"### Thank you, your question goes into <#{forum_id}>\nI mention you in its post, so that you hear of "
        "answers. When one of them solves it, mark it there: the next person will find it.",
        tone=Tone.DONE,
    )


def spared(items: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Something that was there already helped."""
    words = "### Good to hear\nNothing was posted, and what you typed is thrown away."
    if not items:
        return note(words, tone=Tone.DONE)
    return card(text(f"{words} If you like, say which one it was."), *(row(item) for item in items), tone=Tone.DONE)
