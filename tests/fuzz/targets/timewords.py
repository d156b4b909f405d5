"""What people write for a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cogs.events import uszones, wallclock
from cogs.events.recurrence import Rule
from cogs.events.timewords import Question, understand
from cogs.events.timewords.reading import MOST_LENGTH
from tests.fuzz.making import Maker, corpus
from tests.fuzz.target import Target, accepted, case_of, holds, text_of

if TYPE_CHECKING:
    from random import Random

    from cogs.events.timewords import Understood

_ZONES = (
    "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu",
    "America/St_Johns", "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
    "America/Santiago", "Africa/Casablanca", "UTC",
)  # fmt: skip
_NIGHTS = ("2026-11-01T05:59", "2027-03-14T06:59", "2028-02-29T12:00", "2026-12-31T23:59", "2027-10-31T00:30")
_KNOWN = corpus("timewords")
_DAY, _HOUR, _REST = _KNOWN["days"], _KNOWN["hours"], _KNOWN["more"]
_CORPUS = [f"{day} {hour}" for day in _DAY for hour in _HOUR[:6]] + [
    f"{day} 3pm {more}" for day in _DAY for more in _REST
]
_MAKER = Maker(_CORPUS, [*_KNOWN["words"], *_DAY, *_HOUR, *_REST], longest=400, whole=0.3)


def _draw(rng: Random) -> bytes:
    """The zone, the moment in UTC at which it is said, and the words, divided by bars."""
    if rng.random() < 0.2:
        now = rng.choice(_NIGHTS)
    else:
        now = f"{datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(1_500_000)):%Y-%m-%dT%H:%M}"
    if rng.random() < 0.4:
        words = " ".join((rng.choice(_DAY), rng.choice(_HOUR), rng.choice(_REST), rng.choice(("", "", "", *_REST))))
    else:
        words = _MAKER.text(rng)
    return case_of(f"{rng.choice(_ZONES)}|{now}|{words}")


def _check(data: bytes) -> bool:
    key, _, rest = text_of(data).partition("|")
    said, _, words = rest.partition("|")
    try:
        zone, now = ZoneInfo(key), datetime.fromisoformat(said).replace(tzinfo=UTC)
    except (ValueError, KeyError, OSError):
        return False  # only when it is made smaller
    return accepted(lambda: _read(words, now, zone))


def _read(words: str, now: datetime, zone: ZoneInfo) -> None:
    found = understand(words, now, zone)
    asked = {doubt.question for doubt in found.doubts}
    holds(found.start > now or Question.PAST in asked, "a time is to come, or asked about", found.start, now)
    holds(found.start < now + timedelta(days=1_400) or Question.FAR in asked, "a far time is asked about", found.start)
    holds(len(found.words) <= 300 and len(found.doubts) <= len(Question), "it is said back in few words", found.words)
    _agrees(found, zone)
    again = understand(found.words, now, zone)
    same = (again.start, again.end, again.local, again.local_end, again.rule, again.words)
    meant = (found.start, found.end, found.local, found.local_end, found.rule, found.words)
    holds(same == meant, "what is said back is understood as the same", found.words, same, meant)
    for doubt in found.doubts:
        holds(0 < len(doubt.words) <= 300, "a doubt is said in few words", doubt.words)
        if doubt.other is not None:
            other = understand(doubt.other, now, zone).words
            holds(other == doubt.other != found.words, "the other reading is one of its own", doubt.other, other)


def _agrees(found: Understood, zone: ZoneInfo) -> None:
    """The parts of one answer tell the same."""
    holds(found.local.tzinfo is None and found.start.tzinfo is UTC, "local times are naive, moments UTC", found)
    holds(found.start == wallclock.moment(found.local, zone), "both tell the same start", found.local, found.start)
    if found.end is not None:
        length = found.end - found.start
        holds(timedelta(0) < length <= MOST_LENGTH, "it ends after it starts, within two weeks", length)
        holds(found.local_end == wallclock.on_the_wall(found.end, zone), "both tell the same end", found.local_end)
    if found.rule is not None:
        found.rule.check()
        holds(Rule.parse(str(found.rule)) == found.rule, "a rule is read as it is written", str(found.rule))
        stored = Rule.parse(found.rule.ical(zone), zone)
        holds(stored == found.rule, "a rule comes back from a calendar file", str(stored), str(found.rule))
    _ = uszones.contiguous(found.start, zone), uszones.beyond(found.start, zone)


TARGET = Target("timewords", 200, _draw, _check)
