"""From the bytes of a file to its text, whatever program saved it; what is no text is refused in words."""

from __future__ import annotations

import codecs
import re

from bot.kit.errors import UserError

SAVE_AS = "In Excel, Numbers or Google Sheets, save or download it as CSV (in Excel: CSV UTF-8), and send that file."

_BINARY = (  # the first bytes of what gets renamed or picked by mistake
    (b"PK", f"This is an Excel workbook or another zip file, not a plain table. {SAVE_AS}"),
    (b"\xd0\xcf\x11\xe0", f"This is an older Excel or Word file, not a plain table. {SAVE_AS}"),
    (b"%PDF", f"This is a PDF, which has no rows to read. Please find the table it was made from. {SAVE_AS}"),
    (b"\x1f\x8b", "This file is compressed (gzip). Please unpack it first, and send the file that was inside."),
    (b"7z\xbc\xaf", "This file is compressed (7z). Please unpack it first, and send the file that was inside."),
    (b"Rar!", "This file is compressed (RAR). Please unpack it first, and send the file that was inside."),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LOOKED_AT = 65_536
_MOST_CONTROL = 0.01


def text_of(data: bytes) -> tuple[str, str]:
    """The text with line feeds only and without NUL, and a remark on how it was read, "" where nothing is to be said.

    A byte order mark decides, then UTF-8, then Windows-1252 and Latin-1. Raises UserError for what is no text.
    """
    for magic, words in _BINARY:
        if data.startswith(magic):
            raise UserError(words)
    text, remark = _decoded(data)
    start = text[:_LOOKED_AT]
    if len(_CONTROL.findall(start)) > _MOST_CONTROL * len(start) + 1:
        raise UserError(f"This file holds something other than text, so there are no rows to read. {SAVE_AS}")
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return text, remark


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), ""
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if bad <= 0:
        return text, ""
    if data.startswith(codecs.BOM_UTF8) or 2 * bad < len(re.findall(r"[^\x00-\x7f]", text)):
        return text, "A few characters in this file are damaged; look for � in the rows before you go on."
    remark = (
        "This file is not in UTF-8, so it was read as Windows (Western European) text. If letters with accents look "
        "wrong, save it as CSV UTF-8 and send it again."
    )
    try:
        return data.decode("cp1252"), remark
    except UnicodeDecodeError:  # five bytes have no meaning there
        return data.decode("latin-1"), remark
