"""CSV: the catalogue as a table that spreadsheets open, and tables from anywhere as rows (RFC 4180)."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.words import counted, plain
from cogs.resources.formats.columns import COLUMNS, NEEDED, SEVERAL, field_of
from cogs.resources.formats.entry import join_values, one_line, split_values
from cogs.resources.formats.raw import LONGEST_CELL, MAX_ROWS, Raw, few, too_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cogs.resources.formats.entry import Entry

# Cells that start so are run by spreadsheets (https://owasp.org/www-community/attacks/CSV_Injection). Where our
# apostrophe stands before them already, one more tells it from ours.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_SAID = re.compile(r"sep=([,;\t|:])\n", re.IGNORECASE)  # Excel's own first line
_DELIMITERS = ",;\t"
_HEADER_WITHIN = 65_536
_MOST_COLUMNS = 200
_MOST_LINES = 100 * MAX_ROWS  # of texts with line breaks; more are counted as rows, not parsed
_NAMELESS = '""'
_WORDS = frozenset({"tools", "topics", "audience", "kind"})


def to_csv(entries: Iterable[Entry]) -> bytes:
    """A table in UTF-8 with a byte order mark and CRLF, as Excel opens it; the first row names the columns.

    Several values in a cell are divided by "; ". A cell that a spreadsheet would run has an apostrophe before it.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(getattr(entry, column)) for column in COLUMNS] for entry in entries)
    return written.getvalue().encode("utf-8-sig")


def safe_cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet runs."""
    if value is None:
        return ""
    text = join_values(value) if isinstance(value, tuple) else one_line(str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def raws(text: str) -> tuple[list[Raw], list[str]]:
    """The rows below the header, numbered as a spreadsheet numbers them, and what is to be said about the file.

    Raises UserError, in words, where the columns cannot be told, or where there is no row or too many.
    """
    text = text.rstrip("\n")
    if text.count("\n") > _MOST_LINES:
        raise too_many(text.count("\n"))
    said = _SAID.match(text)
    body = text[said.end() :] if said else text
    before = 1 if said else 0
    records = _records(body, said[1] if said else _delimiter(body), before)
    names = next((cells for _, _, cells in records if any(cells)), [])
    fields, notes = _header(names)
    rows: list[Raw] = []
    count = 0
    for number, line, cells in records:
        values = _values(fields, cells)
        if not values and not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count <= MAX_ROWS:
            rows.append(Raw(number, line, values))
    if count > MAX_ROWS:
        raise too_many(count)
    if not rows:
        raise UserError("This file has a row of column names but nothing below it. Please add rows and send it again.")
    return rows, notes


def _records(text: str, delimiter: str, before: int) -> Iterator[tuple[int, int, list[str]]]:
    """Each record with its number and its line; `before` lines have been taken off the file."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, skipinitialspace=True)
    number, start, last = before, 0, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            raise _open_quote(before + start + 1) from None
        number += 1
        last, start = start, reader.line_num
        yield number, before + last + 1, cells
    if number > before:
        _check_closed(text.split("\n")[last:], delimiter, before + last + 1)


def _check_closed(lines: list[str], delimiter: str, line: int) -> None:
    """The last record again, strictly: a quotation mark that is never closed has swallowed the rest of the file."""
    try:
        list(csv.reader(io.StringIO("\n".join(lines), newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error as reason:
        if "end of data" in str(reason):
            raise _open_quote(line) from None


def _open_quote(line: int) -> UserError:
    return UserError(
        f'In the row that begins in line {line:,}, a quotation mark (") is never closed, or a text is far too long, so '
        "the rows after it cannot be told apart. Please put that right, and send the file again."
    )


def _delimiter(text: str) -> str:
    """The sign between cells: the one with which most columns have a name that is known."""

    def known(delimiter: str) -> tuple[int, int]:
        sample = io.StringIO(text.lstrip()[:_HEADER_WITHIN], newline="\n")
        try:
            names = next(csv.reader(sample, delimiter=delimiter, skipinitialspace=True), [])
        except csv.Error:
            return 0, 0
        return sum(field_of(name) is not None for name in names), len(names)

    return max(_DELIMITERS, key=known)


def _header(names: list[str]) -> tuple[list[str | None], list[str]]:
    """The field that each column holds, and a note that names the columns nobody knows."""
    if not names:
        raise UserError("This file is empty. Please look whether it is the right one, and send it again.")
    if len(names) > _MOST_COLUMNS:
        raise UserError(
            f"The first row of this file has {len(names):,} columns. It should name a few, such as title and link. "
            "Please remove what is too much, and send it again."
        )
    fields = [field_of(name) for name in names]
    shown = [f'"{plain(name, 40)}"' for name in names]
    for field in NEEDED:
        if field not in fields:
            raise UserError(
                f"There is no column for the {field}. The first row has to name the columns, at least title and link; "
                f"in this file it says {few([name for name in shown if name != _NAMELESS]) or 'nothing'}. "
                "Please name them, and send it again."
            )
    _check_doubled(names, fields, shown)
    unknown = [name for name, field in zip(shown, fields, strict=True) if field is None and name != _NAMELESS]
    if not unknown:
        return fields, []
    verb = "was" if len(unknown) == 1 else "were"
    return fields, [f"{counted(len(unknown), 'column')} {verb} not read: {few(unknown)}."]


def _check_doubled(names: list[str], fields: list[str | None], shown: list[str]) -> None:
    """Refuse two columns of one name, and two that hold the same where only one can count."""
    seen: dict[str, int] = {}
    for place, (name, field) in enumerate(zip(names, fields, strict=True)):
        if not name.strip() or field is None:
            continue
        alike = one_line(name).casefold() if field in SEVERAL else field
        first = seen.setdefault(alike, place)
        if first != place:
            raise UserError(
                f"Two columns hold the {field}: {shown[first]} (column {first + 1}) and {shown[place]} (column "
                f"{place + 1}). Please keep one of them, and send the file again."
            )


def _values(fields: list[str | None], cells: list[str]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field is None or not cell or cell.isspace():
            continue
        text = cell[:LONGEST_CELL].strip()
        if text.startswith("'") and _FORMULA.match(text):
            text = text[1:]
        values[field] = values.get(field, ()) + (split_values(text) if field in _WORDS else (text,))
    return values
