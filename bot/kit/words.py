"""Text for cards: cut at a limit, cleaned of what cannot be shown, and kept from acting as markdown."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_~|<>\[\]()#@:]|^[-+])")
# Directional overrides and isolates can make a card read backwards; https://unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


def tidy(text: str, *, lines: bool = False) -> str:
    """Drop control and direction characters and fold white space; with `lines`, keep line breaks (two at most).

    Joiners stay, since emoji and several scripts need them. The result is trimmed and may be empty.
    """
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", text).translate(_DIRECTION)
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")
    )
    if not lines:
        return _SPACES.sub(" ", kept).strip()
    rows = [_SPACES.sub(" ", row).strip() for row in kept.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def clip(text: str, limit: int) -> str:
    """At most `limit` characters (1 or more); what is cut ends with an ellipsis, at a word's end where one is near."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    if space > limit * 2 // 3:
        cut = cut[:space]
    return cut.rstrip(" ,;:.–-\\") + "…"


def plain(text: str, limit: int | None = None) -> str:
    """What a person wrote, made harmless inside a card: tidied, cut to `limit` before escaping, markdown escaped."""
    clean = tidy(text)
    return _MARKDOWN.sub(r"\\\1", clean if limit is None else clip(clean, limit))


def has_letters(text: str) -> bool:
    """Whether there is at least one letter or digit of any script in it: neither empty nor only emoji and signs."""
    return any(character.isalnum() for character in text)


def listed(names: list[str], last: str = "and") -> str:
    """A list as one says it: a, b and c."""
    if len(names) < 2:  # noqa: PLR2004 - one name needs no comma
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 resource, 12 resources, 1,204 resources."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
