"""RIS: one tagged line for each value, as Zotero, EndNote and Mendeley read and write it.

The tags are those of https://en.wikipedia.org/wiki/RIS_(file_format). What has no tag of its own stands in a note with
its name before it: "License: CC BY 4.0". Links may have a semicolon in them; a few programs take that for an end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from cogs.resources.formats.entry import DOI, ISBN, join_values, label_of, once, one_line, split_names
from cogs.resources.formats.raw import LONGEST_CELL, MAX_ROWS, Raw, too_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cogs.resources.formats.entry import Entry

# A resource is a page on the web (ELEC) unless its kind is a type of its own. Zotero takes a type it does not know,
# such as GRANT, for a journal article, so there are few.
_TYPES = {"research": "RPRT", "dataset": "DATA"}
_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)")
_FIELDS = {
    "TI": "title",
    "T1": "title",
    "CT": "title",
    "AU": "creator",
    "A1": "creator",
    "PB": "publisher",
    "PY": "year",
    "Y1": "year",
    "DA": "year",
    "AB": "description",
    "N2": "description",
    "KW": "topics",
    "UR": "link",
    "LA": "language",
    "DO": "identifier",
    "SN": "identifier",
    "AN": "identifier",
    "M3": "kind",
    "TY": "kind",
}
_NOTES = {"Audience": "audience", "Level": "level", "License": "license", "Closes": "closes"}
_LISTS = frozenset({"topics", "audience"})
_NOTE = re.compile(rf"({'|'.join(_NOTES)}): (.+)")


def to_ris(entries: Iterable[Entry]) -> bytes:
    """The entries in UTF-8 without a byte order mark, with CRLF, each value on one line, divided by an empty line."""
    lines = (line for entry in entries for line in _record(entry))
    return "".join(f"{line}\r\n" for line in lines).encode()


def _record(entry: Entry) -> Iterator[str]:
    yield f"TY  - {_TYPES.get(entry.kind, 'ELEC')}"
    for tag, value in _tagged(entry):
        text = one_line(value)
        if text:
            yield f"{tag}  - {text}"
    yield "ER  - "
    yield ""


def _tagged(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "TI", entry.title
    yield from (("AU", name) for name in split_names(entry.creator))
    yield "PB", entry.publisher
    yield "PY", "" if entry.year is None else str(entry.year)
    yield "AB", entry.description
    yield from (("KW", word) for word in (*entry.tools, *entry.topics))
    yield "M3", label_of(entry.kind)
    yield "LA", entry.language
    yield _tag_of(entry.identifier), entry.identifier
    yield "UR", entry.link
    audience = "" if entry.audience == ("all",) else join_values(entry.audience)
    parts = {"Audience": audience, "Level": entry.level, "License": entry.license, "Closes": entry.closes}
    yield from (("N1", f"{name}: {value}") for name, value in parts.items() if value)


def _tag_of(identifier: str) -> str:
    if DOI.fullmatch(identifier):
        return "DO"
    return "SN" if ISBN.fullmatch(identifier) else "AN"


def raws(text: str) -> tuple[list[Raw], list[str]]:
    """The records of a RIS file in order. Raises UserError where there is none, or too many."""
    found: list[Raw] = []
    count = 0
    record: list[tuple[str, str]] | None = None
    start = 0
    for line, written in enumerate(text.split("\n"), start=1):
        tagged = _LINE.fullmatch(written.rstrip())
        tag, value = (tagged[1], tagged[2] or "") if tagged else ("", written)
        if tag == "TY":
            record, start = [(tag, value)], line
        elif record is None:
            continue
        elif tag == "ER":
            count += 1
            if count <= MAX_ROWS:
                found.append(Raw(count, start, _values(record)))
            record = None
        elif tag:
            record.append((tag, value))
        elif written.strip() and len(record[-1][1]) < LONGEST_CELL:  # a long value goes on
            last, so_far = record[-1]
            record[-1] = last, f"{so_far} {value}"
    if count > MAX_ROWS:
        raise too_many(count)
    if not found:
        raise UserError(
            'There are no records in this RIS file; each begins with a line "TY  - " and ends with "ER  - ". Please '
            "export it once more, and send it again."
        )
    return found, []


def _values(record: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for tag, value in (*record[1:], record[0]):  # the type last: M3 says more
        note = _NOTE.fullmatch(value) if tag == "N1" else None
        field, text = (_NOTES[note[1]], note[2]) if note else (_FIELDS.get(tag), value)
        if field is not None and (words := once(text.split(";") if field in _LISTS else (text,))):
            values[field] = values.get(field, ()) + words
    return values
