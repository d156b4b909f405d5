"""Reading a catalogue file from anywhere: row by row what it would become, with remarks for whoever imports it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.words import plain
from cogs.resources import links
from cogs.resources.formats import bibtex_in, csv_form, json_form, ris
from cogs.resources.formats.decoding import SAVE_AS, text_of
from cogs.resources.formats.describing import Describer
from cogs.resources.formats.raw import MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.kit.vocabulary import Vocabulary
    from cogs.resources.formats.entry import Entry
    from cogs.resources.formats.raw import Raw

__all__ = ["MAX_BYTES", "MAX_ROWS", "Reading", "Row", "read"]

MAX_BYTES = 8 * 1024 * 1024
"""The largest file: 5,000 rows with every field full are about 5 MB."""

_CSV, _RIS, _BIBTEX, _JSON = "CSV", "RIS", "BibTeX", "JSON"
_READERS = {_CSV: csv_form.raws, _RIS: ris.raws, _BIBTEX: bibtex_in.raws, _JSON: json_form.raws}
_ENDINGS = {"csv": _CSV, "tsv": _CSV, "tab": _CSV, "ris": _RIS, "bib": _BIBTEX, "bibtex": _BIBTEX, "json": _JSON}
_OFFICE = frozenset({"xls", "xlsx", "xlsm", "ods", "numbers", "doc", "docx", "pdf", "zip"})
_OPENINGS = (("TY  -", _RIS), ("@", _BIBTEX), ("[", _JSON), ("{", _JSON))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file and what it would become; `entry` is None where it would be left out.

    `number` is the row as a spreadsheet counts (the column names are row 1), or else the record's place from 1; `line`
    the line of the file where it begins (in JSON its place). `remarks` are sentences that name the row; what they cite
    from the file is escaped for markdown. `guessed` are fields of the entry that the row does not say itself.
    """

    number: int
    line: int
    entry: Entry | None
    remarks: tuple[str, ...] = ()
    guessed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, read: its format (CSV, RIS, BibTeX or JSON), its rows in order, and remarks on the file as a whole."""

    format: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What would come into the catalogue, in the file's order; no two have the same link."""
        return tuple(row.entry for row in self.rows if row.entry is not None)


def read(data: bytes, filename: str, *, vocabulary: Vocabulary, latest_year: int = 2100) -> Reading:
    """What the rows of a file would become. CSV may come from anywhere; RIS, BibTeX and JSON as we or Zotero do.

    A row that cannot be used has no entry and says why. `latest_year` is the last year that is believed. It takes
    about half a second for 5,000 rows, so call it off the loop. Raises UserError, in words, for a file that cannot be
    read as a whole: too large, no text, columns missing or doubled, nothing or too much in it.
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    text, damage = text_of(data)
    if not text.strip():
        raise UserError("This file is empty. Please look whether it is the right one, and send it again.")
    form = _format_of(filename, text)
    found, notes = _READERS[form](text)
    describer = Describer(vocabulary, noun="Row" if form == _CSV else "Record", latest_year=latest_year)
    rows = tuple(_without_doubles(_rows(found, describer), describer.noun))
    return Reading(form, rows, tuple(note for note in (damage, *notes) if note))


def too_large() -> UserError:
    """The refusal of a file of more than `MAX_BYTES`."""
    return UserError(
        f"This file is larger than {MAX_BYTES // 1024**2} MB, the most that can be imported at a time. Please "
        "split it into smaller files, and send them one after the other."
    )


def _format_of(filename: str, text: str) -> str:
    """The format by the name's ending, or else by how the text begins."""
    ending = filename.rpartition(".")[2].strip().lower() if "." in filename else ""
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if ending in _OFFICE:
        raise UserError(f"A file of this kind (.{ending}) cannot be imported. {SAVE_AS}")
    if ending not in ("", "txt", "text"):
        raise UserError(
            f"A catalogue can be imported from CSV, RIS, BibTeX or JSON; this file is called {plain(filename, 80)}. "
            "Please send one that ends with .csv, .ris, .bib or .json."
        )
    start = text.lstrip()
    return next((form for opening, form in _OPENINGS if start.startswith(opening)), _CSV)


def _rows(found: Iterable[Raw], describer: Describer) -> Iterator[Row]:
    for raw in found:
        entry, remarks = describer.describe(raw)
        yield Row(raw.number, raw.line, entry, remarks, describer.guessed(raw))


def _without_doubles(rows: Iterable[Row], noun: str) -> Iterator[Row]:
    """The rows, where a link that stood before leaves the later row without its entry."""
    first: dict[str, int] = {}
    for row in rows:
        if row.entry is None:
            yield row
            continue
        number = first.setdefault(links.key(row.entry.link), row.number)
        if number == row.number:
            yield row
            continue
        remark = (
            f"{noun} {row.number}: it has the same link as {noun.lower()} {number}, so this {noun.lower()} would be "
            "left out."
        )
        yield replace(row, entry=None, remarks=(remark,))
