"""Each fault a vocabulary file can have is told with the file and the term, all faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kit.vocabulary import VocabularyError, load

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """
[[tool]]
slug = "laser-cutter"
label = "laser cutter"
emoji = "🔆"
broader = "fabrication"
alternatives = ["Glowforge"]
scope = "Machines that cut with light."

[[tool]]
slug = "fabrication"
label = "fabrication"
emoji = "✂️"
scope = "Making from a file."
"""


def problems_of(tmp_path: Path, content: str) -> list[str]:
    """The problems of a file with this content, each checked to name the file, without the file's name."""
    path = tmp_path / "own-tools.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load(path)
    assert all(problem.startswith("own-tools.toml: ") for problem in caught.value.problems)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return [problem.removeprefix("own-tools.toml: ") for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def test_a_sound_file_of_ones_own_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "own-tools.toml"
    path.write_text(SOUND, encoding="utf-8")
    laser, fabrication = load(path).tools
    assert (laser.slug, laser.label, laser.emoji) == ("laser-cutter", "laser cutter", "🔆")
    assert (laser.broader, laser.alternatives) == ("fabrication", ("Glowforge",))
    assert laser.scope == "Machines that cut with light."
    assert (fabrication.broader, fabrication.alternatives) == (None, ())


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('["Glowforge"]', '["Glowforge", "GLOWFORGES"]', 'laser-cutter: "GLOWFORGES" is there already'),
        ('["Glowforge"]', '["Laser-Cutters"]', 'laser-cutter: "Laser-Cutters" is there already'),
        ('["Glowforge"]', '["Fabrication"]', 'fabrication: "fabrication" is there already, as a label of laser-cutter'),
        ('["Glowforge"]', '["fab rication"]', 'fabrication: "fabrication" is there already'),
        ('label = "fabrication"', 'label = "glowforge"', 'fabrication: "glowforge" is there already'),
        ('label = "fabrication"', 'label = "Laser Cutter"', 'fabrication: "Laser Cutter" is there already'),
    ],
)
def test_a_label_that_is_there_twice(tmp_path: Path, old: str, new: str, problem: str) -> None:
    (found,) = problems_of(tmp_path, changed(old, new))
    assert found.startswith(problem)


def test_another_spacing_within_one_term_is_no_double(tmp_path: Path) -> None:
    path = tmp_path / "own-tools.toml"
    path.write_text(changed('["Glowforge"]', '["Glowforge", "Glow Forge"]'), encoding="utf-8")
    assert load(path).tools[0].alternatives == ("Glowforge", "Glow Forge")


def test_a_slug_that_is_there_twice(tmp_path: Path) -> None:
    content = SOUND + SOUND.replace("laser cutter", "kiln").replace('"Glowforge"', "").replace(
        'label = "fabrication"', 'label = "loom"'
    )
    found = problems_of(tmp_path, content)
    assert "laser-cutter: the slug is there twice" in found
    assert "fabrication: the slug is there twice" in found
    assert len(found) == 2


def test_a_broader_term_that_does_not_exist(tmp_path: Path) -> None:
    found = problems_of(tmp_path, changed('broader = "fabrication"', 'broader = "fabrik"'))
    assert found == ['laser-cutter: the broader term "fabrik" does not exist']


def test_a_circle_of_broader_terms_is_told_once(tmp_path: Path) -> None:
    content = changed('emoji = "✂️"', 'emoji = "✂️"\nbroader = "laser-cutter"')
    assert problems_of(tmp_path, content) == [
        "laser-cutter: the broader terms go in a circle: laser-cutter > fabrication > laser-cutter"
    ]


def test_a_term_that_is_broader_than_itself(tmp_path: Path) -> None:
    found = problems_of(tmp_path, changed('broader = "fabrication"', 'broader = "laser-cutter"'))
    assert found == ["laser-cutter: the broader terms go in a circle: laser-cutter > laser-cutter"]


def test_a_term_below_a_circle_is_not_blamed_for_it(tmp_path: Path) -> None:
    content = changed('emoji = "✂️"', 'emoji = "✂️"\nbroader = "fabrication"')
    assert problems_of(tmp_path, content) == [
        "fabrication: the broader terms go in a circle: fabrication > fabrication"
    ]


@pytest.mark.parametrize("slug", ["Laser-Cutter", "laser cutter", "laser--cutter", "-laser", "laser_cutter", "läser"])
def test_a_slug_of_the_wrong_shape(tmp_path: Path, slug: str) -> None:
    (found,) = problems_of(tmp_path, changed('slug = "laser-cutter"', f'slug = "{slug}"'))
    assert found.startswith(f"{slug}: the slug may have only a-z, 0-9 and single hyphens")


@pytest.mark.parametrize("emoji", ["🔆🔆", "x", ":scissors:", "🔆 ", "あ", "12", "✂️✂️", "🔆️️"])
def test_what_is_not_exactly_one_emoji(tmp_path: Path, emoji: str) -> None:
    found = problems_of(tmp_path, changed('emoji = "🔆"', f'emoji = "{emoji}"'))
    assert found == [f'laser-cutter: the emoji "{emoji}" is not exactly one emoji']


@pytest.mark.parametrize("emoji", ["👩‍🔧", "👍🏽", "🇺🇸", "3️⃣", "♿", "⚙️", "🪚"])
def test_one_emoji_of_several_code_points_is_one(tmp_path: Path, emoji: str) -> None:
    path = tmp_path / "own-tools.toml"
    path.write_text(changed('emoji = "🔆"', f'emoji = "{emoji}"'), encoding="utf-8")
    assert load(path).tools[0].emoji == emoji


@pytest.mark.parametrize("field", ["label", "emoji", "scope"])
def test_a_field_that_is_missing_or_blank(tmp_path: Path, field: str) -> None:
    lines = SOUND.split("\n")
    first = next(place for place, line in enumerate(lines) if line.startswith(field))
    word = "scope note" if field == "scope" else field
    assert problems_of(tmp_path, "\n".join(lines[:first] + lines[first + 1 :])) == [
        f"laser-cutter: the {word} is missing"
    ]
    lines[first] = f'{field} = "  "'
    assert problems_of(tmp_path, "\n".join(lines)) == [f"laser-cutter: the {word} is missing"]


def test_a_term_without_a_slug_is_told_by_its_place(tmp_path: Path) -> None:
    assert problems_of(tmp_path, changed('"laser-cutter"', '" "')) == ["term 1: the slug is missing"]
    assert problems_of(tmp_path, changed('slug = "laser-cutter"\n', "")) == ["term 1: the slug is missing"]
    both = (
        changed('slug = "laser-cutter"', "").replace('slug = "fabrication"', "").replace('broader = "fabrication"', "")
    )
    assert problems_of(tmp_path, both) == ["term 1: the slug is missing", "term 2: the slug is missing"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('label = "laser cutter"', f'label = "{"l" * 21}"', "has 21 characters, a forum tag takes 20"),
        ('light."', f'{"l" * 200}"', "the scope note has 223 characters, at most 200 are allowed"),
        ('["Glowforge"]', f'["{"g" * 41}"]', "has 41 characters, at most 40 are allowed"),
        ('slug = "laser-cutter"', f'slug = "{"l" * 41}"', "the slug has 41 characters, at most 40 are allowed"),
    ],
)
def test_a_text_that_is_too_long(tmp_path: Path, old: str, new: str, problem: str) -> None:
    (found,) = problems_of(tmp_path, changed(old, new))
    assert found.endswith(problem)


def test_a_label_without_a_letter(tmp_path: Path) -> None:
    assert problems_of(tmp_path, changed('["Glowforge"]', '["?!"]')) == [
        'laser-cutter: the label "?!" has no letter or digit'
    ]


def test_a_label_with_spaces_around_it(tmp_path: Path) -> None:
    assert problems_of(tmp_path, changed('["Glowforge"]', '[" Glowforge"]')) == [
        'laser-cutter: the label " Glowforge" has spaces too many'
    ]


def test_a_false_friend_that_is_a_label_or_has_no_letter(tmp_path: Path) -> None:
    assert problems_of(tmp_path, 'false_friends = ["Glowforges", "-"]' + SOUND) == [
        'false_friends: "-" has no letter or digit',
        'laser-cutter: "Glowforge" is there already, in false_friends',
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('["Glowforge"]', '"Glowforge"', "the alternatives must be a list of texts"),
        ('["Glowforge"]', '["Glowforge", 3]', "the alternatives must be a list of texts"),
        ('broader = "fabrication"', "broader = 7", "the broader must be a text"),
        ('scope = "Machines', 'colour = "red"\nscope = "Machines', 'has an unknown field "colour"'),
    ],
)
def test_a_field_of_the_wrong_form(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert problems_of(tmp_path, changed(old, new)) == [f"laser-cutter: {problem}"]


def test_false_friends_and_parts_of_the_wrong_form(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "tools = 1\nfalse_friends = 2" + SOUND) == [
        'has an unknown part "tools"',
        "false_friends: must be a list of texts",
    ]


@pytest.mark.parametrize("content", ["", "# nothing\n", "tool = []\n", "tool = 3\n", "tool = [1]\n"])
def test_a_file_without_terms(tmp_path: Path, content: str) -> None:
    assert problems_of(tmp_path, content) == ["has no terms; each begins with [[tool]]"]


def test_a_file_that_is_not_toml(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "[[tool]\nslug = ")
    assert found.startswith("is not TOML: ")
    assert "line 1" in found


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "own-tools.toml"
    path.write_bytes(b"ab\xff")
    with pytest.raises(VocabularyError, match=r"own-tools\.toml: is not UTF-8 text \(byte 2\)"):
        load(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"own-tools\.toml: cannot be read: No such file"):
        load(tmp_path / "own-tools.toml")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    content = (
        SOUND.replace('"🔆"', '"x"').replace('"fabrication"', '"glowforge"', 1).replace('label = "fabrication"', "")
    )
    assert problems_of(tmp_path, content) == [
        'laser-cutter: the emoji "x" is not exactly one emoji',
        "fabrication: the label is missing",
        'laser-cutter: the broader term "glowforge" does not exist',
    ]
