"""CSV from anywhere: encodings, delimiters, names of columns, and what is refused as a whole."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.errors import UserError
from cogs.resources import starter
from cogs.resources.formats import MAX_BYTES, MAX_ROWS, Entry
from tests.cogs.resources.formats.samples import answered, reading

TABLE = "Title,Link,Description\nDüsen für Möbel – ein Führer,https://nom.org/a,Fräsen\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_the_encoding_it_was_saved_in(encoding: str) -> None:
    read = reading(TABLE.encode(encoding))
    assert read.entries == (
        Entry(title="Düsen für Möbel – ein Führer", link="https://nom.org/a", description="Fräsen"),
    )
    assert any("read as Windows" in note for note in read.notes) == (encoding == "cp1252")


def test_utf_16_is_read_in_either_byte_order_and_latin_1_where_windows_has_no_letter() -> None:
    big = b"\xfe\xff" + TABLE.encode("utf-16-be")
    assert reading(big).entries[0].title.startswith("Düsen")
    latin = b"title,link\nCaf\xe9 \x81 makers,nom.org\n"
    assert reading(latin).entries[0].title == "Café makers"


def test_one_damaged_letter_does_not_spoil_the_others() -> None:
    read = reading("title,link\nDüsen für Möbel öäü é,nom.org\nb".encode() + b"\xff" + b"d,nom.org/b\n")
    assert read.entries[0].title == "Düsen für Möbel öäü é"
    assert "damaged" in read.notes[0]


@settings(max_examples=300, deadline=None)
@given(
    data=st.binary(max_size=300),
    start=st.sampled_from([b"", b"title,link\n", b"\xff\xfe", b"\xef\xbb\xbf", b'title,link\n"']),
)
@pytest.mark.parametrize("name", ["a.csv", "a.ris", "a.bib", "a.json", "a.txt"])
def test_any_bytes_are_read_or_refused_in_words(name: str, data: bytes, start: bytes) -> None:
    answer = answered(start + data, name)
    assert answer.endswith(".") if isinstance(answer, str) else answer.rows


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_cells_may_be_divided_by_commas_semicolons_or_tabs(sign: str) -> None:
    rows = [("Name", "Web Address", "Tags"), ('"Lasers, cutters; tabs\t"', "nom.org/a,b;c", '"one;two"')]
    read = reading("\r\n".join(sign.join(row) for row in rows).replace("a,b;c", "a"))
    assert read.entries == (Entry(title="Lasers, cutters; tabs", link="https://nom.org/a", topics=("one", "two")),)


def test_excels_own_first_line_says_the_delimiter() -> None:
    read = reading("sep=|\ntitle|link\nA|nom.org\n")
    assert [(row.number, row.line, row.entry) for row in read.rows] == [
        (3, 3, Entry(title="A", link="https://nom.org"))
    ]


def test_a_cell_may_have_line_breaks_and_rows_are_counted_as_a_spreadsheet_does() -> None:
    read = reading('title,link\r"One\r\ntwo",nom.org/a\r\n\r\n,,\nB,nom.org/b\n')
    assert [(row.number, row.line) for row in read.rows] == [(2, 2), (5, 6)]
    assert read.entries[0].title == "One two"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("URL, Name", "link"),
        ("ADDRESS,title", "link"),
        ("Title (required),Website*", "title"),
        ("dc:title,dc.identifier,dcterms:URI", "title"),
        ("  tItLe ,\tHyperlink ", "title"),
    ],
)
def test_columns_go_by_many_names(header: str, field: str) -> None:
    names = header.split(",")
    row = [
        "nom.org/a" if any(word in name.lower() for word in ("url", "uri", "add", "web", "hyp")) else "A"
        for name in names
    ]
    entry = reading(f"{header}\n{','.join(row)}\n").entries[0]
    assert (entry.title, entry.link) == ("A", "https://nom.org/a")


def test_a_table_from_zotero_is_read() -> None:
    read = reading(
        '"Key","Item Type","Publication Year","Author","Title","Url","Abstract Note","Date","ISBN","DOI","Rights",'
        '"Manual Tags","Automatic Tags","Publication Title"\n'
        '"X7","journalArticle","","Lee, Ann; Doe, Jo","A study","https://nom.org/s","About it","2020-05-01","",'
        '"10.1000/182","CC BY","3D Printers; teens","Laser cutters","A Journal"\n'
    )
    assert read.entries == (
        Entry(
            title="A study",
            link="https://nom.org/s",
            description="About it",
            kind="research",
            tools=("3d-printer", "laser-cutter"),
            topics=("teens",),
            creator="Lee, Ann; Doe, Jo",
            year=2020,
            license="CC BY",
            identifier="10.1000/182",
        ),
    )
    assert read.notes == ('2 columns were not read: "Key" and "Publication Title".',)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "This file is empty"),
        ("\ufeff \n\n", "This file is empty"),
        (",,\n,,\n", "This file is empty"),
        ("title,link\n", "nothing below it"),
        ("title,link\n,\n\n", "nothing below it"),
        ("title,text\nA,b\n", 'no column for the link.*"title" and "text"'),
        ("Foo;Bar\nA;b\n", "no column for the title"),
        ("link\nnom.org\n", "no column for the title"),
        ("title,Link,URL\nA,b,c\n", 'Two columns hold the link: "Link" .column 2. and "URL" .column 3.'),
        ("title,link,Title\nA,b,c\n", "Two columns hold the title"),
        ("title,link,tags,Tags\nA,b,c,d\n", "Two columns hold the topics"),
        ("title,link," + "x," * 300 + "\n", "303 columns"),
        ('title,link\n"A,nom.org\nB,nom.org/b\n', "line 2, a quotation mark"),
        ('title,link\nA,nom.org\n"' + "x" * 200_000 + '",nom.org/b\n', "line 3, a quotation mark"),
        ('"title,link\nA,nom.org\n' + "B,nom.org/b\n" * 20_000, "line 1, a quotation mark"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_in_words(data: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        reading(data)


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", TABLE)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_zip(), "zip file"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08" + bytes(50), "compressed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "older Excel"),
        (bytes(range(256)) * 80, "other than text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2_000), "other than text"),
        (bytes(100), "other than text"),
    ],
)
def test_what_is_no_text_is_refused_in_words_whatever_its_name(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        reading(data, "catalogue.csv")


@pytest.mark.parametrize(
    ("name", "words"), [("a.xlsx", "save or download it as CSV"), ("a.exe", "ends with .csv, .ris")]
)
def test_a_file_of_another_kind_is_refused_with_the_ones_that_are_read(name: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        reading(TABLE, name)


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(UserError, match="larger than 8 MB"):
        reading(b"\xff" * (MAX_BYTES + 1))


def test_five_thousand_rows_are_read_and_one_more_is_refused_with_the_number() -> None:
    lines = [f"Title {number},https://nom.org/{number}" for number in range(MAX_ROWS + 1_000)]
    assert len(reading("\n".join(["title,link", *lines[:MAX_ROWS]])).entries) == MAX_ROWS
    with pytest.raises(UserError, match=r"6,000 rows; 5,000 can be imported at a time. Please split it into 2 files"):
        reading("\n".join(["title,link", *lines]))
    with pytest.raises(UserError, match=r"2,000,000 rows"):
        reading("title,link\n" + "A\n" * 2_000_000)


def test_a_nul_in_a_table_does_not_stop_it() -> None:
    assert reading("title,link\nA\0B and more words here,nom.org\n").entries[0].title == "AB and more words here"


def test_the_starter_catalogue_itself_can_be_imported() -> None:
    shelf = starter.read()
    read = reading((files("cogs.resources") / "starter.csv").read_bytes())
    assert [(entry.title, entry.link, entry.kind, entry.tools, entry.audience) for entry in read.entries] == [
        (about.title, about.link, about.kind, about.tools, about.audience) for about in shelf
    ]
    assert [row.remarks for row in read.rows] == [()] * len(shelf)


def test_columns_nobody_knows_are_named_once() -> None:
    header = ",".join(["title", "link", *(f"Column {number}" for number in range(30)), ""])
    (note,) = reading(f"{header}\nA,nom.org\nB,nom.org/b\n").notes
    assert note.startswith('30 columns were not read: "Column 0", "Column 1"')
    assert note.endswith('"Column 8" and 21 more.')
