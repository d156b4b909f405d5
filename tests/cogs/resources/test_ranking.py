from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cogs.resources import ranking
from cogs.resources.ranking import gently, window_of
from db.search import Hit, SearchRecord
from tests.cogs.resources.steps import fill_in, find, press, send
from tests.kit.world import seen, words

if TYPE_CHECKING:
    from tests.kit.world import World

RECORD = SearchRecord(1, "resources", "1", "guide", "A title")


def hits(*scores: float, exact: int = 0) -> list[Hit]:
    """Hits, best first, numbered from 1; the first `exact` have all words."""
    return [Hit(number, RECORD, score, number <= exact) for number, score in enumerate(scores, 1)]


def order(found: list[Hit]) -> list[int]:
    return [hit.record_id for hit in found]


def test_of_two_that_fit_nearly_alike_the_used_one_stands_first() -> None:
    assert order(gently(hits(-10.0, -9.95), {2: 5})) == [2, 1]


def test_use_never_lifts_what_fits_clearly_worse() -> None:
    assert order(gently(hits(-10.0, -9.8), {2: 10_000})) == [1, 2]


def test_what_has_all_words_stays_before_what_has_some() -> None:
    assert order(gently(hits(-5.0, -5.0, exact=1), {2: 10_000})) == [1, 2]


@given(st.lists(st.floats(-50, -0.1), max_size=12), st.dictionaries(st.integers(1, 12), st.integers(0, 10**6)))
def test_no_hit_is_lost_and_none_moves_past_what_is_more_than_a_little_better(
    scores: list[float], uses: dict[int, int]
) -> None:
    before = hits(*sorted(scores))
    after = gently(before, uses)
    assert sorted(order(after)) == order(before)
    for place, hit in enumerate(after):
        assert all(other.score >= hit.score * (1 + ranking.NEARLY) - 1e-9 for other in after[place + 1 :])


@given(st.integers(0, 10_000))
def test_every_page_lies_whole_in_its_window(page: int) -> None:
    first, start = window_of(page)
    assert first + start == page * 4
    assert 0 <= start <= ranking.WINDOW - 4


async def twins(world: World) -> None:
    """Two resources that fit a search alike."""
    for name in ("one", "two"):
        preview = seen(
            await fill_in(world, world.member, link=f"https://nom.org/{name}", title=f"Quokka sign {name}", text="")
        )
        await send(world, world.member, preview)
        await press(world.organizer, world.desk.last_message, "Publish")


async def first(world: World) -> str:
    said = words(await find(world, world.other, "quokka sign"))
    return "one" if said.index("Quokka sign one") < said.index("Quokka sign two") else "two"


async def test_what_members_saved_stands_before_its_twin(world: World) -> None:
    await twins(world)
    assert await first(world) == "one"
    await press(world.member, await find(world, world.member, "quokka sign two"), "Save")
    assert await first(world) == "two"


async def test_what_members_opened_stands_before_its_twin(world: World) -> None:
    await twins(world)
    await press(world.member, await find(world, world.member, "quokka sign two"), "More like this")
    assert await first(world) == "two"


async def test_use_in_another_server_counts_nothing_here(world: World) -> None:
    await twins(world)
    async with world.database.write() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO saved_resource (user_id, resource_id, guild_id, saved_at) "
            "SELECT 1, max(resource_id), 4711, '2026-01-01' FROM resource"
        )
    assert await first(world) == "one"


async def test_the_pages_of_a_search_show_everything_once(world: World) -> None:
    await press(world.member, await find(world, world.member, "policy"), "Save", 2)
    page = await find(world, world.other, "policy")
    shown: list[str] = []
    for _ in range(4):
        shown += [line for line in words(page).splitlines() if line.startswith("**[")]
        page = await press(world.other, page, "Next →")
    assert len(shown) == len(set(shown)) == 16
