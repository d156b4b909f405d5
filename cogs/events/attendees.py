"""Who comes, as a table for a host: CSV that a spreadsheet opens without doing what a cell says.

A cell that begins with =, +, -, @, a tab or a carriage return may be run as a formula; it gets an apostrophe in front
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from db.events import CANT, GOING, MAYBE, OFFERED, WAITING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from db.events import Rsvp

_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ANSWERS = {GOING: "going", OFFERED: "offered a place", WAITING: "in line", MAYBE: "maybe", CANT: "can't come"}
_ORDER = tuple(_ANSWERS)


def table(rsvps: Iterable[Rsvp], zone: ZoneInfo) -> bytes:
    """Name, answer and since when (in `zone`, which the heading names), those who go first; UTF-8 for spreadsheets."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Name", "Answer", f"Since ({zone.key})"])
    answered = [rsvp for rsvp in rsvps if rsvp.answer in _ANSWERS]
    for rsvp in sorted(answered, key=lambda one: (_ORDER.index(one.answer), one.line or 0, one.at)):
        writer.writerow([harmless(rsvp.name), _ANSWERS[rsvp.answer], f"{rsvp.at.astimezone(zone):%Y-%m-%d %H:%M}"])
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows as it is written."""
    return f"'{cell}" if cell.startswith(_ACTS) else cell
