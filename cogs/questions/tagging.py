"""Which tools a question is about: those it names by word or brand, then what answered questions like it were about.

Pure rules; `service/tagging.py` fetches what was learned. The rule is complement naive Bayes (Rennie, Shih, Teevan,
Karger: Tackling the Poor Assumptions of Naive Bayes Text Classifiers, ICML 2003): a word speaks for a tool by how rare
it is in the answered questions about all other tools, which bears tools that were asked about very unequally often. A
tool that nothing was learned about stands at 0, so that one that the text names still comes before it.

The constants were chosen by cross-validation on one half of a file of questions; `bench.tagging` measures the other.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from bot.kit.vocabulary.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.kit.vocabulary import Vocabulary
    from db.questions.learning import Learned

MOST_TOOLS = 3
"""How many tools a question may carry."""
LONGEST_TEXT = 5_000
"""Characters that are read."""
LONGEST_TRAIT = 40
"""Characters of a trait; longer words are no words."""

SCALE = 100
"""Weights are kept as whole hundredths, so that what is unlearned leaves nothing behind."""

_IN_TITLE, _NAMES = "title:", "tool:"  # no word holds a colon
_NAMED_COUNTS = 10  # what a tool that is named counts as a trait, beside 1 for a word
_BY_TITLE, _BY_DETAILS = 4.0, 1.5  # what a name counts without having been learned
_LATER_NAMES = 0.9  # of the one before
_UNSURE_BELOW = 50  # learned from as many questions, what was learned counts half
_WORDS_PER_ROOT = 40  # Heaps' law: so many different words are in a text, times the root of its length


def named(vocabulary: Vocabulary, title: str, details: str = "") -> tuple[str, ...]:
    """The slugs of the tools that the text names, those of the title first, each once."""
    tools = (*vocabulary.find(title), *vocabulary.find(details[:LONGEST_TEXT]))
    return tuple(dict.fromkeys(tool.slug for tool in tools))


def traits(vocabulary: Vocabulary, title: str, details: str = "") -> dict[str, int]:
    """What a text is compared by: its words, those of the title once more by themselves, the tools it names.

    Each with its weight, in hundredths: the logarithm of how often it is there, so that no word shouts.
    """
    heading, rest = _words(title), _words(details[:LONGEST_TEXT])
    counts = Counter([*heading, *rest, *(_IN_TITLE + word for word in heading)])
    counts.update({_NAMES + slug: _NAMED_COUNTS for slug in named(vocabulary, title, details)})
    return {trait: round(SCALE * math.log1p(many)) for trait, many in counts.items() if len(trait) <= LONGEST_TRAIT}


def _words(text: str) -> list[str]:
    return [word for word in fold(text) if word]


def ranked(vocabulary: Vocabulary, title: str, details: str, weights: Mapping[str, int], learned: Learned) -> list[str]:
    """The slugs of all tools for which anything speaks, the likeliest first.

    `weights` are the text's `traits`; `learned` is what is known of them. What is no longer in the vocabulary is left
    out.
    """
    scores = _evidence(weights, learned)
    for text, counts in ((title, _BY_TITLE), (details[:LONGEST_TEXT], _BY_DETAILS)):
        for place, tool in enumerate(vocabulary.find(text)):
            scores[tool.slug] = scores.get(tool.slug, 0.0) + counts * _LATER_NAMES**place
    likely = [slug for slug, score in scores.items() if score > 0 and vocabulary.get(slug) is not None]
    return sorted(likely, key=lambda slug: (-scores[slug], slug))


def _evidence(weights: Mapping[str, int], learned: Learned) -> dict[str, float]:
    """How much the text's words speak for each tool that something was learned about."""
    if not learned.questions:
        return {}
    everything = sum(learned.tools.values()) / SCALE
    different = _WORDS_PER_ROOT * math.sqrt(everything)
    usual = everything + different
    others = {tool: math.log(usual / (usual - weight / SCALE)) for tool, weight in learned.tools.items()}
    scores = dict.fromkeys(learned.tools, 0.0)
    for trait, known in learned.traits.items():
        seen = sum(many for _, many in known.values())
        loud = weights[trait] / SCALE * math.log((learned.questions + 1) / seen)
        there = sum(weight for weight, _ in known.values()) / SCALE + 1
        for tool in scores:
            elsewhere = there - known[tool][0] / SCALE if tool in known else there
            scores[tool] += loud * (math.log(there / elsewhere) - others[tool])
    sure = learned.questions / (learned.questions + _UNSURE_BELOW)
    return {tool: score * sure for tool, score in scores.items()}
