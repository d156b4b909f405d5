from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cogs.questions.tags import TAGS_ON_A_POST, Tag, _tool_of, answered_tag, tools_after, tools_of, wanted
from tests.kit.world import TOOLS

ANSWERED, HELP, PRINTER, LASER, FABRICATION, OWN = (
    Tag(1, "Answered"),
    Tag(2, "Needs help"),
    Tag(3, "3D printer"),
    Tag(4, "laser cutters"),
    Tag(5, "Digital fabrication"),
    Tag(6, "Our monthly challenge"),
)
EVERY = (ANSWERED, HELP, PRINTER, LASER, FABRICATION, OWN)


def tags_for(
    *tools: str, there: tuple[Tag, ...] = EVERY, on_post: tuple[int, ...] = (), **more: bool
) -> tuple[int, ...]:
    options = {"is_answered": False, "required": False, **more}
    return wanted(there, on_post, tools, TOOLS, answered=answered_tag(there, None), **options)


def test_a_tool_has_its_own_tag_whatever_its_spelling_else_its_broader_terms() -> None:
    assert tags_for("laser-cutter") == (LASER.number,)
    assert tags_for("vinyl-cutter") == (FABRICATION.number,)
    assert tags_for("sewing") == ()


def test_answered_comes_first_and_what_people_put_there_stays() -> None:
    assert tags_for("3d-printer", on_post=(6, 4), is_answered=True) == (1, 3, 6)
    assert tags_for("3d-printer", on_post=(1, 6)) == (3, 6)


def test_a_forum_that_takes_no_post_without_a_tag_gets_one_that_fits() -> None:
    assert tags_for("sewing", required=True) == (HELP.number,)
    assert tags_for("sewing", there=(ANSWERED, OWN), required=True) == (OWN.number,)
    assert tags_for("sewing", there=(), required=True) == ()


def test_the_tag_for_answered_posts_is_known_by_its_number_then_by_its_name() -> None:
    assert answered_tag(EVERY, 6) == 6
    assert answered_tag(EVERY, 99) == 1
    assert answered_tag((Tag(7, "✅ Solved"),), None) == 7
    assert answered_tag((OWN,), 99) is None


def test_tags_are_read_as_the_tools_they_name() -> None:
    assert tools_of(["Answered", "Glowforge", "3D Printing"], TOOLS) == ("laser-cutter", "3d-printer")


def test_tools_go_and_come_with_their_tags_and_the_bots_own_hand_changes_nothing() -> None:
    def after(removed: set[int], added: set[int], *tools: str) -> tuple[str, ...]:
        return tools_after(EVERY, removed, added, tools, TOOLS)

    assert after(set(), {FABRICATION.number}, "vinyl-cutter") == ("vinyl-cutter",)
    assert after({LASER.number}, {PRINTER.number}, "3d-printer") == ("3d-printer",)
    assert after({PRINTER.number}, {LASER.number}, "3d-printer", "sewing") == ("sewing", "laser-cutter")
    assert after({FABRICATION.number}, set(), "vinyl-cutter") == ()
    assert after({ANSWERED.number}, {OWN.number}, "sewing") == ("sewing",)


@given(
    st.lists(st.sampled_from(EVERY), unique=True),
    st.lists(st.integers(1, 9), unique=True, max_size=5),
    st.lists(st.sampled_from(["3d-printer", "laser-cutter", "sewing", "vinyl-cutter", "no-such-tool"]), max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_a_post_never_gets_more_than_five_tags_nor_one_that_the_forum_lacks(
    there: list[Tag], on_post: list[int], tools: list[str], is_answered: bool, required: bool
) -> None:
    chosen = tags_for(*tools, there=tuple(there), on_post=tuple(on_post), is_answered=is_answered, required=required)
    assert len(chosen) == len(set(chosen)) <= TAGS_ON_A_POST
    assert set(chosen) <= {tag.number for tag in there}
    assert (ANSWERED in there and is_answered) == (ANSWERED.number in chosen) or (required and len(chosen) == 1)


def test_the_words_of_a_tag_are_looked_up_once_however_many_posts_have_it() -> None:
    tags_of_forum = [Tag(number, f"Laser cutter {number}") for number in range(20)]
    _tool_of.cache_clear()
    for _ in range(5):
        wanted(tags_of_forum, [], ["laser-cutter"], TOOLS, answered=None, is_answered=False, required=False)
    assert _tool_of.cache_info().misses == 20
