"""What comes back from a button or a select: a custom_id, for all that the bot registers."""

from __future__ import annotations

import asyncio
import importlib
import re
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discord import ApplicationFlags

from bot.client import Benchmate
from db.engine import Database
from db.migrations import migrate
from tests.fuzz.making import Maker
from tests.fuzz.target import Target, accepted, case_of, holds, text_of
from tests.kit.world import make_bot

if TYPE_CHECKING:
    from random import Random

    from discord.ui import DynamicItem

LONGEST = 100
"""Characters of a custom_id: https://docs.discord.com/developers/components/reference"""
_DIGITS, _LETTERS = "0123456789" * 4 + "٣६߉𝟘", "abcxyz_ABC019" + "éß中ı"
_MAKER = Maker(["help", "find:laser:1"], ["-1", ":", "0", "::", "a", "999999999999999999999"], joint=":", longest=120)


@dataclass(frozen=True)
class Registered:
    """All templates of the running bot, and the parsed expression of each."""

    items: dict[re.Pattern[str], type[DynamicItem[Any]]]
    parsed: dict[re.Pattern[str], Any]


@cache
def registered() -> Registered:
    """What the bot registers with all its rooms; nothing is sent and nothing stays on the disk."""
    return asyncio.run(_registered())


async def _registered() -> Registered:
    with tempfile.TemporaryDirectory(prefix="benchmate-fuzz-") as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'benchmate.db'}")
        await migrate(database)
        bot = make_bot(database)
        setattr(bot, Benchmate._send_commands.__name__, _sends_nothing)
        bot._connection.application_flags = ApplicationFlags()
        await bot.setup_hook()
        items = dict(bot._connection._view_store._dynamic_items)
        await bot.fetcher.close()
        await database.close()
    parse = importlib.import_module("re._parser").parse
    return Registered(items, {pattern: parse(pattern.pattern, pattern.flags & re.IGNORECASE) for pattern in items})


async def _sends_nothing() -> None:
    pass


def fitting(rng: Random, parsed: Any) -> str:
    """A text that a parsed regular expression fits, of the signs that our templates use."""
    return "".join(_one(rng, str(sign), value) for sign, value in parsed)


def _one(rng: Random, sign: str, value: Any) -> str:  # noqa: PLR0911 - one for each sign
    match sign:
        case "LITERAL":
            return chr(value)
        case "IN":
            return _of_a_class(rng, value)
        case "ANY":
            return rng.choice(_LETTERS + " :-.%")
        case "BRANCH":
            return fitting(rng, rng.choice(value[1]))
        case "SUBPATTERN":
            return fitting(rng, value[3])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, what = value
            most = min(int(most), least + 40)
            times = rng.choice((least, most, rng.randint(least, most), min(most, least + 1)))
            return "".join(fitting(rng, what) for _ in range(times))
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return ""
    raise NotImplementedError(sign)


def _of_a_class(rng: Random, members: Any) -> str:
    sign, value = rng.choice(members)
    match str(sign):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(rng.randint(*value))
        case "CATEGORY" if str(value) == "CATEGORY_DIGIT":
            return rng.choice(_DIGITS)
        case "CATEGORY" if str(value) == "CATEGORY_WORD":
            return rng.choice(_LETTERS)
        case "NEGATE":
            return rng.choice("az09-. é")
    raise NotImplementedError(f"{sign} {value}")


def _draw(rng: Random) -> bytes:
    known = registered()
    pattern = rng.choice(list(known.items))
    custom_id = fitting(rng, known.parsed[pattern])
    if rng.random() < 0.3:
        maker = Maker([custom_id], _MAKER.pieces, joint=":", whole=1, longest=120)
        custom_id = maker.text(rng)
    return case_of(custom_id)


def _check(data: bytes) -> bool:
    custom_id = text_of(data)
    if not 0 < len(custom_id) <= LONGEST:
        return False  # Discord lets none of these through
    taken = [(pattern, item) for pattern, item in registered().items.items() if pattern.fullmatch(custom_id)]
    holds(len(taken) <= 1, "a press is for one only", custom_id, [item.__name__ for _, item in taken])
    if not taken:
        return False
    return accepted(lambda: _made(custom_id, *taken[0]))


def _made(custom_id: str, pattern: re.Pattern[str], kind: type[DynamicItem[Any]]) -> None:
    item = _again(custom_id, pattern, kind)
    for name, value in vars(item).items():
        inside = not isinstance(value, int) or -(1 << 63) <= value < 1 << 63
        holds(inside, "a number fits the database", kind.__name__, name, value)
    written = item.custom_id
    holds(len(written) <= LONGEST, "it fits a custom_id again", kind.__name__, written)
    once_more = _again(written, pattern, kind)
    holds(once_more.custom_id == written, "what it writes is read as the same", kind.__name__, custom_id, written)
    holds(_told(once_more) == _told(item), "it knows the same again", kind.__name__, _told(item), _told(once_more))


def _told(item: DynamicItem[Any]) -> dict[str, str]:
    """What it remembers of its custom_id."""
    kinds = (int, str, bool, tuple, type(None))
    return {name: repr(value) for name, value in vars(item).items() if isinstance(value, kinds) and name[0] != "_"}


def _again(custom_id: str, pattern: re.Pattern[str], kind: type[DynamicItem[Any]]) -> DynamicItem[Any]:
    """The item as discord.py makes it of a press, which waits for nothing."""
    found = pattern.fullmatch(custom_id)
    holds(found is not None, "what it writes fits its own template", kind.__name__, custom_id)
    making: Any = kind.from_custom_id(None, None, found)  # type: ignore[arg-type]  # ours look at neither
    try:
        making.send(None)
    except StopIteration as done:
        made: DynamicItem[Any] = done.value
        return made
    making.close()
    raise NotImplementedError(f"{kind.__name__} waits for something when it is made")


TARGET = Target("custom_ids", 200, _draw, _check)
