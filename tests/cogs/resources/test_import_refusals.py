"""Every file that cannot be imported is refused in words that say what to do, and nothing is kept of it."""

from __future__ import annotations

import codecs
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from simcord.backend.cdn import CdnStore

from tests.cogs.resources.files import HEAD, TWO, bring_in, content, export, many, of_link, send
from tests.kit.world import buttons, words

if TYPE_CHECKING:
    from tests.kit.world import World

ACCENTS = f"{HEAD}\nCafé maker,https://café.example.org/a,Über uns,guide,2020\n".replace("café.", "cafe.")


def zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("table.csv", TWO)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ACCENTS.encode("latin-1"), "not in UTF-8"),
        (ACCENTS.encode("utf-16"), "1 new"),
        (codecs.BOM_UTF8 + ACCENTS.encode(), "1 new"),
        (ACCENTS.replace(",", ";").encode(), "1 new"),
        (ACCENTS.replace(",", "\t").encode(), "1 new"),
    ],
    ids=["latin-1", "utf-16", "byte-order-mark", "semicolons", "tabs"],
)
async def test_tables_from_any_program_are_read(world: World, data: bytes, said: str) -> None:
    card = await send(world, data)
    assert said in words(card)
    assert "Café maker" in words(card)
    assert "Import 1 resource" in buttons(card)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"title,notes\nA,b\n", "a.csv", "There is no column for the link"),
        (b"title,link,url\nA,https://a.org,https://b.org\n", "a.csv", "Two columns hold the link"),
        (many(6_000).encode(), "a.csv", "split it into 2 files"),
        (zipped(), "a.csv", "This is an Excel workbook or another zip file"),
        (zipped(), "a.xlsx", "Google Sheets, save or download it as CSV"),
        (b"", "a.csv", "This file is empty"),
        (b"{", "a.json", "cannot be read"),
        (b"hello", "a.ris", "There are no records"),
        (b"hello", "a.bib", "There are no entries"),
    ],
    ids=["missing", "doubled", "6000-rows", "zip", "workbook", "empty", "json", "ris", "bibtex"],
)
async def test_what_cannot_be_read_is_refused_in_words_and_leaves_nothing(
    world: World, data: bytes, name: str, said: str
) -> None:
    refused = await send(world, data, name)
    assert said in words(refused)
    assert refused.ephemeral
    async with world.database.read() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM draft")).scalar_one() == 0


async def test_a_file_of_100_mb_is_refused_before_it_is_fetched(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []

    def get(self: CdnStore, url: str) -> bytes | None:
        fetched.append(url)
        return self._blobs.get(url)

    monkeypatch.setattr(CdnStore, "get", get)
    assert "larger than 8 MB" in words(await send(world, bytes(100 * 1024 * 1024)))
    assert fetched == []


async def test_a_file_that_discord_no_longer_has_is_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CdnStore, "get", lambda _self, _url: None)
    assert "send it once more" in words(await send(world, TWO))


async def test_a_formula_in_a_cell_is_a_title_like_any_other_and_never_leaves_as_one(world: World) -> None:
    await bring_in(world, f'{HEAD}\n"=HYPERLINK(""https://evil.org"")",https://zines.org/shelf,,guide,\n')
    there = await of_link(world, "zines.org/shelf")
    assert there is not None
    assert there.about.title.startswith("=HYPERLINK")
    _, data = await content(world, await export(world, "csv"))
    assert b"\"'=HYPERLINK" in data
    assert b',"=HYPERLINK' not in data
