"""The terms and what can be asked of them: which tools a text names, how to widen a query, how to complete a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.vocabulary.words import fold, one_word, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_PHRASES = 8
"""The most phrases that `Vocabulary.widen` adds to a query."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One term. `broader` is the slug of its broader term; `alternatives` are other names, spellings and brands."""

    slug: str
    label: str
    emoji: str
    broader: str | None
    alternatives: tuple[str, ...]
    scope: str

    @property
    def names(self) -> tuple[str, ...]:
        """The preferred label, then the alternatives."""
        return (self.label, *self.alternatives)


class Vocabulary:
    """A checked set of terms, ready for look-ups. It never changes, so one serves the whole process."""

    def __init__(self, tools: Iterable[Tool], false_friends: Iterable[str] = ()) -> None:
        """Build the look-ups. The terms must have passed `check`; `false_friends` are phrases that name no tool."""
        self.tools: tuple[Tool, ...] = tuple(tools)
        self._by_slug = {tool.slug: tool for tool in self.tools}
        owners: list[tuple[str, Tool | None]] = [(words, None) for words in false_friends]
        owners += [(name, tool) for tool in self.tools for name in tool.names]
        self._by_phrase = {write(name): tool for name, tool in owners for write in (one_word, phrase)}
        self._openings = {opening for spaced in self._by_phrase for opening in _openings(spaced)}
        self._typed = tuple(
            (tool, tuple(dict.fromkeys(_typed(name) for name in (*tool.names, tool.slug)))) for tool in self.tools
        )

    def get(self, slug: str) -> Tool | None:
        """The term with exactly this slug, or None."""
        return self._by_slug.get(slug)

    def find(self, text: str) -> tuple[Tool, ...]:
        """The tools that a text names by label, alternative or their plural, each once, in order of appearance.

        Whole words only; of two names that begin at the same word the longer wins, and its words are not looked at
        again. Any text is allowed; the time is linear in its length.
        """
        return tuple(dict.fromkeys(tool for tool in self._named(fold(text)) if tool is not None))

    def widen(self, text: str) -> tuple[str, ...]:
        """Extra phrases to search for beside the text's own words, at most `MAX_PHRASES`.

        The labels of the tools that the text names, then the labels of their narrower tools. A label is left out
        where the text already has all its words. All in lower case.
        """
        words = fold(text)
        named = tuple(dict.fromkeys(tool for tool in self._named(words) if tool is not None))
        narrower = (below for tool in named for below in self.narrower(tool.slug))
        there = set(words)
        labels = (tool.label.casefold() for tool in (*named, *narrower) if not there.issuperset(fold(tool.label)))
        return tuple(dict.fromkeys(labels))[:MAX_PHRASES]

    def complete(self, prefix: str) -> tuple[Tool, ...]:
        """The tools for what somebody has typed so far, the best first; all of them in file order for a blank.

        A label that starts with it comes first, then an alternative or slug that does, a later word of the label, of
        an alternative, a name that merely contains it, and last a tool that it names in a longer wording.
        """
        if not prefix.strip():
            return self.tools
        typed = _typed(prefix)
        if not typed:
            return ()
        ranked = [(rank, tool) for tool, names in self._typed if (rank := _rank(typed, names)) is not None]
        ranked.sort(key=lambda pair: pair[0])  # a stable sort: equals stay in file order
        return tuple(dict.fromkeys((*(tool for _, tool in ranked), *self.find(prefix))))

    def narrower(self, slug: str) -> tuple[Tool, ...]:
        """All terms below this one, level by level, in file order; none for a slug that is not known."""
        below: dict[str, Tool] = {}
        level = {slug}
        while level:
            found = {tool.slug: tool for tool in self.tools if tool.broader in level and tool.slug not in below}
            below.update(found)
            level = set(found)
        return tuple(below.values())

    def _named(self, words: list[str]) -> Iterator[Tool | None]:
        """Each longest known phrase from left to right: its tool, or None for a false friend."""
        start = 0
        while start < len(words):
            end, following = start, start + 1
            candidate = words[start]
            owner: Tool | None = None
            while candidate in self._openings:
                if candidate in self._by_phrase:
                    owner, end = self._by_phrase[candidate], following
                if following == len(words):
                    break
                candidate = f"{candidate} {words[following]}"
                following += 1
            if end > start:
                yield owner
            start = max(end, start + 1)


def _openings(spaced: str) -> Iterator[str]:
    """A phrase's beginnings up to each word: "meta", "meta quest"."""
    words = spaced.split(" ")
    return (" ".join(words[:count]) for count in range(1, len(words) + 1))


def _typed(name: str) -> str:
    """A name as it is compared while somebody still types: folded, but a trailing "s" may be half a word."""
    return " ".join(word for word in fold(name, plurals=True) if word)


def _rank(typed: str, names: tuple[str, ...]) -> int | None:
    """How well what was typed fits a tool's names, label first: 0 is best, None is not at all."""
    joined = typed.replace(" ", "")
    ranks = []
    for place, name in enumerate(names):
        behind_label = min(place, 1)
        if name.startswith(typed) or name.replace(" ", "").startswith(joined):
            ranks.append(behind_label)
        elif f" {typed}" in name:
            ranks.append(2 + behind_label)
        elif typed in name:
            ranks.append(4)
    return min(ranks, default=None)
