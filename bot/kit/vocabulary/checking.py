"""What makes a vocabulary sound: the rules for one term, and for the terms among each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.kit.vocabulary.words import one_word, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.kit.vocabulary.terms import Tool

MAX_LABEL = 20
"""Characters of a label: Discord's limit for the name of a forum tag."""
MAX_SCOPE = 200
"""Characters of a scope note: two lines on a card."""
MAX_NAME = 40
"""Characters of a slug or an alternative; slugs travel in the ids of buttons, which have 100."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SYMBOL = (  # Unicode's emoji-data.txt, in blocks: the standard library has no such property
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f004\U0001f0cf\U0001f170-\U0001f19a\U0001f201-\U0001f251"
    "\U0001f300-\U0001faff]"
)
_PICTURE = f"{_SYMBOL}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_EMOJI = re.compile(f"{_PICTURE}(?:\u200d{_PICTURE})*|[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3")


class VocabularyError(Exception):
    """The vocabulary cannot be used. `problems` lists all that was found, each with the file and the term."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems, in order; the message is one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def check(tools: Sequence[Tool], false_friends: Sequence[str] = ()) -> tuple[str, ...]:
    """All problems of these terms, each starting with its term ("laser-cutter: ..."); empty where they are sound.

    An empty slug, label, emoji or scope counts as missing. A term without a slug is told by its place, from 1.
    """
    return (
        *(
            f"{tool.slug.strip() or f'term {place}'}: {problem}"
            for place, tool in enumerate(tools, start=1)
            for problem in (*_missing(tool), *_of_fields(tool), *_of_names(tool))
        ),
        *_doubled_slugs(tools),
        *_doubled_names(tools, false_friends),
        *_broken_hierarchy(tools),
    )


def _missing(tool: Tool) -> Iterator[str]:
    given = {"slug": tool.slug, "label": tool.label, "emoji": tool.emoji, "scope note": tool.scope}
    return (f"the {field} is missing" for field, text in given.items() if not text.strip())


def _of_fields(tool: Tool) -> Iterator[str]:
    if tool.slug.strip() and not _SLUG.fullmatch(tool.slug):
        yield "the slug may have only a-z, 0-9 and single hyphens between them, as in laser-cutter"
    if len(tool.slug) > MAX_NAME:
        yield f"the slug has {len(tool.slug)} characters, at most {MAX_NAME} are allowed"
    if len(tool.label) > MAX_LABEL:
        yield f'the label "{tool.label}" has {len(tool.label)} characters, a forum tag takes {MAX_LABEL}'
    if tool.emoji.strip() and not _EMOJI.fullmatch(tool.emoji):
        yield f'the emoji "{tool.emoji}" is not exactly one emoji'
    if len(tool.scope) > MAX_SCOPE:
        yield f"the scope note has {len(tool.scope)} characters, at most {MAX_SCOPE} are allowed"


def _of_names(tool: Tool) -> Iterator[str]:
    for name in tool.names if tool.label.strip() else tool.alternatives:
        if not phrase(name):
            yield f'the label "{name}" has no letter or digit'
        elif name != " ".join(name.split()):
            yield f'the label "{name}" has spaces too many'
    for name in tool.alternatives:
        if len(name) > MAX_NAME:
            yield f'the alternative "{name}" has {len(name)} characters, at most {MAX_NAME} are allowed'


def _doubled_slugs(tools: Sequence[Tool]) -> Iterator[str]:
    seen: set[str] = set()
    for tool in tools:
        if tool.slug and tool.slug in seen:
            yield f"{tool.slug}: the slug is there twice"
        seen.add(tool.slug)


def _doubled_names(tools: Sequence[Tool], false_friends: Sequence[str]) -> Iterator[str]:
    """Names that a reader or `Vocabulary.find` could not tell apart.

    Within one term another spacing is allowed ("bookbinding", "book binding"); between terms it is not, because a
    text may write any name as one word.
    """
    owners: dict[str, Tool | None] = {}
    spaced: set[str] = set()
    names: list[tuple[str, Tool | None]] = [(name, None) for name in false_friends]
    names += [(name, tool) for tool in tools for name in tool.names]
    for name, tool in names:
        key = phrase(name)
        if not key:
            if tool is None:
                yield f'false_friends: "{name}" has no letter or digit'
            continue
        other = owners.setdefault(one_word(name), tool)
        if key in spaced or other is not tool:
            place = "in false_friends" if other is None else f"as a label of {other.slug}"
            yield f'{"false_friends" if tool is None else tool.slug}: "{name}" is there already, {place}'
        spaced.add(key)


def _broken_hierarchy(tools: Sequence[Tool]) -> Iterator[str]:
    broader = {tool.slug: tool.broader for tool in tools}
    settled: set[str] = set()
    for tool in tools:
        if tool.broader is not None and tool.broader not in broader:
            yield f'{tool.slug}: the broader term "{tool.broader}" does not exist'
        path: list[str] = []
        slug: str | None = tool.slug
        while slug is not None and slug in broader and slug not in settled and slug not in path:
            path.append(slug)
            slug = broader[slug]
        if slug in path:
            circle = path[path.index(slug) :]
            yield f"{slug}: the broader terms go in a circle: {' > '.join((*circle, slug))}"
        settled.update(path)
