"""Rules for repeating (RRULE), and the series that follow from them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cogs.events.recurrence import Rule, Series, ended, in_words, pairs, parted, reclocked, skipping, unskipping
from cogs.events.recurrence.rule import MOST_BETWEEN, MOST_TIMES
from tests.fuzz.making import Maker, corpus
from tests.fuzz.target import Target, accepted, case_of, holds, text_of

if TYPE_CHECKING:
    from random import Random

_KNOWN = corpus("rules")
_FREQUENCIES, _PARTS = _KNOWN["frequencies"], _KNOWN["parts"]
_ZONES = ("America/New_York", "Europe/London", "Pacific/Apia", "Australia/Lord_Howe", "UTC")
_CORPUS = [
    f"FREQ={frequency};{part};{more}" for frequency in _FREQUENCIES[:4] for part in _PARTS[::2] for more in _PARTS[1::2]
]
_MAKER = Maker(
    [*_CORPUS, "RRULE:FREQ=MONTHLY;BYDAY=1TU", "FREQ=DAILY"], [*_PARTS, "FREQ=DAILY"], joint=";", longest=700
)
_FIRST = datetime(2026, 1, 1)  # noqa: DTZ001 - a wall time


def _draw(rng: Random) -> bytes:
    """The zone, minutes from the first start to 2026, and the rule."""
    minutes = rng.choice((0, 83_460, rng.randrange(3_000_000)))
    if rng.random() < 0.6:
        parts = {part.partition("=")[0]: part for part in rng.choices(_PARTS, k=rng.choice((0, 1, 1, 2, 2, 3, 4)))}
        rule = ";".join((f"FREQ={rng.choice(_FREQUENCIES)}", *parts.values()))
    else:
        rule = _MAKER.text(rng)
    return case_of(f"{rng.choice(_ZONES)}|{minutes}|{rule}")


def _check(data: bytes) -> bool:
    key, _, rest = text_of(data).partition("|")
    minutes, _, rule = rest.partition("|")
    if key not in _ZONES or not (minutes.isdecimal() and minutes.isascii()):
        return False  # only when it is made smaller
    start = _FIRST + timedelta(minutes=min(int(minutes), 3_000_000))
    return accepted(lambda: _read(rule, start, ZoneInfo(key)))


def _read(text: str, start: datetime, zone: ZoneInfo) -> None:
    rule = Rule.parse(text, zone)
    holds(Rule.parse(str(rule)) == rule, "a rule is read as it is written", str(rule))
    holds(1 <= rule.interval <= MOST_BETWEEN[rule.frequency], "no interval beyond its bound", rule.interval)
    holds(rule.count is None or 1 <= rule.count <= MOST_TIMES, "no number of times beyond its bound", rule.count)
    settled = rule.settled(start)
    settled.check()
    words = in_words(settled)
    holds(0 < len(words) <= 1_200, "a rule is said in words", words)
    series = Series(settled, start, zone)
    before = start + timedelta(days=366 * 2)
    keys = series.keys(start, before)
    holds(keys == sorted(set(keys)), "occurrences are in order, each once", str(rule))
    holds(len(keys) <= 734, "at most one a day", len(keys), str(rule))
    holds(all(start <= key <= before for key in keys), "no occurrence outside of what was asked", str(rule))
    until = rule.until
    holds(until is None or all(key <= until for key in keys), "none after its last day", str(rule))
    holds(rule.count is None or len(keys) <= rule.count, "no more than so many times", str(rule))
    first, last = series.first(), series.last()
    holds(not keys or first == keys[0], "the first is the first", first, str(rule))
    holds(last is None or not keys or last >= keys[-1], "the last is the last", last, str(rule))
    if keys:
        _changed(series, keys, before)


def _changed(series: Series, keys: list[datetime], before: datetime) -> None:
    """What organizers do with a series leaves the rest of it as it was."""
    key = keys[len(keys) // 2]
    without = skipping(series, key)
    holds([*without.keys(series.start, before), key].__len__() == len(keys), "skipping takes out one", key)
    holds(unskipping(without, key) == series, "what was skipped comes back", key)
    earlier, later = parted(series, key)
    parts = [*(earlier.keys(series.start, before) if earlier else []), *later.keys(key, before)]
    if series.rule.interval == 1:  # an interval is counted from a series' first start
        holds(parts == keys, "two parts of a series are the whole", str(series.rule), str(key))
    holds(ended(series, key).keys(series.start, before) == keys[: keys.index(key) + 1], "it ends where told", key)
    moved = reclocked(series, time(9, 15))
    days = [
        each.date() for each in moved.keys(moved.start, before + timedelta(days=1)) if each.date() <= keys[-1].date()
    ]
    holds(days == [each.date() for each in keys], "another hour leaves the days", str(series.rule))
    found = pairs(keys[:50], keys[1:51])
    holds(len(set(found.values())) == len(found), "each new date stands for one old one", str(series.rule))


TARGET = Target("rules", 150, _draw, _check)
