"""Our own words, held against docs/voice-and-cards.md: each string in the code that people may read."""

from __future__ import annotations

import ast
import re
import unicodedata
from functools import cache
from pathlib import Path

from bot.kit.cards import BUTTON_LABEL_LIMIT, Tone
from cogs.welcome import doors
from tests.kit.house_rules import NEVER, RED_WITH_A_WAY_BACK

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/voice-and-cards.md").read_text(encoding="utf-8")
SPEAKING = sorted(path for folder in ("cogs", "bot/kit", "bot/delivery") for path in (ROOT / folder).rglob("*.py"))
NOT_FOR_PEOPLE = re.compile(r"\{[^}]*\}|https?://\S+|\(\?P?<?\w*>?|\?url=|url = |user guides\?")
"""What is in strings beside words: what is put in, patterns, and names that other programs gave."""
THEIRS = ROOT / "cogs/resources/formats/columns.py"
"""How other programs call the columns of a table."""
REFUSALS = {"UserError", "GoneError", "NotAllowedError"}
WAY_OUT = re.compile(
    r"please|press|open|choose|\btry|search|type|give|\bsave|\bask|\bsend|\*\*|you can|/\w|thank you|shows|look|start"
    r"|write|edit|remove|report|\badd|copy|suggest|tell|leave|left out|take them apart|follow|as \w+ \d|i will|turn"
    r"|\bsay|their|waitlist|queue|nothing needs",
    re.IGNORECASE,
)
LOG_OR_PATTERN = {"debug", "info", "warning", "error", "exception", "compile", "getLogger", "match", "sub", "findall"}


def table(heading: str) -> list[list[str]]:
    """The rows of the first table below this line of the page."""
    below = PAGE[PAGE.index(heading) :].splitlines()
    rows: list[list[str]] = []
    for line in below:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            break
    return rows[2:]


@cache
def strings(path: Path) -> tuple[tuple[int, str], ...]:
    """Each string of a module that has a space in it, with its line; what is put in stands as {name}. No docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside: set[int] = set()
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in LOG_OR_PATTERN:
            inside |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            if id(node) not in inside:
                found.append((node.lineno, "".join(map(_said, node.values))))
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in inside)
    found += [(node.lineno, node.value) for node in constants if isinstance(node.value, str)]
    return tuple(
        (line, said) for line, said in found if " " in said and not said.lstrip().startswith(("SELECT", "UPDATE"))
    )


def _said(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return f"{{{ast.unparse(part.value)}}}" if isinstance(part, ast.FormattedValue) else ""


def said_by_us() -> list[tuple[str, str]]:
    """Each string of the code with the place where it stands."""
    return [
        (f"{path.relative_to(ROOT)}:{line}", said)
        for path in SPEAKING
        if path != THEIRS
        for line, said in strings(path)
    ]


def test_no_word_is_one_we_do_not_use() -> None:
    plain = [(place, NOT_FOR_PEOPLE.sub(" ", said)) for place, said in said_by_us()]
    assert len(plain) > 1_000
    assert [f"{place} {said}" for place, said in plain if NEVER.search(said)] == []


def test_the_word_comes_before_its_emoji() -> None:
    rows = [(place, row) for place, said in said_by_us() for row in said.split("\n")]
    assert [f"{place} {row}" for place, row in rows if _emoji_first(row)] == []
    assert _emoji_first("### 🔎 Best matches")
    assert _emoji_first("{tool.emoji} {tool.label}")


def _emoji_first(row: str) -> bool:
    """Whether a line begins with an emoji, or what is put in as one, and words follow."""
    bare = re.sub(r"^(#{1,3} |-# |> |- |\d+\. |\*\*|\[)*", "", row)
    if re.match(r"\{[\w.]*emoji\}\s*\S", bare):
        return True
    signs = re.match(r"^[^\w\s\"“(<{\[*`/.,:;·–—…#@?!'|=&%+-]+", bare)
    if signs is None or not any(unicodedata.category(sign) == "So" for sign in signs.group()):
        return False
    return re.search(r"\w", bare[signs.end() :]) is not None


def test_a_refusal_says_what_to_do_next() -> None:
    refusals = [
        (f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0])
        for path in SPEAKING
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS and node.args
    ]
    said = [(place, one.values if isinstance(one, ast.JoinedStr) else [one]) for place, one in refusals]
    ends = [(place, "".join(map(_said, parts))) for place, parts in said if isinstance(parts[-1], ast.Constant)]
    assert len(ends) > 100
    assert [f"{place} {words}" for place, words in ends if not WAY_OUT.search(words)] == []


def test_the_colors_of_the_page_are_those_of_the_cards() -> None:
    assert {name: int(color[1:], 16) for name, color, _ in table("## Colors")} == {
        tone.name: tone.value for tone in Tone
    }


def test_the_doors_of_the_page_are_those_on_the_panels() -> None:
    made = {door.label: door.emoji for door in vars(doors).values() if isinstance(door, doors.Door)}
    listed = {label: emoji for label, emoji, _ in table("The same label has the same emoji everywhere")}
    assert {label: made[label] for label in listed if label in made} == {
        label: emoji for label, emoji in listed.items() if label in made
    }
    assert set(listed) - set(made) == {"Ask in public", "What can you do?"}


def test_the_labels_of_the_page_are_in_the_code_and_fit_a_phone() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SPEAKING)
    labels = [row[0] for row in table("The same deed has the same label")]
    assert labels
    assert [label for label in labels if len(label) > BUTTON_LABEL_LIMIT or f'"{label}"' not in code] == []


def test_the_red_buttons_of_the_page_are_those_that_may_stand_without_a_question() -> None:
    assert {row[0].strip("`") for row in table("Red without a question")} == RED_WITH_A_WAY_BACK
