"""Calendars of others as files (iCalendar), and those that we write."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.kit.words import tidy
from cogs.events.ical.apart import _answer
from cogs.events.ical.entry import Calendar, Entry
from cogs.events.ical.found import MAX_EVENTS, Found, Reading, UnreadableError
from cogs.events.ical.lines import OCTETS
from cogs.events.ical.reading import ABOUT, PLACE, TITLE, read
from cogs.events.ical.writing import write
from tests.fuzz.making import Maker, corpus, octets
from tests.fuzz.target import Target, fit_to_show, holds

if TYPE_CHECKING:
    from random import Random

_AWKWARD = Path(__file__).parents[2] / "cogs" / "events" / "ical" / "awkward"
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=400)
_LONGEST_DAYS = timedelta(days=62)
_PIECES = corpus("calendars")["lines"]


def _text(file: Path) -> str:
    data = file.read_bytes()
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")


_CORPUS = [_text(file) for file in sorted(_AWKWARD.glob("*.ics")) if "1601" not in file.name]
_EVENT = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:{}\nSUMMARY:{}\n{}\nEND:VEVENT\nEND:VCALENDAR\n"
_STARTS = [piece for piece in _PIECES if piece.startswith("DTSTART") and "202612" in piece]
_CORPUS += [
    _EVENT.format("a@b", "Talk", f"{start}\n{more}")
    for start in _STARTS
    for more in _PIECES
    if more.startswith(("D", "R", "E"))
]
_MAKER = Maker(_CORPUS, _PIECES, joint="\n", whole=0.95, longest=6_000)


def _draw(rng: Random) -> bytes:
    text = _MAKER.text(rng)
    return octets(rng, text.replace("\n", "\r\n") if rng.random() < 0.3 else text)


def _check(data: bytes) -> bool:
    try:
        found = read(data, "America/New_York", SINCE, UNTIL)
    except UnreadableError as fault:
        fit_to_show(fault.words)
        return False
    holds(len(found.found) <= MAX_EVENTS and found.events <= MAX_EVENTS, "not too many", len(found.found))
    holds(len(found.name) <= TITLE and found.name == tidy(found.name), "a calendar's name is one line", found.name)
    for left in found.left_out:
        holds(len(left.title) <= TITLE and len(left.uid) <= 255, "what is left out is named", left)
        holds(0 < len(left.why) <= 200, "why it is left out is said", left.why)
    for each in found.found:
        _can_be_kept(each)
    places = [(each.uid, each.recurrence) for each in found.found]
    holds(len(set(places)) == len(places), "each occurrence has a name of its own", places[:5])
    _crosses_over(found)
    _written(found.found[:4])
    return bool(found.found)


def _can_be_kept(each: Found) -> None:
    holds(each.starts_at.tzinfo is UTC and each.ends_at.tzinfo is UTC, "moments are UTC", each)
    holds(each.starts_at <= each.ends_at <= each.starts_at + _LONGEST_DAYS, "it ends after it starts", each)
    holds(each.starts_at < UNTIL and each.ends_at > SINCE, "it is in the span that was asked for", each)
    for words, limit in ((each.title, TITLE), (each.place, PLACE), (each.about, ABOUT)):
        lines = "\n" in words
        holds(len(words) <= limit and words == tidy(words, lines=lines), "texts are tidy and short", words[:300])
    holds("\n" not in each.title + each.place, "a title is one line", each.title)
    for link in (each.join, each.page):
        holds(not link or (link.startswith(("http://", "https://")) and len(link) <= 510), "a link of the web", link)
    holds(0 < len(each.uid) <= 255 and each.uid.isprintable(), "a UID that can be kept", each.uid)
    holds(len(each.recurrence) <= 20 and each.recurrence.isascii(), "a name that can be kept", each.recurrence)


def _crosses_over(found: Reading) -> None:
    """What the process that reads says to the bot arrives as it was."""
    said = json.dumps(asdict(found), default=datetime.isoformat).encode()
    holds(_answer(said) == found, "what was read crosses over as it was", found.found[:2])


def _written(some: tuple[Found, ...]) -> None:
    """A calendar of ours with the same words in it is a calendar, and says the same."""
    entries = tuple(
        Entry(
            uid=f"event-{number}.5@benchmate",
            title=each.title,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            changed_at=SINCE,
            about=each.about,
            place=each.place,
            link=each.page,
            cancelled=each.cancelled,
        )
        for number, each in enumerate(some)
    )
    content = write(Calendar("Talks", entries)).content
    lines = content.split(b"\r\n")
    holds(all(len(line) <= OCTETS for line in lines), "lines are folded", max(map(len, lines)))
    holds(b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines), "lines end as they should", content[:500])
    again = {each.uid: each for each in read(content, "America/New_York", SINCE, UNTIL).found}
    for entry, each in zip(entries, some, strict=True):
        same = again.get(entry.uid)
        holds(same is not None, "what is written is read", entry)
        if same is not None:
            told = (same.title, same.starts_at, same.ends_at, same.place or same.join, same.cancelled)
            meant = (
                each.title,
                each.starts_at.replace(microsecond=0),
                each.ends_at.replace(microsecond=0),
                each.place,
                each.cancelled,
            )
            holds(told == meant, "what is written is read as the same", told, meant)


TARGET = Target("calendars", 70, _draw, _check)
