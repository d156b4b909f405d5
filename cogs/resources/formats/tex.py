"""Text for BibTeX and back: TeX's special characters, accents and ligatures."""

from __future__ import annotations

import re
import unicodedata

# What a person typed that TeX would take for something else. Two signs that TeX would join have {} between them.
_NAMED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&$#_"},
}
_SPECIAL = re.compile(r"[\\~^%&$#_]|-(?=-)|'(?=')|`(?=`)|[!?](?=`)")
_BRACE = re.compile(r"[{}]")
# BibTeX counts braces even behind a backslash, so one without its partner needs a name
_LONE = {"{": r"\ensuremath{\lbrace}", "}": r"\ensuremath{\rbrace}"}

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_MACROS = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "lbrace": "{", "rbrace": "}",
    "textbraceleft": "{", "textbraceright": "}", "textquotedbl": '"', "textquotesingle": "'", "textendash": "–",
    "textemdash": "—", "textellipsis": "…", "ldots": "…", "dots": "…", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textregistered": "®", "texttrademark": "™",
    "textcopyright": "©", "textdegree": "°", "textbar": "|", "textless": "<", "textgreater": ">", "textdollar": "$",
    "textunderscore": "_", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å",
    "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
}  # fmt: skip
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "~": " "}
_TEX = re.compile(
    r"""\\(?P<accent>[`'^~=."])\s*(?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\?(?P<bare>[A-Za-z]))"""
    r"""|\\(?P<lettered>[uvHcdkr])\s*\{\s*\\?(?P<under>[A-Za-z])\s*\}"""
    r"""|\\(?P<macro>[A-Za-z]+)(?:\{\}|[ \t\n]*)"""
    r"""|\\(?P<sign>.)"""
    r"""|(?P<ligature>---?|``|''|[!?]`|~)"""
    r"""|(?P<brace>[{}])""",
    re.DOTALL,
)


def escaped(text: str) -> str:
    """The text as the value of a BibTeX field between braces: nothing in it acts, its braces are balanced."""
    text = _SPECIAL.sub(lambda found: _NAMED.get(found[0], f"{found[0]}{{}}"), _marked(text))
    return text.translate(_MARKS)


def unescaped(text: str) -> str:
    """What a BibTeX value reads as: accents joined, special characters and dashes as themselves, braces gone."""
    if not re.search(r"[\\{}~`]|--|''", text):
        return text
    return unicodedata.normalize("NFC", _TEX.sub(_read, text))


# Braces become private characters first, so that the backslashes before them are not taken for typed ones
_OPEN, _CLOSE, _LONE_OPEN, _LONE_CLOSE = "\ue000\ue001\ue002\ue003"
_MARKS = str.maketrans({_OPEN: r"\{", _CLOSE: r"\}", _LONE_OPEN: _LONE["{"], _LONE_CLOSE: _LONE["}"]})


def _marked(text: str) -> str:
    """The text with each brace as a mark that says whether it has a partner."""
    signs = list(text)
    waiting: list[int] = []
    for found in _BRACE.finditer(text):
        place = found.start()
        if found[0] == "{":
            waiting.append(place)
            signs[place] = _LONE_OPEN
        elif waiting:
            signs[waiting.pop()], signs[place] = _OPEN, _CLOSE
        else:
            signs[place] = _LONE_CLOSE
    return "".join(signs)


def _read(found: re.Match[str]) -> str:
    if accent := found["accent"] or found["lettered"]:
        letter = found["braced"] or found["bare"] or found["under"]
        return f"{letter}{_ACCENTS[accent]}"
    if macro := found["macro"]:
        return _MACROS.get(macro, "")
    if ligature := found["ligature"]:
        return _LIGATURES[ligature]
    return found["sign"] or ""
