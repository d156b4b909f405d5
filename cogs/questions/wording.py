"""A question's text as its post shows it: made harmless, and cut into parts where it is too long for one card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.kit.words import clip, plain, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.questions import Question

FIRST_PART = 2_400
"""Characters of the text in the post itself; the rest of a card's 4,000 is for the answer and what stands around it."""
OTHER_PART = 3_600
TRIED = "**What I tried**"
_LINK = re.compile(r"https?://[^\s<>()\[\]|`*~\\]{3,400}")


def paragraphs(text: str) -> str:
    """What a person wrote, line by line: markdown does nothing in it, links can be pressed."""
    return "\n".join("".join(_harmless(line)) for line in tidy(text, lines=True).splitlines())


def _harmless(line: str) -> Iterator[str]:
    end = 0
    for link in _LINK.finditer(line):
        yield _spaced(line[end : link.start()])
        yield f"<{link[0]}>"
        end = link.end()
    yield _spaced(line[end:])


def _spaced(text: str) -> str:
    """Escaped, with the spaces at its ends kept: a link stands beside it."""
    if not text.strip():
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{plain(text)}{after}"


def parts(question: Question) -> list[str]:
    """The details and what was tried, in Discord's markdown: the post's part first, then what follows below it."""
    texts = [paragraphs(question.details)]
    if question.tried:
        texts.append(f"{TRIED}\n{paragraphs(question.tried)}")
    return _cut("\n\n".join(text for text in texts if text))


def _cut(text: str) -> list[str]:
    made: list[str] = []
    while len(text) > (limit := OTHER_PART if made else FIRST_PART):
        at = max(text.rfind("\n", limit // 2, limit), text.rfind(" ", limit // 2, limit))
        at = at if at > 0 else limit
        while at > 1 and text[at - 1] == "\\":  # not between a sign and what takes away its meaning
            at -= 1
        made.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*made, text]


def excerpt(text: str, limit: int) -> str:
    """The beginning of what a person wrote, on one line, harmless."""
    return plain(text, limit)


def title_from(text: str, limit: int) -> str:
    """A title for what was written in a chat: its first sentence or line, as far as there is room."""
    lines = tidy(text, lines=True).splitlines()
    first = next((line for line in lines if line.strip()), "")
    sentence = re.match(r".{8,}?[?.!](?=\s|$)", first)
    return clip(sentence[0] if sentence else first, limit) if first else ""
