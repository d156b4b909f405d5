"""Between a resource's description and an entry of a catalogue file: what goes out, and what comes in."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.vocabulary.words import phrase
from cogs.resources import days, freshness, identifiers, links, terms
from cogs.resources.formats import Entry
from cogs.resources.formats.raw import Raw
from db.resources import Description

if TYPE_CHECKING:
    from cogs.resources.formats.describing import Describer

_NAMED = re.compile(r"(?:DOI|ISBN) (?=[\dX])")  # our own prefix, which the formats have fields for
_LEVELS = {phrase(name): term.slug for term in terms.LEVELS for name in (term.slug, term.label)}


def entry_of(about: Description) -> Entry:
    """A description as an entry of a file."""
    levels = [term.label for slug in about.levels if (term := terms.level(slug))]
    return Entry(
        title=about.title,
        link=about.link,
        description=about.description,
        kind=about.kind,
        tools=about.tools,
        topics=about.topics,
        audience=about.audience or ("all",),
        level="; ".join(levels),
        creator=about.creator,
        publisher=about.publisher,
        year=about.year,
        language=about.language,
        license=about.license,
        identifier=_NAMED.sub("", about.identifier, count=1),
        closes=about.closes_on,
    )


def description_of(entry: Entry, remarks: list[str], *, first_day: date) -> Description:
    """An entry as a description; what a librarian should know of it is added to `remarks`.

    Raises UserError, in words, for an opportunity without a closing date or one that was over before `first_day`.
    """
    if entry.kind == freshness.OPPORTUNITY:
        _check_open(entry, first_day)
    elif entry.closes is not None:
        remarks.append("only an opportunity has a closing date, so it would be left out.")
    return Description(
        link=entry.link,
        link_key=links.key(entry.link),
        title=entry.title,
        description=entry.description,
        kind=entry.kind,
        tools=entry.tools,
        topics=entry.topics,
        audience=entry.audience,
        levels=_levels(entry.level, remarks),
        creator=entry.creator,
        publisher=entry.publisher,
        year=entry.year,
        language=entry.language,
        license=entry.license,
        identifier=_identifier(entry.identifier, remarks),
        closes_on=entry.closes if entry.kind == freshness.OPPORTUNITY else None,
    )


def _check_open(entry: Entry, first_day: date) -> None:
    if entry.closes is None:
        raise UserError(
            "an opportunity needs its closing date, so it would be left out. Add the day in a column named closes, or "
            "give it another kind."
        )
    if entry.closes < first_day:
        raise UserError(f"it closed on {days.said(entry.closes)}, so it would be left out.")


def _levels(given: str, remarks: list[str]) -> tuple[str, ...]:
    words = [word.strip() for word in re.split(r"[;,]", given) if word.strip()]
    found = {word: _LEVELS.get(phrase(word)) for word in words}
    if not all(found.values()):
        names = ", ".join(term.label for term in terms.LEVELS)
        remarks.append(f"the level is not one of ours ({names}), so it would be left out.")
    chosen = set(found.values())
    return tuple(term.slug for term in terms.LEVELS if term.slug in chosen)


def _identifier(given: str, remarks: list[str]) -> str:
    try:
        return identifiers.kept(given)
    except UserError:
        remarks.append("one digit of its ISBN seems to be wrong; please compare it with the one in the book.")
        return given


def usual(about: Description, describer: Describer) -> Description:
    """A description as it would come back from an export: limits kept, words matched."""
    entry = entry_of(about)
    values = {
        "title": (entry.title,),
        "link": (entry.link,),
        "description": (entry.description,),
        "kind": (entry.kind,),
        "tools": entry.tools,
        "topics": entry.topics,
        "audience": entry.audience,
        "level": (entry.level,),
        "creator": (entry.creator,),
        "publisher": (entry.publisher,),
        "year": (str(entry.year),) if entry.year else (),
        "language": (entry.language,),
        "license": (entry.license,),
        "identifier": (entry.identifier,),
        "closes": (entry.closes.isoformat(),) if entry.closes else (),
    }
    read, _ = describer.describe(Raw(1, 1, {name: said for name, said in values.items() if any(said)}))
    if read is None or (read.kind == freshness.OPPORTUNITY and read.closes is None):
        return about
    return description_of(read, [], first_day=date.min)
