"""What becomes of a row: words matched, limits kept, doubts told in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.words import tidy
from cogs.resources.formats.entry import join_values, once, one_line, split_values
from tests.cogs.resources.formats.samples import NASTY, reading

if TYPE_CHECKING:
    from cogs.resources.formats import Entry, Row


def _row(**cells: str) -> Row:
    whole = {"title": "A page", "link": "https://nom.org/a", **cells}
    quoted = [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in whole.values()]
    (row,) = reading(f"{','.join(whole)}\n{','.join(quoted)}\n").rows
    return row


def _entry(**cells: str) -> Entry:
    entry = _row(**cells).entry
    assert entry is not None
    return entry


def test_tools_are_found_by_any_name_and_other_words_become_topics() -> None:
    row = _row(tools="Glowforge; Cricut; teens", topics="3-D printers; storytime")
    assert row.entry is not None
    assert row.entry.tools == ("laser-cutter", "vinyl-cutter", "3d-printer")
    assert row.entry.topics == ("teens", "storytime")
    strange = _row(tools="Glowforge; Zorblax")
    assert strange.entry is not None
    assert strange.entry.topics == ("Zorblax",)
    assert strange.remarks == ('Row 2: not in the list of tools, so it would be kept as a topic: "Zorblax".',)


def test_a_topic_that_only_speaks_of_a_tool_stays_a_topic() -> None:
    entry = _entry(subjects="laser cutter safety training; Laser Cutters")
    assert (entry.tools, entry.topics) == (("laser-cutter",), ("laser cutter safety training",))


def test_eight_topics_are_kept() -> None:
    row = _row(tags=",".join(f"word{number}" for number in range(12)))
    assert row.entry is not None
    assert row.entry.topics == tuple(f"word{number}" for number in range(8))
    assert row.remarks == ("Row 2: of 12 topics the first 8 would be kept.",)


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("lesson-plan", "lesson-plan"),
        ("Lesson Plans", "lesson-plan"),
        ("CASE STUDY", "case-study"),
        ("Webinar", "course"),
        ("Journal Article", "research"),
        ("nonsense; policies", "policy"),
        ("Web page", "guide"),
    ],
)
def test_a_kind_goes_by_slug_label_and_kindred_words(kind: str, kept: str) -> None:
    row = _row(type=kind)
    assert row.entry is not None
    assert (row.entry.kind, row.remarks) == (kept, ())


def test_a_kind_nobody_knows_is_guessed_from_the_title() -> None:
    row = _row(kind="Zorblax *", title="Waiver template")
    assert row.entry is not None
    assert row.entry.kind == "policy"
    assert row.remarks == (r'Row 2: the kind "Zorblax \*" is not one of ours, so it would be Policy.',)
    assert _entry(title="A lesson plan").kind == "lesson-plan"


@pytest.mark.parametrize(
    ("audience", "kept"),
    [
        ("", ("all",)),
        ("Everyone", ("all",)),
        ("Public libraries, school library", ("public", "school")),
        ("Small & rural; academic", ("small-rural", "academic")),
    ],
)
def test_an_audience_goes_by_slug_or_label(audience: str, kept: tuple[str, ...]) -> None:
    assert _entry(audience=audience).audience == kept


def test_an_audience_nobody_knows_is_told() -> None:
    row = _row(audience="dragons; public")
    assert row.entry is not None
    assert row.entry.audience == ("public",)
    assert row.remarks == ('Row 2: not one of our audiences, so it would be left out: "dragons".',)


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2019", 2019), ("c2019", 2019), ("12/05/2019", 2019), ("2019-05-12", 2019), ("May 2019", 2019), ("", None)],
)
def test_the_year_is_the_four_digits_in_the_cell(cell: str, year: int | None) -> None:
    row = _row(date=cell)
    assert row.entry is not None
    assert (row.entry.year, row.remarks) == (year, ())


@pytest.mark.parametrize("cell", ["n.d.", "0019", "20190512", "19", "9999"])
def test_a_cell_without_a_year_is_told(cell: str) -> None:
    row = _row(year=cell)
    assert row.entry is not None
    assert row.entry.year is None
    assert row.remarks == (f'Row 2: no year was found in "{cell}", so it would be left open.',)


def test_years_to_come_are_believed_up_to_the_one_that_is_passed_in() -> None:
    table = "title,link,year\nA,nom.org/a,2027\nB,nom.org/b,2028\n"
    assert [entry.year for entry in reading(table, latest_year=2027).entries] == [2027, None]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01",
        "March 1, 2026",
        "1 March 2026",
        "Mar. 1st, 2026",
        "3/1/2026",
        "1.3.2026",
        "2026/3/1",
        "due 2026-03-01 noon",
    ],
)
def test_a_deadline_is_read_as_people_write_it(cell: str) -> None:
    assert _entry(deadline=cell).closes == date(2026, 3, 1)


@pytest.mark.parametrize(("cell", "closes"), [("25/12/2026", date(2026, 12, 25)), ("12-25-2026", date(2026, 12, 25))])
def test_a_day_that_can_be_no_month_is_the_day(cell: str, closes: date) -> None:
    assert _entry(closes=cell).closes == closes


@pytest.mark.parametrize("cell", ["rolling", "2026-02-30", "13/13/2026", "Foo 3, 2026", "0000-01-01"])
def test_a_deadline_without_a_day_is_told(cell: str) -> None:
    row = _row(closes=cell)
    assert row.entry is not None
    assert row.entry.closes is None
    assert "no day was found" in row.remarks[0]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"link": ""}, "Row 2: the link is missing, so this row would be left out."),
        ({"title": " "}, "Row 2: the title is missing, so this row would be left out."),
        ({"title": "🔥 !"}, "Row 2: the title has no letter in it, so this row would be left out."),
        ({"link": "ftp://nom.org"}, "https:// or http://"),
        ({"link": "see the desk"}, "no spaces"),
        ({"link": "http://192.168.0.1/x"}, "only your own network"),
        ({"link": "https://nom.org/" + "x" * 9_000}, "characters long"),
    ],
)
def test_a_row_that_cannot_be_used_falls_out_with_its_reason(cells: dict[str, str], words: str) -> None:
    row = _row(**cells)
    assert row.entry is None
    assert len(row.remarks) == 1
    assert words in row.remarks[0]
    assert "Row 2" in row.remarks[0]
    assert "would be left out" in row.remarks[0]


def test_the_same_link_twice_keeps_the_first_row() -> None:
    read = reading("title,link\nA,https://nom.org/a\nB,http://www.nom.org/a/?utm_source=x#top\nC,nom.org/c\n")
    assert [entry.title for entry in read.entries] == ["A", "C"]
    assert read.rows[1].remarks == ("Row 3: it has the same link as row 2, so this row would be left out.",)


def test_a_row_that_falls_out_does_not_keep_its_link_from_a_later_one() -> None:
    read = reading("title,link\n,https://nom.org/a\nB,https://nom.org/a\n")
    assert [entry.title for entry in read.entries] == ["B"]


def test_long_texts_are_cut_at_their_limits_and_it_is_told() -> None:
    long = "word " * 300
    row = _row(title=long, description=long, creator=long, publisher=long, license=long, language=long, level=long)
    assert row.entry is not None
    parts = (row.entry.title, row.entry.description, row.entry.creator, row.entry.publisher, row.entry.language)
    assert all(part.endswith("…") for part in parts)
    assert [len(part) <= most for part, most in zip(parts, (150, 600, 100, 100, 35), strict=True)] == [True] * 5
    assert "Row 2: the title is longer than 150 characters, so the end of it would be cut." in row.remarks
    assert len(row.remarks) == 7


def test_a_formula_is_read_as_text() -> None:
    assert _entry(title="=1+A1").title == "=1+A1"
    assert _entry(title="'=1+A1").title == "=1+A1"
    assert _entry(title="'Tis the season").title == "'Tis the season"


def test_rows_shorter_and_longer_than_the_header_are_read() -> None:
    read = reading("title,link,year\nA,nom.org/a\nB,nom.org/b,2020,more,and more\n")
    assert [entry.year for entry in read.entries] == [None, 2020]


@given(text=st.one_of(st.text(), st.sampled_from(NASTY), st.text(st.characters(min_codepoint=0x1F00), max_size=9)))
@settings(max_examples=500, deadline=None)
def test_the_quick_way_to_tidy_a_text_gives_the_same(text: str) -> None:
    assert one_line(text) == tidy(text)


@given(words=st.lists(st.one_of(st.sampled_from(("a, b", "c|d", "e", "f;g")), st.text(max_size=8)), max_size=4))
@settings(max_examples=300, deadline=None)
def test_words_come_out_of_a_cell_as_they_went_in(words: list[str]) -> None:
    kept = once(word.replace(";", ",") for word in words)
    kept = tuple(word for word in kept if one_line(word) == word)
    assert split_values(join_values(kept)) == kept
