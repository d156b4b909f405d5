"""The starter catalogue: 100 resources that a server finds on its shelves when it first meets Benchmate."""

from __future__ import annotations

import csv
from importlib import resources as package_files

from cogs.resources import links, terms
from db.resources import Description

EDITION = 1
"""Rises when rows are added, changed or taken out; an entry is known again by its link."""


def read() -> list[Description]:
    """The catalogue, in its own order. Raises ValueError where the file has a fault, with its row."""
    text = (package_files.files("cogs.resources") / "starter.csv").read_text(encoding="utf-8")
    return [_description(row, number) for number, row in enumerate(csv.DictReader(text.splitlines()), 2)]


def _description(row: dict[str, str], number: int) -> Description:
    kind = row["kind"].replace(" ", "-")
    audience = tuple(row["audience"].split(";"))
    if terms.kind(kind) is None or not all(map(terms.audience, audience)):
        msg = f"starter.csv, row {number}: unknown kind {kind!r} or audience {audience!r}"
        raise ValueError(msg)
    link = links.checked(row["url"])
    return Description(
        link=link,
        link_key=links.key(link),
        title=row["title"],
        description=row["description"],
        kind=kind,
        tools=tuple(row["tools"].split(";")),
        audience=audience,
        publisher=row["publisher"],
        year=int(row["year"]) if row["year"] else None,
        license=row["license"],
    )
