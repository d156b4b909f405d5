"""JSON: a list of objects whose keys are terms of Dublin Core and LRMI.

    [{
      "title": "...",                  dcterms:title
      "identifier": ["https://...",    dcterms:identifier: the link first,
                     "10.1234/x"],       then a DOI, an ISBN or another name
      "creator": "...",                dcterms:creator; semicolons divide several
      "publisher": "...",              dcterms:publisher
      "date": "2024",                  dcterms:date: a year
      "description": "...",            dcterms:description
      "subject": ["laser-cutter"],     dcterms:subject: tools by their slug, then free words
      "type": "lesson-plan",           dcterms:type: the slug of the kind
      "language": "en",                dcterms:language
      "license": "CC BY 4.0",          dcterms:license
      "audience": ["school"],          dcterms:audience: slugs
      "educationalLevel": "beginner",  lrmi:educationalLevel
      "valid": "2026-03-01"            dcterms:valid: the last day, of an opportunity
    }]

What is not known has no key.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.kit.errors import UserError
from bot.kit.words import counted, plain
from cogs.resources.formats.columns import field_of
from cogs.resources.formats.entry import once, one_line
from cogs.resources.formats.raw import LONGEST_CELL, MAX_ROWS, Raw, few, too_many

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogs.resources.formats.entry import Entry

_LISTS = frozenset({"tools", "topics", "audience", "kind"})


def to_json(entries: Iterable[Entry]) -> bytes:
    """The entries as a list of objects in UTF-8, indented, with a line feed at the end."""
    return (json.dumps([_object(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n").encode()


def _object(entry: Entry) -> dict[str, str | list[str]]:
    whole: dict[str, str | list[str]] = {
        "title": one_line(entry.title),
        "identifier": list(once((entry.link, entry.identifier))),
        "creator": one_line(entry.creator),
        "publisher": one_line(entry.publisher),
        "date": "" if entry.year is None else str(entry.year),
        "description": one_line(entry.description),
        "subject": list(once((*entry.tools, *entry.topics))),
        "type": one_line(entry.kind),
        "language": one_line(entry.language),
        "license": one_line(entry.license),
        "audience": list(once(entry.audience)),
        "educationalLevel": one_line(entry.level),
        "valid": "" if entry.closes is None else entry.closes.isoformat(),
    }
    return {key: value for key, value in whole.items() if value}


def raws(text: str) -> tuple[list[Raw], list[str]]:
    """The objects of a JSON list in order, and a note on keys nobody knows. Raises UserError for anything else."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise UserError(
            "This JSON file cannot be read; most often a bracket or comma is missing, or the file was cut off. Please "
            "export it once more, and send it again."
        ) from None
    if not isinstance(whole, list) or not whole or not all(isinstance(each, dict) for each in whole):
        raise UserError(
            "This JSON file is not a list of resources. It should be as /catalogue export writes it: [ ... ] with one "
            "{ ... } for each. Please export it once more, and send it again."
        )
    if len(whole) > MAX_ROWS:
        raise too_many(len(whole))
    unknown = {key: None for each in whole for key, value in each.items() if field_of(key) is None and value}
    return [Raw(place, place, _values(each)) for place, each in enumerate(whole, start=1)], _unread(list(unknown))


def _unread(keys: list[str]) -> list[str]:
    if not keys:
        return []
    verb = "was" if len(keys) == 1 else "were"
    shown = few([f'"{plain(key[:100], 40)}"' for key in keys])
    return [f"{counted(len(keys), 'key')} {verb} not read: {shown}."]


def _values(each: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for key, given in each.items():
        field = field_of(key)
        if field is not None and (words := _texts(given, divided=field in _LISTS)):
            values[field] = values.get(field, ()) + words
    names = values.get("identifier", ())
    if "link" not in values and names:
        link = next((name for name in names if "://" in name), names[0])
        values["link"] = (link,)
        values["identifier"] = tuple(name for name in names if name != link)
    return values


def _texts(given: object, *, divided: bool) -> tuple[str, ...]:
    """The texts in a value: itself, a number, or those of a list's members."""
    texts = map(_text, given if isinstance(given, list) else [given])
    return once(part for text in texts for part in (text.split(";") if divided else (text,)))


def _text(given: object) -> str:
    """A text or number as text, of an object its name or value; "" for anything else."""
    if isinstance(given, dict):
        given = given.get("name", given.get("@value"))
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return ""
    return str(given)[:LONGEST_CELL]
