from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.docs.pages import ORGANIZERS, PAGES, ROOT, Page

IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 3_000_000


def name(page: Page) -> str:
    return page.name


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_of_the_docs_leads_somewhere(page: Page) -> None:
    anchors = {each.path: each.anchors for each in PAGES}
    for link in page.links:
        if "://" in link:
            parts = urlsplit(link)
            assert parts.scheme == "https", link
            assert "." in parts.netloc, link
            continue
        target, anchor = page.at(link), link.partition("#")[2]
        assert target.exists(), link
        assert not anchor or anchor in anchors[target], link


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_picture_is_there_and_says_what_it_shows(page: Page) -> None:
    for said, source in page.pictures:
        assert page.at(source).is_file(), source
        assert len(said.split()) >= 4, source


def test_every_picture_that_is_kept_is_shown_and_together_they_are_light() -> None:
    shown = {page.at(source) for page in PAGES for _, source in page.pictures}
    kept = set(IMAGES.iterdir())
    assert kept == shown
    assert sum(path.stat().st_size for path in kept) < MOST_BYTES


def test_the_index_for_organizers_leads_to_every_page_of_theirs() -> None:
    index = next(page for page in ORGANIZERS if page.name == "docs/organizers.md")
    assert {index.at(link) for link in index.links} >= {page.path for page in ORGANIZERS if page is not index}


@pytest.mark.parametrize("page", [one for one in ORGANIZERS if one.path.parent.name == "organizers"], ids=name)
def test_a_task_is_told_on_one_page(page: Page) -> None:
    assert 8 <= len([line for line in page.text.splitlines() if line.strip()]) <= 30
