"""What an organizer takes away of questions: what was asked and what answered it, each to read and all for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.filenames import filename
from bot.kit.handover import File, Handover, json_file
from bot.kit.html import is_web
from bot.kit.spreadsheets import csv_file
from bot.kit.words import counted, plain
from cogs.questions.wording import paragraphs
from db import questions, resources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from bot.kit.handover import Community
    from db.engine import AsyncConnection
    from db.questions import Question
    from db.resources import Resource

CHUNK = 500
_HEAD = ("number", "question", "tools", "asked", "state", "answered", "same as", "file", "in Discord")


async def files(connection: AsyncConnection, community: Community) -> AsyncIterator[File]:
    """Each question as a Markdown file; a table of them; all of it as JSON."""
    rows: list[Sequence[object]] = []
    described: list[dict[str, Any]] = []
    after = 0
    while found := await questions.posted(connection, community.guild_id, after, CHUNK):
        after = found[-1].question_id
        for question in found:
            resource = await _answering(connection, question)
            path = f"questions/posts/{question.question_id:05}-{filename(question.title, 'question')}.md"
            yield File(path, _to_read(question, resource, community))
            rows.append(_row(question, path, community))
            described.append(_described(question, resource))
    holds = counted(len(rows), "question")
    about = "all questions, for spreadsheets; each stands in a file of its own in questions/posts (Markdown)"
    yield File("questions/questions.csv", csv_file(_HEAD, rows), about, holds)
    yield File("questions/questions.json", json_file(described), "the same for programs, with the answers")


async def _answering(connection: AsyncConnection, question: Question) -> Resource | None:
    """The resource that answered it, if everybody may know it."""
    if question.answer is None or question.answer.resource_id is None:
        return None
    found = await resources.get(connection, question.guild_id, question.answer.resource_id)
    return found if found is not None and found.status == resources.PUBLISHED else None


def _post(question: Question) -> str:
    number = question.thread_id
    return "" if number is None else f"https://discord.com/channels/{question.guild_id}/{number}"


def _marked(question: Question) -> str:
    """The link to the message that answered it; empty where none did."""
    message = question.answer.message_id if question.answer else None
    return f"{_post(question)}/{message}" if message and question.thread_id else ""


def _row(question: Question, path: str, community: Community) -> Sequence[object]:
    return (
        question.question_id,
        question.title,
        "; ".join(question.tools),
        community.local(question.asked_at),
        question.state,
        community.local(question.answer.at) if question.answer else "",
        question.same_as_id,
        path.removeprefix("questions/"),
        _post(question),
    )


def _described(question: Question, resource: Resource | None) -> dict[str, Any]:
    answer = question.answer
    return {
        "number": question.question_id,
        "title": question.title,
        "tools": list(question.tools),
        "state": question.state,
        "asked_at": question.asked_at,
        "details": question.details,
        "tried": question.tried,
        "in_discord": _post(question),
        "same_as": question.same_as_id,
        "about_safety": question.safety,
        "checked_on": question.checked_on,
        "look_again_on": question.review_due_on,
        "answer": None
        if answer is None
        else {
            "at": answer.at,
            "text": answer.text,
            "in_discord": _marked(question),
            "resource": {"title": resource.about.title, "link": resource.about.link} if resource else None,
        },
    }


def _to_read(question: Question, resource: Resource | None, community: Community) -> bytes:
    return ("\n".join(_lines(question, resource, community)) + "\n").encode()


def _lines(question: Question, resource: Resource | None, community: Community) -> Iterator[str]:
    tools = [tool.label for slug in question.tools if (tool := community.vocabulary.get(slug)) is not None]
    yield f"# {plain(question.title)}"
    yield ""
    yield f"Asked {community.local(question.asked_at)} ({community.zone.key})" + (
        f" · {', '.join(tools)}" if tools else ""
    )
    if _post(question):
        yield ""
        yield f"In Discord, with all replies: <{_post(question)}>"
    for heading, text in (("", question.details), ("What I tried", question.tried)):
        if text.strip():
            yield from ("", f"## {heading}") if heading else ()
            yield from ("", _text(text))
    if question.same_as_id is not None:
        yield from ("", f"The same was asked in question {question.same_as_id}.")
    yield from _answer(question, resource, community)


def _answer(question: Question, resource: Resource | None, community: Community) -> Iterator[str]:
    answer = question.answer
    if answer is None:
        return
    yield from ("", "## Answer", "")
    if answer.text.strip():
        yield from (_text(answer.text), "")
    if resource is not None:
        address = resource.about.link
        yield from (f"{plain(resource.about.title)}" + (f" <{address}>" if is_web(address) else ""), "")
    yield f"Marked as the answer {community.local(answer.at)}" + (
        f": <{_marked(question)}>" if _marked(question) else ""
    )
    if question.checked_on is not None:
        yield from ("", f"About safety or policy; last checked {question.checked_on:%Y-%m-%d}.")


def _text(text: str) -> str:
    """What a person wrote, with its lines kept as lines."""
    return paragraphs(text).replace("\n", "  \n")


HANDOVER = Handover(
    "Questions",
    files,
    (
        (
            "replies other than the answer; Benchmate keeps only what was typed into its form and what was marked as "
            "the answer. The rest stands in Discord; each question has the link."
        ),
        "who asked and who answered, and who helps with what.",
        "those whose post was deleted.",
    ),
)
