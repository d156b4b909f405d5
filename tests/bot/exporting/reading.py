"""The page as a program sees it, and an export as text."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from bot.exporting import export
from tests.bot.exporting.planting import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import Database

VOID = {"meta"}


class Page(HTMLParser):
    """All of a page: its elements with their attributes in order, its text, and whether each element was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for _, attributes in self.elements if "href" in attributes]

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def everything(folder: Path) -> str:
    """All that stands in an export, the names of its files too; a calendar's lines are joined again."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(f"{path.relative_to(folder)}\n{path.read_bytes().decode()}" for path in files).replace("\r\n ", "")


async def taken(database: Database, folder: Path, server: int | None = None) -> Path:
    """Export all, or one server, into a new folder; the folder of the one server there is."""
    (one,), _ = await export(f"sqlite+aiosqlite:///{database.file}", folder, NOW, server=server)
    return folder / one.folder


def table(file: Path) -> list[dict[str, str]]:
    """A table's rows by the names of their columns."""
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
