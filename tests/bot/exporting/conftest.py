"""The command line as a caretaker types it, without a token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from tests.kit.cli import NAMES, Said

if TYPE_CHECKING:
    from pathlib import Path

Benchmate = Callable[..., Awaitable[Said]]


@pytest.fixture
def benchmate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Benchmate]:
    """`benchmate export` with these arguments, in a folder with the test's database."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///benchmate.db")
    monkeypatch.chdir(tmp_path)

    async def call(*arguments: str) -> Said:
        code = await asyncio.to_thread(main, ("export", *arguments))  # it has an event loop of its own
        out, err = capsys.readouterr()
        return Said(code, out, err)

    yield call
    root.handlers = handlers
    root.setLevel(level)
