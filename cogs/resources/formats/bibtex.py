"""BibTeX: the catalogue for reference managers and papers.

Texts are UTF-8 with TeX's special characters escaped; links and DOIs stand as they are, as Zotero and biblatex keep
them. The fields are BibTeX's and biblatex's; `copyright`, `audience`, `educationallevel` and `closes`, which styles
pass over, hold what they have no field for.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cogs.resources import links
from cogs.resources.formats.entry import DOI, ISBN, join_values, label_of, one_line, split_names
from cogs.resources.formats.tex import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cogs.resources.formats.entry import Entry

_TYPES = {"research": "techreport", "vendor-manual": "manual"}
_PUBLISHER = {"techreport": "institution", "manual": "organization"}
_HASHED = 10


def to_bibtex(entries: Iterable[Entry]) -> bytes:
    """The entries in UTF-8 with line feeds, each with a key of its own that stays the same as long as its link does."""
    used: set[str] = set()
    return "\n".join(_record(entry, _key(entry.link, used)) for entry in entries).encode()


def _key(link: str, used: set[str]) -> str:
    """The site's name and a piece of the link's hash, such as `ala-3f9a1c20b7`; longer where two are alike."""
    host = (urlsplit(link).hostname or "").removeprefix("www.").partition(".")[0]
    site = re.sub(r"[^a-z0-9]", "", host.lower())[:20] or "link"
    digest = hashlib.sha256(links.key(link).encode()).hexdigest()
    lengths = range(_HASHED, len(digest) + 1)
    keys = (f"{site}-{digest[:length]}" for length in lengths)
    key = next((key for key in keys if key not in used), f"{site}-{digest}-{len(used)}")
    used.add(key)
    return key


def _record(entry: Entry, key: str) -> str:
    kind = _TYPES.get(entry.kind, "misc")
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(entry, kind) if value)
    return f"@{kind}{{{key},\n{lines}}}\n"


def _fields(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    yield "title", _text(entry.title)
    yield "author", " and ".join(map(_name, split_names(entry.creator)))
    yield _PUBLISHER.get(kind, "publisher"), _text(entry.publisher)
    yield "year", "" if entry.year is None else str(entry.year)
    yield "type", _text(label_of(entry.kind))
    yield "url", re.sub(r"[{}\\\s]", "", entry.link)
    yield _identifier(entry.identifier)
    yield "abstract", _text(entry.description)
    yield "keywords", _text(join_values((*entry.tools, *entry.topics), ", "))
    yield "language", _text(entry.language)
    yield "copyright", _text(entry.license)
    yield "audience", _text(join_values(entry.audience, ", "))
    yield "educationallevel", _text(entry.level)
    yield "closes", "" if entry.closes is None else entry.closes.isoformat()


def _text(text: str) -> str:
    return escaped(one_line(text))


def _name(name: str) -> str:
    """A person as "Last, First"; anything else between braces, so that nobody takes a library's name apart."""
    text = escaped(name)
    alone = name.count(",") == 1 and not re.search(r"\band\b|[{}]", name, re.IGNORECASE)
    return text if alone and all(part.strip() for part in name.split(",")) else f"{{{text}}}"


def _identifier(identifier: str) -> tuple[str, str]:
    if DOI.fullmatch(identifier):
        return "doi", identifier
    return ("isbn" if ISBN.fullmatch(identifier) else "identifier"), _text(identifier)
