"""The docs as what a reader meets: pages, their headings, links, pictures, and what stands in them as code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^(?: {4}|\t).*\n?)+", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_TAG = re.compile(r"<img\b([^>]*)>")
_BARE = re.compile(r"<(https?://[^>]+)>")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_BOLD = re.compile(r"\*\*([^*]+)\*\*", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One file of the docs."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """Without what stands in boxes and between backticks."""
        return _SPAN.sub("", re.sub(r"^ {8,}\S.*$", "", _FENCE.sub("", self.text), flags=re.MULTILINE))

    @cached_property
    def code(self) -> list[str]:
        """What stands between backticks, and each line of what stands in a box."""
        boxes = [*_FENCE.findall(self.text), *_INDENTED.findall(_FENCE.sub("", self.text))]
        lines = [line.strip() for box in boxes for line in box.splitlines() if not line.startswith("```")]
        return [*_SPAN.findall(_FENCE.sub("", self.text)), *(line for line in lines if line)]

    @cached_property
    def links(self) -> list[str]:
        return [*_LINK.findall(self.prose), *_BARE.findall(self.prose)]

    @cached_property
    def pictures(self) -> list[tuple[str, str]]:
        """Alternative text and place of each picture."""
        tags = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in _TAG.findall(self.prose)]
        return [*_PICTURE.findall(self.prose), *((tag.get("alt", ""), tag.get("src", "")) for tag in tags)]

    @cached_property
    def anchors(self) -> set[str]:
        """What a link to a heading of this page may end in, as GitHub and its like make it."""
        headings = [re.sub(r"[`*_]", "", found).strip() for found in _HEADING.findall(_FENCE.sub("", self.text))]
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

    @cached_property
    def bold(self) -> list[str]:
        return [re.sub(r"\s+", " ", found).strip(" .,:;") for found in _BOLD.findall(self.prose)]

    def at(self, target: str) -> Path:
        """The file that a relative link leads to."""
        return (self.path.parent / target.partition("#")[0]).resolve() if target.partition("#")[0] else self.path


PAGES = [Page(path) for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])]
EXAMPLE = ROOT / "docs" / "a-new-room.md"
"""The worked example speaks of a room that is not there."""
TRUE = [page for page in PAGES if page.path != EXAMPLE]
README = next(page for page in PAGES if page.name == "README.md")
ORGANIZERS = [page for page in PAGES if page.name.startswith("docs/organizers")]
