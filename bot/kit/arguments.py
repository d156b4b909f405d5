"""Numbers in what a confirmation, a list or a form carries. It comes from outside, so it is read with care."""

from __future__ import annotations

import re

from bot.kit.errors import GoneError

_NUMBER = re.compile(r"\d{1,18}|[1-8]\d{18}", re.ASCII)
"""One that always fits a signed 64-bit integer, as in the templates of bot/kit/buttons."""
_OLD = "This is from an older version of me and leads nowhere any more. Please start again."


def read_number(argument: str) -> int:
    """The number that an argument is. Raises GoneError for anything else."""
    if _NUMBER.fullmatch(argument) is None:
        raise GoneError(_OLD)
    return int(argument)


def read_numbers(argument: str) -> tuple[int, int]:
    """The two numbers in an argument with a dot between them, such as a thing and its version; 0 where one is missing.

    Raises GoneError for anything else.
    """
    first, _, second = argument.partition(".")
    return read_number(first or "0"), read_number(second or "0")
