from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.cards import BUTTON_LABEL_LIMIT, BUTTONS_PER_ROW
from cogs.setup.cards import checks, wizard
from cogs.setup.examining import Fix, examine
from cogs.setup.needed import EVERYWHERE, FLAGS
from cogs.setup.parts import PARTS
from cogs.setup.snapshot import Channel, Role, Server
from db.setup import Part, Settings
from tests.cogs.setup.steps import choose, press, start, summary
from tests.kit.world import components, seen, words

if TYPE_CHECKING:
    from tests.cogs.setup.steps import Empty

flags = st.frozensets(st.sampled_from(sorted(FLAGS)))
numbers = st.integers(1, 6)


def looks_right(message: Any) -> None:
    """Assert that a card suits a phone: three buttons a row at most, with labels that do not wrap."""
    for row in (part for part in components(message) if part["type"] == 1):
        assert len(row["components"]) <= BUTTONS_PER_ROW
    labels = [str(part["label"]) for part in components(message) if part["type"] == 2]
    assert [label for label in labels if len(label) > BUTTON_LABEL_LIMIT] == []
    said = words(message).casefold()
    assert not [word for word in ("error", "invalid", " id ", "null") if word in said]


async def test_every_screen_of_the_wizard_suits_a_phone(empty: Empty) -> None:
    card = await start(empty)
    looks_right(card)
    card = await press(empty.owner, card, "Choose each part")
    for _ in PARTS:
        looks_right(card)
        card = await press(empty.owner, card, "Leave it out")
    looks_right(card)
    card = await press(empty.owner, card, "A new role")
    looks_right(card)
    card = await press(empty.owner, card, "Skip")
    looks_right(card)
    done = await press(empty.owner, card, "Make it")
    looks_right(done)
    assert empty.names == ["general"], "everything was left out"
    looks_right(await press(empty.owner, done, "Check"))


async def test_the_summary_and_what_follows_suit_a_phone(empty: Empty) -> None:
    card = await summary(empty)
    looks_right(card)
    for step in (*(about.part.value for about in PARTS), "role", "zone"):
        screen = await choose(empty.owner, card, "Change something", step)
        looks_right(screen)
        card = await press(empty.owner, screen, "Back")
        assert "Here is what I will do" in words(card)


async def test_every_screen_of_the_settings_suits_a_phone(empty: Empty) -> None:
    card = seen(await empty.owner.slash(empty.general, "setup settings"))
    looks_right(card)
    for setting in (*(about.part.value for about in PARTS), "organizer-role", "zone"):
        screen = await choose(empty.owner, card, "like to change", setting)
        looks_right(screen)
        card = await press(empty.owner, screen, "Back")
        assert "What is set up" in words(card)


@given(
    st.lists(st.builds(Channel, numbers, st.text(max_size=100), st.booleans(), flags, flags, flags), max_size=6),
    st.lists(st.builds(Role, numbers, st.text(max_size=100)), max_size=3),
    flags,
    st.dictionaries(st.sampled_from(list(Part)), numbers),
    st.one_of(st.none(), numbers),
    st.one_of(st.none(), st.integers(0, 3)),
)
def test_whatever_a_server_is_like_each_fact_is_well_or_says_what_to_do(
    channels: list[Channel],
    roles: list[Role],
    mine: frozenset[str],
    kept: dict[Part, int],
    role: int | None,
    organizers: int | None,
) -> None:
    server = Server(1, "Oak County", tuple(channels), tuple(roles), mine)
    facts = examine(server, Settings(1, kept, organizer_role_id=role), organizers=organizers)
    assert all(fact.words.endswith((".", ")")) for fact in facts)
    assert all(fact.todo and fact.part for fact in facts if fact.fix)
    lacking = sum(f"My role lacks **{need.label}**" in fact.words for fact in facts for need in EVERYWHERE)
    assert lacking == len(FLAGS - mine)
    assert not ({fact.fix for fact in facts} & {Fix.MAKE}) or "manage_channels" in mine
    view = checks.checked(facts, [])
    (text,) = [part for part in view.walk_children() if isinstance(part, ui.TextDisplay)]
    assert len(text.content) <= 4_000


def test_what_is_missing_names_each_permission_and_its_use() -> None:
    said = wizard.missing(EVERYWHERE)
    for need in EVERYWHERE:
        assert f"**{need.label}**, {need.use}" in said
