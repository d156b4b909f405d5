"""Where an export goes: into a folder beside its place, which gets its name when it is whole.

Folders are for their owner alone (0700), as are files (0600); only the web page is for everybody (0644), so that it can
be read where it is put.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.kit.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

OWNER_ONLY, EVERYBODY = 0o600, 0o644
PUBLIC = frozenset({".html"})


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that is being filled. Paths in it have slashes between their parts."""

    folder: Path

    def within(self, name: str) -> Place:
        """A folder in it, made where there is none."""
        made = self.folder / name
        made.mkdir(mode=0o700, exist_ok=True)
        return Place(made)

    def write(self, path: str, content: bytes) -> None:
        """Write a new file. Raises OSError; FileExistsError where it is there already."""
        file = self.folder.joinpath(*path.split("/"))
        for parent in reversed(file.parents[: path.count("/")]):
            parent.mkdir(mode=0o700, exist_ok=True)
        mode = EVERYBODY if file.suffix in PUBLIC else OWNER_ONLY
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as written:
            written.write(content)
        file.chmod(mode)  # whatever the process takes away by its umask


def require_free(target: Path, *, over: bool) -> None:
    """Raises UserError, with the way out, for a file, and for a folder with something in it unless `over` was said."""
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise UserError(f"{target} is there already, and it is not a folder. Choose the name of a new folder.")
    if not over and any(target.iterdir()):
        raise UserError(
            f"{target} is there already, and something is in it. Choose the name of a new folder; or add --over, then "
            "what is there now is put aside, not deleted."
        )


@contextmanager
def put_in_place(target: Path, now: datetime) -> Iterator[tuple[Place, list[Path]]]:
    """A folder to fill, which is `target` at the end; and, at the end, where went what was there, if anything.

    `now` (UTC) names that. Where something fails nothing is left, and what was there stays. Raises UserError where the
    disk refuses.
    """
    target = target.resolve()  # a folder that is reached by another name is filled where it is
    aside: list[Path] = []
    made: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f"{target.name}.unfinished-", dir=target.parent))
        yield Place(made), aside
        if target.is_dir() and not any(target.iterdir()):
            target.rmdir()
        elif target.exists():
            aside.append(target.rename(target.with_name(f"{target.name}.before-{now:%Y%m%d-%H%M%S}")))
        made.rename(target)
    except OSError as fault:
        raise UserError(
            f"{target} could not be written ({fault.strerror}). Choose a place with room for it."
        ) from fault
    finally:
        if made is not None and made.exists():
            shutil.rmtree(made, ignore_errors=True)
