from __future__ import annotations

import pytest

from cogs.resources.checking.sites import is_front_page, site_of


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("makers.org", "makers.org"),
        ("www.makers.org", "makers.org"),
        ("a.b.makers.org", "makers.org"),
        ("library.ox.ac.uk", "ox.ac.uk"),
        ("ox.ac.uk", "ox.ac.uk"),
        ("www.town.lib.oh.us", "town.lib.oh.us"),
        ("school.k12.ca.us", "school.k12.ca.us"),
        ("www.bpl.de", "bpl.de"),
        ("localhost", "localhost"),
        ("8.8.8.8", "8.8.8.8"),
        ("[2606:4700::1111]", "2606:4700::1111"),
    ],
)
def test_a_host_belongs_to_the_site_that_was_registered(host: str, site: str) -> None:
    assert site_of(f"https://{host}/x") == site


@pytest.mark.parametrize("path", ["", "/", "//", "/?from=old", "/index.html", "/Home/", "#top"])
def test_a_front_page_has_many_spellings(path: str) -> None:
    assert is_front_page(f"https://makers.org{path}")
    assert not is_front_page("https://makers.org/laser/index.html")
