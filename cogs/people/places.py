"""Places as people write them, made comparable: "Ames, IA" is in Iowa, and so is "Des Moines, Iowa".

State codes are those of the US Postal Service (https://pe.usps.com/text/pub28/28apb.htm). Of a state with two time
zones, the one in which most of its people live is named.
"""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.kit.vocabulary.words import fold

_EASTERN, _CENTRAL = "America/New_York", "America/Chicago"
_MOUNTAIN, _PACIFIC = "America/Denver", "America/Los_Angeles"

_STATES = {
    _EASTERN: "CT Connecticut, DE Delaware, DC District of Columbia, FL Florida, GA Georgia, IN Indiana, KY Kentucky, "
    "ME Maine, MD Maryland, MA Massachusetts, MI Michigan, NH New Hampshire, NJ New Jersey, NY New York, "
    "NC North Carolina, OH Ohio, PA Pennsylvania, RI Rhode Island, SC South Carolina, VT Vermont, VA Virginia, "
    "WV West Virginia",
    _CENTRAL: "AL Alabama, AR Arkansas, IL Illinois, IA Iowa, KS Kansas, LA Louisiana, MN Minnesota, MS Mississippi, "
    "MO Missouri, NE Nebraska, ND North Dakota, OK Oklahoma, SD South Dakota, TN Tennessee, TX Texas, WI Wisconsin",
    _MOUNTAIN: "CO Colorado, ID Idaho, MT Montana, NM New Mexico, UT Utah, WY Wyoming",
    "America/Phoenix": "AZ Arizona",
    _PACIFIC: "CA California, NV Nevada, OR Oregon, WA Washington",
    "America/Anchorage": "AK Alaska",
    "Pacific/Honolulu": "HI Hawaii",
    "America/Puerto_Rico": "PR Puerto Rico",
}
_STATE_OF_CODE: dict[str, str] = {}
_CODE_OF_STATE: dict[str, str] = {}
_ZONES = {
    "eastern": _EASTERN, "et": _EASTERN, "est": _EASTERN, "edt": _EASTERN,
    "central": _CENTRAL, "ct": _CENTRAL, "cst": _CENTRAL, "cdt": _CENTRAL,
    "mountain": _MOUNTAIN, "mt": _MOUNTAIN, "mst": _MOUNTAIN, "mdt": _MOUNTAIN,
    "pacific": _PACIFIC, "pt": _PACIFIC, "pst": _PACIFIC, "pdt": _PACIFIC,
    "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu",
}  # fmt: skip
"""What people call time zones, folded, and their IANA names."""
for _zone, _named in _STATES.items():
    for _one in _named.split(", "):
        _code, _, _name = _one.partition(" ")
        _folded = " ".join(fold(_name, plurals=True))
        _STATE_OF_CODE[_code.casefold()], _CODE_OF_STATE[_folded] = _folded, _code.casefold()
        _ZONES.setdefault(_folded, _zone)
_NOT_PLACES = ("Etc/", "US/", "Canada/", "SystemV/", "posix/", "right/")
LONGEST_FOLDED = 240


def folded(place: str) -> str:
    """A place as words that can be compared, a space before and behind: " ames ia iowa "; empty where it has none.

    A state's code at the end, or its name, brings the other along.
    """
    words = [word for word in fold(place, plurals=True) if word]
    if not words:
        return ""
    joined = " ".join(words)
    last = re.split(r"[\s,]+", place.strip())[-1].strip(".")
    if last.isupper() and last.casefold() in _STATE_OF_CODE:
        joined += f" {_STATE_OF_CODE[last.casefold()]}"
    else:
        joined += "".join(f" {code}" for name, code in _CODE_OF_STATE.items() if f" {joined}".endswith(f" {name}"))
    return f" {joined[: LONGEST_FOLDED - 2]} "


def sought(near: str) -> str:
    """What somebody looks near to, as it stands inside a folded place: a city, a state's name or its code."""
    words = " ".join(word for word in fold(near, plurals=True) if word)
    state = _STATE_OF_CODE.get(words)
    if state is None and words:
        city, _, last = words.rpartition(" ")
        if city and last in _STATE_OF_CODE:  # "Ames IA" finds "Ames, Iowa" as well
            return f" {city} "
        name = next((name for name in _CODE_OF_STATE if words.endswith(f" {name}")), None)
        if name is not None and "," in near:
            return f" {words.removesuffix(name).strip()} "
    return f" {state or words} " if words else ""


@cache
def _cities() -> dict[str, str]:
    """The IANA names of time zones by their whole names and by their cities, folded; read from the disk once."""
    names = {name for name in available_timezones() if "/" in name and not name.startswith(_NOT_PLACES)}
    # Where a city's name is there twice, the one in America or Europe is meant.
    ordered = sorted(names, key=lambda name: (name.startswith(("America/", "Europe/")), name))
    cities = {" ".join(fold(name.rpartition("/")[2].replace("_", " "), plurals=True)): name for name in ordered}
    return cities | {name.casefold(): name for name in names} | {"utc": "UTC"}


def zone_of(typed: str) -> str | None:
    """The IANA name of the time zone meant by its name, a city, a US state or words like "Eastern"; None if unknown."""
    given = typed.strip()
    cities = _cities()
    if "/" in given and given.casefold() in cities:
        return cities[given.casefold()]
    for part in (given, *reversed(given.split(","))):
        words = " ".join(word for word in fold(part, plurals=True) if word)
        words = words.removesuffix(" time").removesuffix(" standard")
        known = _ZONES.get(words) or cities.get(words) or _ZONES.get(_STATE_OF_CODE.get(words, ""))
        if known:
            return known
    return None


def zone_named(zone: str) -> str:
    """A time zone as one says it: "New York time"."""
    city = ZoneInfo(zone).key.rpartition("/")[2].replace("_", " ")
    return f"{city} time" if zone != "UTC" else "UTC"
