"""Makes of an answer the text of a calendar, and of a description plain words. What is no calendar is refused here."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

from bot.kit.words import tidy
from cogs.events.ical.found import MAX_BYTES, MAX_EVENTS, Trouble, UnreadableError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINE_END = re.compile(r"\r\n|\r|\n")
_PROPERTY = re.compile(r"[A-Za-z0-9-]{1,80}[;:]")
_TAG = re.compile(r"</?(a|b|br|div|em|h[1-6]|html|i|li|ol|p|span|strong|table|td|tr|u|ul)\b", re.IGNORECASE)
_BEGIN, _END = "BEGIN:VCALENDAR", "END:VCALENDAR"


def cleaned(content: bytes) -> str:
    """The text of a calendar, whatever its marks, its letters and its line ends; what was broken is joined again.

    Raises UnreadableError for what is empty, too large, a web page, no calendar, or breaks off.
    """
    if not content.strip():
        raise UnreadableError(Trouble.EMPTY)
    if len(content) > MAX_BYTES:
        raise UnreadableError(Trouble.TOO_LARGE)
    text = _decoded(content).replace("\x00", "")
    start = text.upper().find(_BEGIN)
    if start < 0:
        page = re.search(r"<\s*(!doctype|html|head|body|script)", text[:4_000], re.IGNORECASE)
        raise UnreadableError(Trouble.WEB_PAGE if page else Trouble.NOT_A_CALENDAR)
    end = text.upper().rfind(_END)
    if end < start:
        raise UnreadableError(Trouble.CUT_OFF)
    if text.upper().count("BEGIN:VEVENT") > MAX_EVENTS:
        raise UnreadableError(Trouble.TOO_MANY)
    return "\r\n".join(_joined(_LINE_END.split(text[start : end + len(_END)]))) + "\r\n"


def _decoded(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what older programs on Windows write


def _joined(lines: list[str]) -> list[str]:
    """The lines without empty ones; one that is neither a property nor folded belongs to the text before it."""
    kept: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        if line[0] in " \t" or _PROPERTY.match(line) or not kept:
            kept.append(line)
        else:
            kept.append(f" \\n{line}")
    return kept


def plain_text(text: str, limit: int) -> str:
    """A description in plain words, at most `limit` characters: tags taken out, links kept in their place."""
    if _TAG.search(text):
        reader = _Words()
        reader.feed(text[: limit * 10])
        reader.close()
        text = "".join(reader.parts)
    return tidy(text, lines=True)[:limit].strip()


class _Words(HTMLParser):
    """Gathers the words of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._leads_to = ""
        self._begun = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "p", "div", "li", "tr", "ul", "ol"):
            self.parts.append("\n" + ("- " if tag == "li" else ""))
        elif tag in ("script", "style"):
            self._hidden += 1
        elif tag == "a":
            self._leads_to, self._begun = dict(attrs).get("href") or "", len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "a" and self._leads_to.startswith(("http://", "https://")):
            shown = "".join(self.parts[self._begun :]).strip()
            if shown != self._leads_to:
                self.parts.append(f" ({self._leads_to})")
            self._leads_to = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
