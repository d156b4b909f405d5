"""From what a person types ("Columbus", "ohio", "New York", "wien"?) to time zones: nobody needs to know IANA's names.

IANA names a zone after its best known city; the larger cities of the United States and a few others are listed in
cities.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_MOST = 25
"""As many as Discord shows in a select."""
_LISTED = Path(__file__).with_name("cities.toml")
_AREAS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_SHORT = {
    f"{letter}{end}t": zone
    for letter, zone in (
        ("e", "America/New_York"), ("c", "America/Chicago"), ("m", "America/Denver"), ("p", "America/Los_Angeles"),
    )
    for end in ("", "s", "d")
}  # fmt: skip
"""What people call the time of the four large zones."""


@dataclass(frozen=True, slots=True)
class City:
    """A place with its zone (an IANA name). `name` is what people call it, `where` which of that name it is."""

    name: str
    where: str
    zone: str
    code: str = ""

    @property
    def label(self) -> str:
        """The place as one reads it in a list: Columbus, Ohio."""
        return f"{self.name}, {self.where}" if self.where else self.name


def is_zone(name: str) -> bool:
    """Whether this machine knows a zone of exactly that IANA name."""
    return name in _known()


def shown(zone: str) -> str:
    """A zone as people read it: Eastern time (New York), or Vienna time (Europe/Vienna)."""
    city = zone.rpartition("/")[2].replace("_", " ")
    names = [name for name, of in _listed()["other"].items() if of == zone and name.endswith(" time")]
    if names:
        return f"{names[0]} ({city})"
    return "UTC" if zone == "UTC" else f"{city} time ({zone})"


def search(typed: str) -> list[City]:
    """The places that a text may mean, the likeliest first, at most `AT_MOST`; of equal places in a zone one each.

    A city's whole name comes before one that merely begins so, and that before a later word. What follows a comma
    ("Columbus, OH") narrows it down to a state or a part of the world, where that leaves anything.
    """
    if is_zone(typed.strip()):
        return [City(typed.strip().rpartition("/")[2].replace("_", " "), "", typed.strip())]
    name, _, where = typed.partition(",")
    wanted, place = _fold(name), _fold(where)
    if not wanted:
        return []
    ranked: list[tuple[int, City]] = []
    for city in _cities():
        rank = _rank(wanted, _fold(city.name))
        if rank is not None:
            ranked.append((rank, city))
    ranked = [(rank, city) for rank, city in ranked if place and _fits(place, city)] or ranked
    best = [city for rank, city in ranked if rank == 0]
    ranked.sort(key=lambda pair: pair[0])  # a stable sort: equals stay in the list's order
    found = best or [city for _, city in ranked]
    return list({(city.label, city.zone): city for city in found}.values())[:AT_MOST]


def meant(typed: str) -> list[City]:
    """The places that a member may mean who types where they are: those of one zone, or several to choose from.

    Beside what `search` finds it knows a state's code ("OH"), a zone's everyday name ("ET"), and a small place by what
    follows its comma ("Gothenburg, NE"). Of a state with two zones, the one where most of its people live counts.
    """
    given = typed.replace("_", " ").strip()
    short = given.casefold().removesuffix(" time").removesuffix(" standard")
    if short in _SHORT:
        return [City(given, "", _SHORT[short])]
    if "/" in given:
        exact = next((zone for zone in _known() if zone.casefold() == typed.strip().casefold()), None)
        return [] if exact is None else search(exact)
    name, _, where = given.partition(",")
    place = _fold(where)
    found = [city for city in search(given) if not place or _fits(place, city)]
    states = states_by_code()
    if not found:
        wanted = (place or _fold(name)).casefold()
        found = search(states.get(wanted, wanted if place else ""))
    most = [city for city in found[:1] if city.name in states.values()]
    return most or list({city.zone: city for city in found}.values())


@cache
def states_by_code() -> dict[str, str]:
    """The names of the states of the US, its capital and Puerto Rico by their codes, in small letters.

    The codes are those of the US Postal Service (https://pe.usps.com/text/pub28/28apb.htm).
    """
    return {state["code"].casefold(): state["name"] for state in _listed()["state"]}


def _rank(wanted: str, name: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else None


def _fits(place: str, city: City) -> bool:
    return place == city.code.casefold() or _fold(city.where).startswith(place)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("'", "").casefold())
    words = _WORD.findall("".join(character for character in plain if not unicodedata.combining(character)))
    return " ".join("saint" if word == "st" else word for word in words)


@cache
def _cities() -> tuple[City, ...]:
    return tuple(city for city in (*_states(), *_others(), *_zones()) if city.zone in _known())


def _states() -> Iterator[City]:
    for state in _listed()["state"]:
        name, code, zone = state["name"], state["code"], state["zone"]
        others = state.get("also", {})
        yield City(name, "most of the state" if others else "", zone, code)
        for other in others:
            yield City(name, f"near {others[other][0]}", other, code)
        for at, cities in {zone: state["cities"], **others}.items():
            yield from (City(city, name, at, code) for city in cities)


def _others() -> Iterator[City]:
    for label, zone in _listed()["other"].items():
        name, _, where = label.partition(", ")
        yield City(name, where, zone)


def _zones() -> Iterator[City]:
    """The zones' own cities, where no listed one is the same."""
    listed = {(_fold(city.name), city.zone) for city in (*_states(), *_others())}
    for zone in sorted(_known()):
        area, _, rest = zone.partition("/")
        name = rest.rpartition("/")[2].replace("_", " ")
        if area in _AREAS and (_fold(name), zone) not in listed:
            yield City(name, area, zone)


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())  # it looks through the file system each time


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(_LISTED.read_text(encoding="utf-8"))
