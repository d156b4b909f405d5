"""Words that the index does not know, corrected from its own vocabulary, which is kept per server.

Candidates come from index ranges instead of a list in memory, so that they are right in every process and after
every rollback. One edit leaves one side of a word whole; two edits leave one of three parts whole, when a letter
between the parts is left out so that two swapped letters never touch two of them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.prepared import fetched
from db.search.words import STOP_WORDS, words_to_find

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

SHORTEST = 4
"""Shorter words are taken as typed."""
SHORT = 6
"""Below this length an edit is forgiven only where it looks like a slip, see `is_slip`."""
LONG = 8
"""From this length on two edits are forgiven, else one."""
LONGEST = 32
_SOUND_ALIKE = {frozenset("sz"), frozenset("ck"), frozenset("iy")}
_MOST = 8  # how many words of one question are corrected
_LAST = "\U0010ffff"

_CANDIDATES = """
WITH pattern AS MATERIALIZED (
    SELECT json_extract(value, '$[0]') AS typed, json_extract(value, '$[1]') AS mirror,
        json_extract(value, '$[2]') AS low, json_extract(value, '$[3]') AS high,
        json_extract(value, '$[4]') AS least, json_extract(value, '$[5]') AS most,
        json_extract(value, '$[6]') AS head, json_extract(value, '$[7]') AS middle, json_extract(value, '$[8]') AS tail
    FROM json_each(:patterns))
SELECT typed, word, records FROM pattern CROSS JOIN search_word
WHERE mirror = 0 AND guild_id = :guild AND word >= low AND word < high AND length(word) BETWEEN least AND most
    AND (substr(word, 1, length(head)) = head OR instr(word, middle) OR substr(word, -length(tail)) = tail)
UNION
SELECT typed, word, records FROM pattern CROSS JOIN search_word
WHERE mirror = 1 AND guild_id = :guild AND mirrored >= low AND mirrored < high AND length(word) BETWEEN least AND most
ORDER BY records DESC, word
"""

_NEAREST = """
SELECT word, records FROM search_word
WHERE guild_id = :guild AND word >= :low AND word < :high AND length(word) > 2 ORDER BY records DESC, word LIMIT 200
"""

_Pattern = tuple[str, int, str, str, int, int, str, str, str]


def edits(one: str, other: str, most: int) -> int:
    """How many edits (drop, add, replace, swap two neighbours) lie between two words; `most` + 1 if more than that."""
    start = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        return min(len(one) + len(other), most + 1)
    if most == 0 or abs(len(one) - len(other)) > most:
        return most + 1
    ways = [edits(one[1:], other, most - 1), edits(one, other[1:], most - 1), edits(one[1:], other[1:], most - 1)]
    if one[:2] == other[1::-1]:
        ways.append(edits(one[2:], other[2:], most - 1))
    return 1 + min(ways)


def is_slip(typed: str, word: str) -> bool:
    """Whether a short word, one edit away from another, looks like a slip of it and not like a word of its own.

    A small catalogue lacks many everyday words: "safe" is not "save", nor "lost" "list". So only two swapped neighbours
    count, a letter doubled or left out inside, or two letters that sound alike ("lazer").
    """
    if len(typed) == len(word):
        pairs = {frozenset(pair) for pair in zip(typed, word, strict=True) if pair[0] != pair[1]}
        return sorted(typed) == sorted(word) or pairs <= _SOUND_ALIKE
    if typed[0] != word[0] or typed[-1] != word[-1]:
        return False
    if len(typed) < len(word):
        return True
    return any(
        typed[place] == typed[place + 1] and typed[:place] + typed[place + 1 :] == word for place in range(len(word))
    )


def forgiven(word: str) -> int:
    """How many edits are forgiven in a word of this length; words with digits are names and stay as they are."""
    if len(word) < SHORTEST or len(word) > LONGEST or not word.isalpha():
        return 0
    return 1 if len(word) < LONG else 2


async def corrections(connection: AsyncConnection, guild_id: int, unknown: Sequence[str]) -> dict[str, str]:
    """For each of the unknown words that is close to a known one, that one."""
    patterns = [pattern for word in unknown[:_MOST] if forgiven(word) for pattern in _patterns(word)]
    values = {"guild": guild_id, "patterns": json.dumps(patterns)}
    best: dict[str, tuple[float, str]] = {}
    for typed, word, records in await fetched(connection, _CANDIDATES, values):
        least = best.get(typed, (0.0, ""))[0]
        likely = _likely(typed, word, records, least)
        if likely > least:
            best[typed] = (likely, word)
    return {typed: word for typed, (_, word) in best.items()}


def _patterns(word: str) -> Iterable[_Pattern]:
    """Ranges of the vocabulary, or of the vocabulary mirrored, in which all words lie that `word` may stand for."""
    half = len(word) // 2
    most = forgiven(word)
    head, tail = word[:half], word[half + 1 :][::-1]
    shortest, longest = len(word) - most, len(word) + most
    yield (word, 1, tail, tail + _LAST, len(word) - 1, len(word) + 1, "", "", "")
    if most == 1:
        yield (word, 0, head, head + _LAST, shortest, longest, "", "", "")
    else:  # two edits: only words with the same first letter, of which one of three parts is whole
        part = (len(word) - 2) // 3
        parts = word[:part], word[part + 1 : 2 * part + 1], word[2 * part + 2 :]
        yield (word, 0, word[0], word[0] + _LAST, shortest, longest, *parts)


def _likely(typed: str, word: str, records: int, least: float) -> float:
    """How likely `word` was meant: few edits before the same first letter before how many records have it.

    0 where it is out of reach, or cannot be likelier than `least`, which is looked at first since edits take time.
    """
    same_first = typed[0] == word[0]
    one_edit = records * 50.0 * (10 if same_first else 1)
    if one_edit <= least or not word.isalpha():
        return 0
    most = forgiven(typed)
    distance = edits(typed, word, most)
    if distance == 1:
        return one_edit if len(typed) >= SHORT or is_slip(typed, word) else 0
    return float(records) if distance <= most and same_first else 0


async def nearest(connection: AsyncConnection, guild_id: int, text: str, limit: int = 6) -> tuple[str, ...]:
    """Known words that begin as the words of `text` do, nearest first, for when nothing was found.

    At most `limit` (at least 0) of them; empty where no word of the server begins like any in the text.
    """
    ranked: list[tuple[int, int, str]] = []
    typed = words_to_find(text)[:_MOST]
    for one in (word for word in typed if len(word) >= SHORTEST - 1):
        low = one[:3]
        values = {"guild": guild_id, "low": low, "high": low + _LAST}
        for word, records in await fetched(connection, _NEAREST, values):
            if word not in typed and word not in STOP_WORDS and word.isalpha():
                ranked.append((edits(one, word, 3), -records, word))
    return tuple(dict.fromkeys(word for _, _, word in sorted(ranked)))[: max(0, limit)]
