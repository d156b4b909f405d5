"""Places as people write them, made comparable: "Ames, IA" is in Iowa, and so is "Des Moines, Iowa"."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from bot.kit.cities import states_by_code
from bot.kit.vocabulary.words import fold

_STATE_OF_CODE = {code: " ".join(fold(name, plurals=True)) for code, name in states_by_code().items()}
_CODE_OF_STATE = {state: code for code, state in _STATE_OF_CODE.items()}
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


def zone_named(zone: str) -> str:
    """A time zone as one says it: "New York time"."""
    city = ZoneInfo(zone).key.rpartition("/")[2].replace("_", " ")
    return f"{city} time" if zone != "UTC" else "UTC"
