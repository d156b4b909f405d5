from __future__ import annotations

import json
from datetime import date

import pytest

from bot.kit.errors import UserError
from cogs.resources.formats import Entry, to_json
from tests.cogs.resources.formats.samples import reading

WHOLE = Entry(
    title="Laser grants 🔥",
    link="https://nom.org/laser",
    description="Money.",
    kind="funding",
    tools=("laser-cutter",),
    topics=("money",),
    audience=("school",),
    level="beginner",
    creator="Lee, Ann",
    publisher="NOM",
    year=2024,
    language="en",
    license="CC BY 4.0",
    identifier="10.1000/182",
    closes=date(2026, 3, 1),
)


def test_the_keys_are_terms_of_dublin_core_and_lrmi() -> None:
    assert json.loads(to_json([WHOLE])) == [
        {
            "title": "Laser grants 🔥",
            "identifier": ["https://nom.org/laser", "10.1000/182"],
            "creator": "Lee, Ann",
            "publisher": "NOM",
            "date": "2024",
            "description": "Money.",
            "subject": ["laser-cutter", "money"],
            "type": "funding",
            "language": "en",
            "license": "CC BY 4.0",
            "audience": ["school"],
            "educationalLevel": "beginner",
            "valid": "2026-03-01",
        }
    ]


def test_what_is_not_known_has_no_key() -> None:
    assert json.loads(to_json([Entry(title="A", link="https://nom.org")]))[0].keys() == {
        "title",
        "identifier",
        "type",
        "audience",
    }


def test_json_from_elsewhere_may_have_a_url_objects_and_numbers() -> None:
    each = {
        "name": "A",
        "url": "nom.org",
        "author": {"name": "Ann"},
        "date": 2024,
        "keywords": "storytime; Glowforge",
        "x": [1],
    }
    read = reading(json.dumps([each]), "a.json")
    assert read.entries == (
        Entry(
            title="A", link="https://nom.org", creator="Ann", year=2024, tools=("laser-cutter",), topics=("storytime",)
        ),
    )
    assert read.notes == ('1 key was not read: "x".',)


def test_a_nul_in_a_text_does_not_stop_it() -> None:
    assert reading('[{"title": "A\0B and so on", "url": "nom.org"}]', "a.json").entries[0].title == "AB and so on"


@pytest.mark.parametrize(
    "written",
    ["{", '{"title": "A"}', "[1, 2]", "[]", "null", "[" * 100_000, '[{"title": 1' + "0" * 5_000 + "}]", '"\\ud800"'],
)
def test_json_that_is_no_list_of_resources_is_refused_in_words(written: str) -> None:
    with pytest.raises(UserError, match="Please export it once more"):
        reading(written, "a.json")


def test_more_objects_than_fit_are_refused_with_their_number() -> None:
    with pytest.raises(UserError, match=r"6,000 rows; 5,000 can"):
        reading(json.dumps([{"title": "A"}] * 6_000), "a.json")
