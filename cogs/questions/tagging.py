"""Which tools a question is about: what it names by word or brand, then what answered questions like it were about.

Pure rules. `cogs/questions/service/tagging.py` asks the database and calls them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.vocabulary import Vocabulary

MOST_TOOLS = 3
"""How many tools a question may carry."""


def named(vocabulary: Vocabulary, title: str, details: str = "") -> tuple[str, ...]:
    """The slugs of the tools that the text names, those of the title first, each once."""
    tools = (*vocabulary.find(title), *vocabulary.find(details))
    return tuple(dict.fromkeys(tool.slug for tool in tools))
