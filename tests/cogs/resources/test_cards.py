from __future__ import annotations

import discord
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.cards import TEXT_LIMIT
from cogs.resources.cards import lists
from cogs.resources.views.finding import LOOK_LIMIT, Look, More
from cogs.resources.views.saving import Save
from db.search import Found, Hit, SearchRecord
from tests.kit.world import TOOLS

odd = st.text(alphabet=st.sampled_from("*_|[]()~`#abc 😀é"), max_size=700)


@given(st.lists(st.tuples(odd, odd, odd), min_size=1, max_size=4), odd)
def test_however_odd_its_resources_a_list_fits_and_every_link_is_whole(
    resources: list[tuple[str, str, str]], query: str
) -> None:
    records = [
        SearchRecord(
            1, "resources", str(at), "guide", title, summary, "", (fact, fact), (), f"https://nom.org/{'a_' * 247}{at}"
        )
        for at, (title, summary, fact) in enumerate(resources)
    ]
    assert all(len(record.link) >= 510 for record in records)
    found = Found(tuple(Hit(at, record) for at, record in enumerate(records)), 99)
    entries = [(record, [Save("1456074443980800010"), More("1456074443980800010")]) for record in records]
    view = lists.results(query, found, entries, [], filters=["Vendor manual", "Large-format printer"])
    shown = [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    assert sum(map(len, shown)) <= TEXT_LIMIT
    for record, said in zip(records, shown[1:], strict=True):
        assert f"]({record.link})**" in said


def test_the_name_of_every_tool_is_whole_on_a_button() -> None:
    assert all(Look(tool.label).item.label == tool.label for tool in TOOLS.tools)


def test_a_button_for_a_long_term_says_that_it_goes_on() -> None:
    button = Look("x" * (LOOK_LIMIT + 5))
    assert isinstance(button.item, discord.ui.Button)
    assert str(button.item.label).endswith("…")
