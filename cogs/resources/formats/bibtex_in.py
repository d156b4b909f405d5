"""Reading BibTeX as we write it and as Zotero exports it: entries with braced, quoted or bare values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.words import counted
from cogs.resources.formats.columns import field_of
from cogs.resources.formats.entry import one_line, split_values
from cogs.resources.formats.raw import LONGEST_CELL, MAX_ROWS, Raw, few, too_many
from cogs.resources.formats.tex import unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

# Lengths are bounded, so that no file makes the search slow
_ENTRY = re.compile(
    r"^[ \t]{0,20}@[ \t]?(?!(?:comment|preamble|string)\b)([A-Za-z]{1,30})[ \t]{0,9}"
    r"\{[ \t]{0,9}[^,{}\s]{0,200}[ \t]{0,9},",
    re.MULTILINE | re.IGNORECASE,
)
_FIELD = re.compile(r"\s*([A-Za-z][\w:.+-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,{}\"#]+")
_NEXT = re.compile(r"\s*(?:(#)\s*|(,)|(\}))?")
# A line that begins an entry ends a value that nobody closed
_IN_BRACES = re.compile(r"\\.|[{}]|\n[ \t]{0,20}@[A-Za-z]{1,30}\{", re.DOTALL)
_IN_QUOTES = re.compile(r'\\.|[{}"]|\n[ \t]{0,20}@[A-Za-z]{1,30}\{', re.DOTALL)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_VERBATIM = frozenset({"url", "doi"})
_LISTS = frozenset({"topics", "tools", "audience"})
_LONGEST_VALUE = 20_000


class _TornError(Exception):
    """An entry that does not end where it should."""


def raws(text: str) -> tuple[list[Raw], list[str]]:
    """The entries in order, and a note on those that could not be read. Raises UserError for none or too many."""
    count = sum(1 for _ in _ENTRY.finditer(text))
    if count > MAX_ROWS:
        raise too_many(count)
    found: list[Raw] = []
    torn: list[str] = []
    place, line, counted_to = 0, 1, 0
    while opening := _ENTRY.search(text, place):
        place = opening.end()
        line += text.count("\n", counted_to, opening.start(1))
        counted_to = opening.start(1)
        try:
            fields, place = _fields(text, place)
        except _TornError:
            torn.append(f"{line:,}")
            continue
        fields.append(("type", opening[1]))
        found.append(Raw(len(found) + 1, line, _values(fields)))
    if not found:
        raise UserError(
            "There are no entries that can be read in this BibTeX file; each should look like @misc{key, title = "
            "{...}, url = {...}}. Please export it once more, and send it again."
        )
    return found, _unread(torn)


def _unread(lines: list[str]) -> list[str]:
    if not lines:
        return []
    count = counted(len(lines), "entry", "entries")
    return [f"{count} could not be read, because a brace or comma is missing: see line {few(lines)}."]


def _fields(text: str, place: int) -> tuple[list[tuple[str, str]], int]:
    """The fields of the entry that goes on at `place`, and where it ends."""
    fields: list[tuple[str, str]] = []
    while named := _FIELD.match(text, place):
        parts: list[str] = []
        place = named.end()
        while True:
            value, place = _value(text, place)
            parts.append(value)
            after = _NEXT.match(text, place)
            if after is None or not after[0].strip():
                raise _TornError
            place = after.end()
            if not after[1]:
                break
        fields.append((named[1].lower(), "".join(parts)))
        if after[3]:
            return fields, place
    end = _NEXT.match(text, place)
    if end is None or not end[3]:
        raise _TornError
    return fields, end.end()


def _value(text: str, place: int) -> tuple[str, int]:
    opening = text[place : place + 1]
    if opening in ("{", '"'):
        end = _closing(text, place + 1, opening)
        return text[place + 1 : end], end + 1
    bare = _BARE.match(text, place)
    if bare is None:
        raise _TornError
    return bare[0], bare.end()


def _closing(text: str, place: int, opening: str) -> int:
    """Where the value ends that began before `place`: at its brace, or at a quotation mark outside of braces."""
    if opening == '"':
        signs = _IN_QUOTES.finditer(text, place, place + _LONGEST_VALUE)
    else:
        signs = _IN_BRACES.finditer(text, place, place + _LONGEST_VALUE)
    depth = 0
    for sign in signs:
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            if depth == 0:
                if opening == "{":
                    return sign.start()
                break
            depth -= 1
        elif sign[0] == '"' and depth == 0:
            return sign.start()
        elif sign[0][0] == "\n":
            break
    raise _TornError


def _values(fields: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for name, value in fields:
        field = field_of(name)
        words = _words(name, field, one_line(value[: 2 * LONGEST_CELL])) if field else ()
        if field and words and (field not in values or field in ("kind", "identifier", "topics")):
            values[field] = values.get(field, ()) + words
    return values


def _words(name: str, field: str, value: str) -> tuple[str, ...]:
    if name in _VERBATIM:
        texts: tuple[str, ...] = (re.sub(r"\\([%&$#_~{}])", r"\1", value),)
    elif field == "creator":
        texts = tuple(map(unescaped, _AND.split(value) if "{" not in value else _names(value)))
    else:
        texts = (unescaped(value),)
    if field in _LISTS:
        return tuple(word for text in texts for word in split_values(text))
    return tuple(text for text in map(one_line, texts) if text)


def _names(value: str) -> Iterator[str]:
    """The authors, divided by "and" outside of braces."""
    depth, start = 0, 0
    for sign in re.finditer(r"\\.|[{}]|\s+and\s+", value, re.DOTALL | re.IGNORECASE):
        if sign[0] in "{}":
            depth += 1 if sign[0] == "{" else -1
        elif depth == 0 and not sign[0].startswith("\\"):
            yield value[start : sign.start()]
            start = sign.end()
    yield value[start:]
