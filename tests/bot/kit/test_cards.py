from __future__ import annotations

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import choices
from bot.kit.cards import BUTTON_LABEL_LIMIT, TEXT_LIMIT, Tone, card, link, note, rows, text
from bot.kit.choices import Choice
from bot.kit.paging import last_page, within

CHOICES = [Choice(f"slug-{number}", f"Tool {number}", "🔧", "about") for number in range(60)]


@given(st.lists(st.integers(min_value=1, max_value=5000), min_size=1, max_size=6))
def test_no_text_makes_a_card_longer_than_discord_takes(lengths: list[int]) -> None:
    view = card(*(text("x" * length) for length in lengths))
    shown = [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    assert sum(map(len, shown)) <= TEXT_LIMIT
    assert all(shown)
    assert ("…" in "".join(shown)) is (sum(lengths) > TEXT_LIMIT)


def test_buttons_stand_three_in_a_row() -> None:
    made = rows(*(ui.Button[ui.LayoutView](label=str(number), custom_id=str(number)) for number in range(7)))
    assert [len(row.children) for row in made] == [3, 3, 1]


def test_a_link_button_keeps_its_label_short() -> None:
    assert len(str(link("A very long label for a button", "https://nom.org").label)) <= BUTTON_LABEL_LIMIT


def test_a_note_without_buttons_has_no_empty_row() -> None:
    assert not [item for item in note("Done.", tone=Tone.DONE).walk_children() if isinstance(item, ui.ActionRow)]


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (25, [25]), (26, [13, 13]), (60, [20, 20, 20])])
def test_choices_beyond_25_become_as_few_and_as_equal_selects_as_possible(count: int, sizes: list[int]) -> None:
    assert [len(group) for group in choices.groups(CHOICES[:count])] == sizes


@given(st.sets(st.sampled_from([choice.value for choice in CHOICES])), st.data())
def test_choosing_in_one_select_leaves_the_others_alone(before: set[str], data: st.DataObject) -> None:
    group = data.draw(st.sampled_from(choices.groups(CHOICES)))
    here = {choice.value for choice in group}
    pressed = data.draw(st.sets(st.sampled_from(sorted(here))))
    after = choices.merged(before, pressed, group, CHOICES)
    assert set(after) & here == pressed
    assert set(after) - here == before - here
    assert after == [choice.value for choice in CHOICES if choice.value in after]


def test_what_comes_from_outside_and_is_no_choice_is_left_out() -> None:
    assert choices.merged(["slug-1", "made up"], ["slug-2", "forged"], CHOICES[:5], CHOICES) == ["slug-2"]


def test_the_chosen_options_are_marked() -> None:
    marked = choices.options(CHOICES[:3], ["slug-1"])
    assert [option.default for option in marked] == [False, True, False]


def test_a_select_says_which_part_of_a_long_list_it_holds() -> None:
    first, second, *_ = choices.groups(CHOICES)
    assert choices.placeholder("Tools", first, of_many=True) == "Tools, Tool to Tool"
    assert choices.placeholder("Tools", second, of_many=False) == "Tools"


@given(st.integers(min_value=-5, max_value=500), st.integers(min_value=0, max_value=500))
def test_a_page_that_is_asked_for_always_exists(page: int, total: int) -> None:
    assert 0 <= within(page, total) <= last_page(total)
    assert last_page(total) * 4 < max(total, 1)
