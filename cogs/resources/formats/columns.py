"""Names of columns, tags and keys: which part of an entry each of them holds.

The names are those of Dublin Core (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/), LRMI
(https://www.dublincore.org/specifications/lrmi/lrmi_terms/), BibTeX, Zotero's CSV, and what people write by hand.
"""

from __future__ import annotations

import re

COLUMNS = (
    "title",
    "link",
    "description",
    "kind",
    "tools",
    "topics",
    "audience",
    "level",
    "creator",
    "publisher",
    "year",
    "language",
    "license",
    "identifier",
    "closes",
)
"""The columns of a CSV export, in their order; each is a field of `Entry`."""
NEEDED = ("title", "link")
SEVERAL = frozenset({"kind", "tools", "topics", "year", "identifier"})
"""Where two columns may hold the same, as Zotero's "Date" and "Publication Year": the first that says something counts,
of tools and topics all."""

_SYNONYMS = {
    "title": "name headline resourcetitle resourcename",
    "link": "url uri website webaddress address weblink hyperlink webpage site href permalink resourceurl resourcelink "
    "linkurl linkaddress",
    "description": "abstract abstractnote summary annotation about text",
    "kind": "type category resourcetype itemtype materialtype genre learningresourcetype",
    "tools": "tool equipment machines machine technology technologies",
    "topics": "topic tags tag subjects subject keywords keyword subjectheadings manualtags automatictags",
    "audience": "audiences forwhom intendedaudience librarytype librarytypes",
    "level": "educationallevel skilllevel difficulty gradelevel",
    "creator": "creators author authors by madeby",
    "publisher": "organization organisation institution school provider",
    "year": "date published publicationyear datepublished publicationdate pubdate yearpublished issued",
    "language": "languages lang langid inlanguage",
    "license": "licence rights copyright usagerights licenses licences termsofuse",
    "identifier": "identifiers doi isbn issn",
    "closes": "closing closingdate closeson deadline duedate applyby expires valid validthrough",
}
_FIELD = {name: field for field, names in _SYNONYMS.items() for name in (field, *names.split())}
_PREFIX = re.compile(r"\s*(?:dc|dcterms|dublin core|lrmi|schema)\s*[:.]", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_SIGNS = re.compile(r"[^a-z0-9]+")


def field_of(name: str) -> str | None:
    """The field of `Entry` that a column of this name holds, in any case and spacing; None where it is not known."""
    return _FIELD.get(_SIGNS.sub("", _ASIDE.sub("", _PREFIX.sub("", name[:100])).casefold()))
