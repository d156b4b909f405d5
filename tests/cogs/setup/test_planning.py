from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import vocabulary
from cogs.setup.needed import FLAGS
from cogs.setup.parts import PARTS, about
from cogs.setup.planning import Chosen, Deed, Plan, Wanted, plan
from cogs.setup.snapshot import Channel, Role, Server, folded
from cogs.setup.tags import OWN, TAGS_AT_MOST, TOOLS, all_tags, to_add
from db.setup import Part, Settings

GUILD = 1
NAMES = [*(one.channel for one in PARTS), "general", "📣︱announcements", "Questions!"]
VOCABULARY = vocabulary.load()

channels = st.lists(st.tuples(st.sampled_from(NAMES), st.booleans()), max_size=6)
chosen = st.tuples(st.sampled_from([Deed.MAKE, Deed.USE, Deed.LEAVE]), st.integers(100, 106)).map(
    lambda it: Chosen(*it)
)
wanted = st.dictionaries(st.sampled_from(list(Part)), chosen, max_size=8).map(Wanted)
kept = st.dictionaries(st.sampled_from(list(Part)), st.integers(100, 106), max_size=8)


def server_of(named: list[tuple[str, bool]], roles: tuple[Role, ...] = ()) -> Server:
    made = tuple(Channel(100 + place, name, forum=forum, mine=FLAGS) for place, (name, forum) in enumerate(named))
    return Server(GUILD, "Oak County", made, roles, FLAGS)


def carried_out(made: Plan, server: Server, settings: Settings) -> tuple[Server, Settings]:
    """The server and what is set up, once a plan was carried out."""
    there, numbers, left_out = list(server.channels), dict(settings.channels), set(settings.left_out)
    for line in made.lines:
        if line.deed is Deed.LEAVE:
            numbers.pop(line.about.part, None)
            left_out.add(line.about.part)
        if line.deed in (Deed.MAKE, Deed.USE):
            channel = line.channel or Channel(500 + len(there), line.about.channel, forum=line.about.forum)
            if line.channel is None:
                there.append(channel)
            numbers[line.about.part] = channel.number
            left_out.discard(line.about.part)
    settings = replace(settings, channels=numbers, left_out=frozenset(left_out), organizer_role_id=7)
    return replace(server, channels=tuple(there), roles=(Role(7, "Organizer"),)), settings


@given(channels, wanted, kept)
def test_once_a_plan_was_carried_out_the_same_wish_makes_nothing_more(
    named: list[tuple[str, bool]], wish: Wanted, numbers: dict[Part, int]
) -> None:
    server, settings = server_of(named), Settings(GUILD, numbers)
    first = plan(wish, server, settings)
    server, settings = carried_out(first, server, settings)
    for again in (wish, Wanted()):
        second = plan(again, server, settings)
        assert second.lines_of(Deed.MAKE) == ()
        assert second.role is not None


@given(channels, wanted, kept)
def test_a_crash_after_any_part_of_it_leads_to_the_same_end(
    named: list[tuple[str, bool]], wish: Wanted, numbers: dict[Part, int]
) -> None:
    """A channel was made, and the power went before its number was kept."""
    before, settings = server_of(named), Settings(GUILD, numbers)
    whole = plan(wish, before, settings)
    for line in whole.lines_of(Deed.MAKE):
        orphan = Channel(900, line.about.channel, forum=line.about.forum)
        after = plan(wish, replace(before, channels=(*before.channels, orphan)), settings)
        assert [one.channel for one in after.lines if one.about is line.about] == [orphan]


@given(channels, wanted, kept)
def test_no_part_gets_a_channel_of_the_wrong_kind(
    named: list[tuple[str, bool]], wish: Wanted, numbers: dict[Part, int]
) -> None:
    made = plan(wish, server_of(named), Settings(GUILD, numbers))
    assert [line.about.part for line in made.lines] == [one.part for one in PARTS]
    assert all(line.channel is None or line.channel.forum == line.about.forum for line in made.lines)


def test_what_is_missing_is_asked_for_only_where_it_is_needed() -> None:
    role = Role(7, "organizer")
    every = [(one.channel, one.forum) for one in PARTS if one.basic]
    bare = replace(server_of(every, (role,)), mine=frozenset())
    assert plan(Wanted(), bare, Settings(GUILD)).missing == ()
    labels = [need.label for need in plan(Wanted(), replace(bare, channels=()), Settings(GUILD)).missing]
    assert labels == ["View Channels", "Send Messages", "Read Message History", "Manage Channels"]
    assert [need.label for need in plan(Wanted(), replace(bare, roles=()), Settings(GUILD)).missing] == ["Manage Roles"]


def test_what_was_left_out_stays_out_until_someone_asks_for_it() -> None:
    settings = Settings(GUILD, left_out=frozenset({Part.SHOW}))
    line = plan(Wanted(), server_of([]), settings).lines[PARTS.index(about(Part.SHOW))]
    assert line.deed is Deed.LEAVE
    asked = Wanted({Part.SHOW: Chosen(Deed.MAKE)})
    assert plan(asked, server_of([]), settings).lines[PARTS.index(about(Part.SHOW))].deed is Deed.MAKE


@pytest.mark.parametrize("name", ["📣︱Announcements", "announcements", "ANNOUNCEMENTS", "-announcements-"])
def test_a_channel_is_known_by_its_name_whatever_stands_around_it(name: str) -> None:
    assert folded(name) == "announcements"


def test_every_tag_is_a_term_of_the_vocabulary_and_fits_discord() -> None:
    every = all_tags(VOCABULARY)
    assert len(TOOLS) == len(set(TOOLS)) == 18
    assert len(every) == TAGS_AT_MOST
    assert all(VOCABULARY.get(slug) for slug in TOOLS)
    assert all(1 <= len(tag.name) <= 20 and tag.emoji for tag in every)
    assert len({tag.name.casefold() for tag in every}) == TAGS_AT_MOST


@given(st.lists(st.text(min_size=1, max_size=20), max_size=TAGS_AT_MOST, unique=True))
def test_a_forum_never_gets_more_tags_than_it_may_have_nor_one_twice(names: list[str]) -> None:
    added = [tag.name for tag in to_add(names, VOCABULARY)]
    assert len(names) + len(added) <= TAGS_AT_MOST
    assert not {name.casefold() for name in names} & {name.casefold() for name in added}
    if names and len(names) <= TAGS_AT_MOST - len(OWN):
        assert {"answered", "needs help"} <= {name.casefold() for name in [*names, *added]}
