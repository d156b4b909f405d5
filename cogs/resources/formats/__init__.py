"""The catalogue as a file: what comes in as CSV, RIS, BibTeX or JSON, and what goes out as one.

Pure: bytes in, values out, and back; no Discord, no database, no clock. `read` takes a file from anywhere; `to_csv`,
`to_ris`, `to_bibtex` and `to_json` write one. What they write, `read` gives back.
"""

from cogs.resources.formats.bibtex import to_bibtex
from cogs.resources.formats.csv_form import to_csv
from cogs.resources.formats.entry import Entry
from cogs.resources.formats.json_form import to_json
from cogs.resources.formats.reading import MAX_BYTES, MAX_ROWS, Reading, Row, read, too_large
from cogs.resources.formats.ris import to_ris

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "Entry",
    "Reading",
    "Row",
    "read",
    "to_bibtex",
    "to_csv",
    "to_json",
    "to_ris",
    "too_large",
]
