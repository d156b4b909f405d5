"""The tool vocabulary: the words a library makerspace uses for its tools, and how they hang together.

Forum tags, resource subjects, mentoring skills, profiles and search expansion all speak it, so that "Glowforge" finds
laser cutting. The terms are data, in `tools.toml` beside this file; its head says how to add one.

    vocabulary = load()
    vocabulary.find("Our Glowforge smells")     # (Tool(slug="laser-cutter", ...),)
    vocabulary.widen("Our Glowforge smells")    # ("laser cutter",)
    vocabulary.complete("cri")                  # vinyl cutter, through Cricut
"""

from __future__ import annotations

from bot.kit.vocabulary.checking import MAX_LABEL, MAX_SCOPE, VocabularyError, check
from bot.kit.vocabulary.loading import load
from bot.kit.vocabulary.terms import MAX_PHRASES, Tool, Vocabulary

__all__ = ["MAX_LABEL", "MAX_PHRASES", "MAX_SCOPE", "Tool", "Vocabulary", "VocabularyError", "check", "load"]
