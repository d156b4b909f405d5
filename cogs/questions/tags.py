"""The tags of a forum post: those of its tools as the forum has them now, and the one for answered posts.

Tags belong to the server: they may have been renamed, deleted, or all twenty be used up. What is not there is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.kit.vocabulary.words import phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.kit.vocabulary import Tool, Vocabulary

TAGS_ON_A_POST = 5
"""Discord takes no more (https://docs.discord.com/developers/topics/threads#forums)."""
_ANSWERED = ("answered", "solved", "resolved")
_NEEDS_HELP = "needs help"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a forum, by Discord's number."""

    number: int
    name: str


def answered_tag(tags: Sequence[Tag], known: int | None) -> int | None:
    """The tag for answered posts: the one known from before whatever its name is now, else one of that name."""
    if any(tag.number == known for tag in tags):
        return known
    names = {phrase(tag.name): tag.number for tag in reversed(tags)}
    return next((names[word] for word in _ANSWERED if word in names), None)


def wanted(
    tags: Sequence[Tag],
    on_post: Sequence[int],
    tools: Sequence[str],
    vocabulary: Vocabulary,
    *,
    answered: int | None,
    is_answered: bool,
    required: bool,
) -> tuple[int, ...]:
    """The tags that a post should have, five at most, the one for answered posts first.

    Tags on it that stand for no tool were put there by a person, and stay. A tool that has no tag of its own gets its
    broader term's. `required` says that the forum takes no post without a tag: then it gets one that fits any post.
    """
    by_tool = _by_tool(tags, vocabulary)
    numbers, of_tools = {tag.number for tag in tags}, set(by_tool.values())
    there = [_tag_of(tool, by_tool, vocabulary) for tool in tools]
    others = [number for number in on_post if number in numbers and number not in of_tools and number != answered]
    first = [answered] if is_answered and answered is not None else []
    chosen = list(dict.fromkeys([*first, *(number for number in there if number), *others]))[:TAGS_ON_A_POST]
    if required and not chosen:
        fits = [tag.number for tag in tags if phrase(tag.name) == _NEEDS_HELP]
        chosen = [*fits, *(tag.number for tag in tags if tag.number != answered)][:1]
    return tuple(chosen)


@lru_cache(maxsize=1_024)  # each change of a post asks for all tags of its forum
def _tool_of(name: str, vocabulary: Vocabulary) -> Tool | None:
    """The tool that is called just so, or None: "Our laser challenge" is no tool."""
    for tool in vocabulary.find(name):
        if phrase(name) in map(phrase, tool.names):
            return tool
    return None


def _by_tool(tags: Sequence[Tag], vocabulary: Vocabulary) -> dict[str, int]:
    return {tool.slug: tag.number for tag in reversed(tags) if (tool := _tool_of(tag.name, vocabulary))}


def _tag_of(slug: str, by_tool: dict[str, int], vocabulary: Vocabulary) -> int | None:
    """The tag of a tool, else of its broader term."""
    tool = vocabulary.get(slug)
    while tool is not None and tool.slug not in by_tool:
        tool = vocabulary.get(tool.broader or "")
    return None if tool is None else by_tool[tool.slug]


def tools_of(names: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The tools that a post's tags stand for, in their order."""
    found = (_tool_of(name, vocabulary) for name in names)
    return tuple(dict.fromkeys(tool.slug for tool in found if tool is not None))


def tools_after(
    tags: Sequence[Tag], removed: Collection[int], added: Collection[int], tools: Sequence[str], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """What a question is about after somebody took tags from its post and put others there.

    A tool goes with its tag, and comes with it unless one of the question's tools stands behind that tag already. So
    what the bot itself does to the tags changes nothing.
    """
    by_tool = _by_tool(tags, vocabulary)
    kept = [tool for tool in tools if _tag_of(tool, by_tool, vocabulary) not in removed]
    behind = {_tag_of(tool, by_tool, vocabulary) for tool in kept}
    fresh = [slug for slug, number in by_tool.items() if number in added and number not in behind]
    return (*kept, *fresh)
