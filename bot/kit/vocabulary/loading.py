"""Reading the vocabulary from its TOML file, with all problems told at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bot.kit.vocabulary.checking import VocabularyError, check
from bot.kit.vocabulary.terms import Tool, Vocabulary

SHIPPED = Path(__file__).with_name("tools.toml")
"""The vocabulary that comes with Benchmate."""

_TEXTS = ("slug", "label", "emoji", "broader", "scope")


def load(path: Path | None = None) -> Vocabulary:
    """Read and check a vocabulary; without a path the one that comes with Benchmate.

    Raises VocabularyError with every problem of the file, each naming the file and the term.
    """
    source = SHIPPED if path is None else path
    problems: list[str] = []
    tools, false_friends = _parse(_read(source), problems)
    problems += check(tools, false_friends)
    if problems:
        raise VocabularyError(f"{source.name}: {problem}" for problem in problems)
    return Vocabulary(tools, false_friends)


def _read(source: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as reason:
        raise VocabularyError([f"{source.name}: cannot be read: {reason.strerror or reason}"]) from reason
    except UnicodeDecodeError as reason:
        raise VocabularyError([f"{source.name}: is not UTF-8 text (byte {reason.start})"]) from reason
    except tomllib.TOMLDecodeError as reason:
        raise VocabularyError([f"{source.name}: is not TOML: {reason}"]) from reason


def _parse(document: dict[str, Any], problems: list[str]) -> tuple[list[Tool], list[str]]:
    """The terms and the false friends. What has a wrong form is told in `problems` and taken as not given."""
    problems += [f'has an unknown part "{part}"' for part in document if part not in ("tool", "false_friends")]
    entries = document.get("tool")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        problems.append("has no terms; each begins with [[tool]]")
        entries = []
    false_friends = _texts(document.get("false_friends", []))
    if false_friends is None:
        problems.append("false_friends: must be a list of texts")
    return [_tool(number, entry, problems) for number, entry in enumerate(entries, start=1)], false_friends or []


def _tool(number: int, entry: dict[str, Any], problems: list[str]) -> Tool:
    """One term, as far as its fields have the right form; `check` then tells what is missing."""
    texts = {field: entry[field] for field in _TEXTS if isinstance(entry.get(field), str)}
    term = texts.get("slug", "").strip() or f"term {number}"
    problems += [f'{term}: has an unknown field "{field}"' for field in entry if field not in (*_TEXTS, "alternatives")]
    problems += [f"{term}: the {field} must be a text" for field in _TEXTS if field in entry and field not in texts]
    alternatives = _texts(entry.get("alternatives", []))
    if alternatives is None:
        problems.append(f"{term}: the alternatives must be a list of texts")
    return Tool(
        slug=texts.get("slug", ""),
        label=texts.get("label", ""),
        emoji=texts.get("emoji", ""),
        broader=texts.get("broader"),
        alternatives=tuple(alternatives or ()),
        scope=texts.get("scope", ""),
    )


def _texts(value: object) -> list[str] | None:
    """The value as a list of texts, or None where it is none."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    return None
