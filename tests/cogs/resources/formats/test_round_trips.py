from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, settings

from bot.kit.words import tidy
from cogs.resources.formats import Entry, to_bibtex, to_csv, to_json, to_ris
from cogs.resources.formats.tex import escaped, unescaped
from tests.cogs.resources.formats.samples import NASTY, entries, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WRITERS = {"a.csv": to_csv, "a.ris": to_ris, "a.bib": to_bibtex, "a.json": to_json}
NASTY_ENTRIES = [Entry(title=title, link=f"https://nom{place}.org/a") for place, title in enumerate(NASTY)]


@pytest.mark.parametrize("name", WRITERS)
@given(kept=entries())
@settings(max_examples=120, deadline=None)
def test_what_is_exported_comes_back_as_it_was(name: str, kept: list[Entry]) -> None:
    assert list(reading(WRITERS[name](kept), name).entries) == kept


@pytest.mark.parametrize("name", WRITERS)
def test_an_export_that_was_renamed_to_txt_is_known_by_how_it_begins(name: str) -> None:
    assert len(reading(WRITERS[name](NASTY_ENTRIES), "catalogue.TXT").entries) == len(NASTY)


@pytest.mark.parametrize("name", WRITERS)
def test_an_export_of_nothing_is_refused_as_an_import_in_words(name: str) -> None:
    with pytest.raises(Exception, match="Please"):
        reading(WRITERS[name]([]), name)


def _ris_titles(written: Iterable[Entry]) -> list[str]:
    return [record["title"] for record in rispy.loads(to_ris(written).decode())]


def _bibtex_titles(written: Iterable[Entry]) -> list[str]:
    library = parse_string(
        to_bibtex(written).decode(), append_middleware=[LatexDecodingMiddleware(keep_math_mode=False)]
    )
    assert library.failed_blocks == []
    # pylatexenc takes \textasciicircum for the modifier letter that looks the same
    return [entry["title"].replace("\u02c6", "^") for entry in library.entries]


def _csv_titles(written: Iterable[Entry]) -> list[str]:
    rows = csv.DictReader(io.StringIO(to_csv(written).decode("utf-8-sig"), newline=""))
    return [row["title"][1:] if row["title"][0] == "'" else row["title"] for row in rows]


@pytest.mark.parametrize("parsed", [_ris_titles, _bibtex_titles, _csv_titles])
def test_other_programs_read_nasty_titles_as_they_are(parsed: Callable[[Iterable[Entry]], list[str]]) -> None:
    assert parsed(NASTY_ENTRIES) == [tidy(title) for title in NASTY]


@pytest.mark.parametrize("parsed", [_ris_titles, _bibtex_titles])
@given(kept=entries())
@settings(max_examples=150, deadline=None)
def test_other_programs_read_any_title_as_it_is(
    parsed: Callable[[Iterable[Entry]], list[str]], kept: list[Entry]
) -> None:
    assert parsed(kept) == [
        entry.title.replace("\u02c6", "^") if parsed is _bibtex_titles else entry.title for entry in kept
    ]


@given(kept=entries())
@settings(max_examples=150, deadline=None)
def test_what_tex_would_run_is_escaped_and_braces_are_balanced(kept: list[Entry]) -> None:
    for entry in kept:
        text = escaped(entry.title)
        assert text.count("{") == text.count("}")
        assert unescaped(text) == entry.title
        assert not set("~^").intersection(text)
    written = to_bibtex(kept).decode()
    assert written.count("{") == written.count("}")


def test_a_tex_command_in_a_title_is_shown_not_run() -> None:
    assert escaped(r"\emph{Lasers} & {") == r"\textbackslash{}emph\{Lasers\} \& \ensuremath{\lbrace}"


def test_links_stand_in_bibtex_as_they_are() -> None:
    link = "https://nom.org/a_b?x=100%25&y=~z#top"
    library = parse_string(to_bibtex([Entry(title="A", link=link)]).decode())
    assert library.entries[0]["url"] == link


def test_a_key_stays_the_same_whatever_else_is_exported() -> None:
    one, other = Entry(title="A", link="https://nom.org/a"), Entry(title="B", link="https://www.ala.org/b")
    keys = [entry.key for entry in parse_string(to_bibtex([other, one]).decode()).entries]
    again = parse_string(to_bibtex([Entry(title="New title", link="http://nom.org/a/")]).decode())
    assert again.entries[0].key == keys[1]
    assert keys[0].startswith("ala-")


def test_keys_are_unique_even_where_a_link_stands_twice() -> None:
    written = to_bibtex([Entry(title=f"Title {number}", link="https://nom.org/a") for number in range(70)]).decode()
    assert len({entry.key for entry in parse_string(written).entries}) == 70


def test_names_reach_other_programs_as_persons_and_bodies() -> None:
    creator = "Lee, Ann; Women and Makers, Inc.; ALA"
    entry = Entry(title="A", link="https://nom.org", creator=creator)
    library = parse_string(to_bibtex([entry]).decode())
    assert library.entries[0]["author"] == "Lee, Ann and {Women and Makers, Inc.} and {ALA}"
    assert rispy.loads(to_ris([entry]).decode())[0]["authors"] == creator.split("; ")


def test_ris_tells_reports_data_and_pages_apart() -> None:
    kinds = ("research", "dataset", "lesson-plan", "opportunity")
    written = to_ris([Entry(title="A", link=f"https://nom.org/{kind}", kind=kind) for kind in kinds])
    assert [record["type_of_reference"] for record in rispy.loads(written.decode())] == ["RPRT", "DATA", "ELEC", "ELEC"]
    assert written.count(b"\n") == written.count(b"\r\n")


@pytest.mark.parametrize(
    ("identifier", "tag", "field"),
    [("10.1000/182", "doi", "doi"), ("9780838912345", "issn", "isbn"), ("ED-7", "accession_number", "identifier")],
)
def test_an_identifier_goes_where_its_kind_belongs(identifier: str, tag: str, field: str) -> None:
    entry = Entry(title="A", link="https://nom.org", identifier=identifier)
    assert rispy.loads(to_ris([entry]).decode())[0][tag] == identifier
    assert parse_string(to_bibtex([entry]).decode()).entries[0][field] == identifier


def test_a_csv_opens_in_excel_and_no_cell_of_it_is_run() -> None:
    written = to_csv(NASTY_ENTRIES)
    assert written.startswith(b"\xef\xbb\xbftitle,link,description,kind,tools,topics,audience,level,creator,publisher,")
    assert written.count(b"\n") == written.count(b"\r\n")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'+1 more" in {row[0] for row in rows}
