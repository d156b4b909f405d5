"""RIS and BibTeX as reference managers write them, and as they come damaged."""

from __future__ import annotations

import pytest

from bot.kit.errors import UserError
from tests.cogs.resources.formats.samples import answered, reading

ZOTERO_RIS = """TY  - JOUR
TI  - Making in libraries: a study
AU  - Lee, Ann
AU  - Doe, Jo
T2  - Some Journal
DA  - 2021/05/12/
PY  - 2021
SP  - 1
EP  - 20
DO  - 10.1000/182
LA  - en
AB  - First paragraph
which goes on here.
UR  - https://nom.org/a;b
Y2  - 2024/01/01/
KW  - Laser cutters
KW  - Copyright, fair use
N1  - <p>A note of one's own</p>
ER  -

TY  - ELEC
T1  - A page
UR  - nom.org/page
ER  -
"""

ZOTERO_BIBTEX = r"""
% a comment
@comment{jabref-meta: x}
@string{nom = {Nation of Makers}}
@techreport{lee_making_2021,
	title = {Making in {Libraries}: {\'e}tudes, na\"{\i}ve {\"O}l \& more -- 100\%},
	url = {https://nom.org/a\_b},
	author = {Lee, Ann and {Nation of Makers} and M{\"u}ller, J{\o}rn},
	month = may,
	year = 2021,
	institution = "Makers " # {Press},
	keywords = {Glowforge, teen nights},
	abstract = {Two
	lines},
	note = {ignored},
}
@misc{page, title={A page}, url={nom.org/page}}
@article{torn, title = {Never closed,
@book{last, title = "Quoted {"}title{"}", url = {https://nom.org/last}}
"""


def test_ris_from_zotero_is_read() -> None:
    read = reading(ZOTERO_RIS, "My Library.ris")
    study, page = read.entries
    assert (study.title, study.link, study.creator) == (
        "Making in libraries: a study",
        "https://nom.org/a;b",
        "Lee, Ann; Doe, Jo",
    )
    assert (study.kind, study.year, study.identifier) == ("research", 2021, "10.1000/182")
    assert (study.tools, study.topics) == (("laser-cutter",), ("Copyright, fair use",))
    assert study.description == "First paragraph which goes on here."
    assert (page.title, page.link, page.kind) == ("A page", "https://nom.org/page", "guide")
    assert [row.line for row in read.rows] == [1, 21]
    assert [row.remarks for row in read.rows] == [(), ()]


def test_bibtex_from_zotero_is_read() -> None:
    read = reading(ZOTERO_BIBTEX, "library.bib")
    study, page, last = read.entries
    assert study.title == "Making in Libraries: études, naïve Öl & more – 100%"
    assert (study.link, study.publisher, study.kind) == ("https://nom.org/a_b", "Makers Press", "research")
    assert study.creator == "Lee, Ann; Nation of Makers; Müller, Jørn"
    assert (study.year, study.description) == (2021, "Two lines")
    assert (study.tools, study.topics) == (("laser-cutter",), ("teen nights",))
    assert page.link == "https://nom.org/page"
    assert last.title == 'Quoted "title"'
    assert read.notes == ("1 entry could not be read, because a brace or comma is missing: see line 18.",)


def test_a_record_without_a_link_says_so() -> None:
    (row,) = reading("TY  - BOOK\nTI  - A book\nER  - \n", "a.ris").rows
    assert row.entry is None
    assert row.remarks == ("Record 1: the link is missing, so this record would be left out.",)


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [
        ("a.ris", "nothing of the kind", "no records in this RIS file"),
        ("a.ris", "TY  - ELEC\nTI  - never ended\n", "no records in this RIS file"),
        ("a.bib", "nothing of the kind", "no entries that can be read"),
        ("a.bib", "@misc{a, title = }", "no entries that can be read"),
        ("a.bib", "@misc{a, title = {b} # }", "no entries that can be read"),
        ("a.bib", "@misc{a, title = {b} url}", "no entries that can be read"),
        ("a.bib", '@misc{a, title = "b}', "no entries that can be read"),
        ("a.bib", "@misc{a, title }", "no entries that can be read"),
        ("a.ris", "TY  - ELEC\nTI  - a\nER  - \n" * 6_000, "6,000 rows"),
        ("a.bib", "@misc{a, title = {b}}\n" * 6_000, "6,000 rows"),
    ],
)
def test_a_file_without_records_or_with_too_many_is_refused_in_words(name: str, written: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        reading(written, name)


@pytest.mark.parametrize(
    "written",
    [
        "@a{b,c={\n" * 4_900,
        "@a{" + " \n" * 500_000,
        "@a{b,c=" + "{" * 1_000_000,
        "@a{b,author={" + " " * 1_000_000 + "}}",
    ],
)
def test_bibtex_that_never_ends_is_still_answered(written: str) -> None:
    answer = answered(written, "a.bib")
    assert "Please export it once more" in answer if isinstance(answer, str) else answer.entries == ()
