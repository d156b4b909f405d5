"""The vocabulary that comes with Benchmate, asked as a member, a forum or a search would ask it."""

from __future__ import annotations

import pytest

from bot.kit.vocabulary import MAX_LABEL, MAX_PHRASES, Vocabulary, load

CATALOGUE = (  # the subjects of the starter catalogue
    *("general", "3d-printer", "laser-cutter", "electronics", "vinyl-cutter", "coding", "sewing", "podcasting"),
    *("video", "button-maker", "robotics", "cnc", "hand-tools", "vr-ar", "embroidery", "screen-printing"),
)
TAGS_LEFT = 18  # Discord allows 20 tags in a forum, two are ours


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def slugs(found: tuple[object, ...]) -> list[str]:
    return [getattr(tool, "slug", "") for tool in found]


def test_it_has_the_breadth_a_library_makerspace_needs(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.tools) >= 24
    assert sum(len(tool.alternatives) for tool in vocabulary.tools) >= 150
    assert sum(tool.broader is not None for tool in vocabulary.tools) >= 12


def test_every_term_has_several_other_names_and_a_scope_note_that_ends(vocabulary: Vocabulary) -> None:
    for tool in vocabulary.tools:
        assert len(tool.alternatives) >= 5, tool.slug
        assert tool.scope.endswith("."), tool.slug


def test_no_two_terms_share_an_emoji_so_that_tags_can_be_told_apart(vocabulary: Vocabulary) -> None:
    emoji = [tool.emoji for tool in vocabulary.tools]
    assert len(set(emoji)) == len(emoji)


def test_the_subjects_of_the_starter_catalogue_are_the_tags_a_forum_begins_with(vocabulary: Vocabulary) -> None:
    assert set(CATALOGUE) <= set(slugs(vocabulary.tools[:TAGS_LEFT]))
    assert all(len(tool.label) <= MAX_LABEL for tool in vocabulary.tools)


def test_a_slug_that_nobody_knows_is_none(vocabulary: Vocabulary) -> None:
    assert vocabulary.get("laser-cutter") is not None
    assert vocabulary.get("time-machine") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our Glowforge smells", ["laser-cutter"]),
        ("CO2 lasers", ["laser-cutter"]),
        ("CO₂ lasers", ["laser-cutter"]),
        ("two laser-cutters and a lasercutter", ["laser-cutter"]),
        ("3-D printing", ["3d-printer"]),
        ("3D printed hinges", ["3d-printer"]),
        ("a 3 D PRINTER", ["3d-printer"]),
        ("3dprinter for sale", ["3d-printer"]),
        ("the Cricut's mat", ["vinyl-cutter"]),
        ("the Cricut\u2019s mat", ["vinyl-cutter"]),
        ("Cricut EasyPress", ["heat-press"]),
        ("Canva's templates", ["graphic-design"]),
        ("heat presses", ["heat-press"]),
        ("batteries and policies", ["safety"]),
        ("R\u00edsograph, Glow\u200bforge, quil\u00adting", ["printmaking", "laser-cutter", "sewing"]),
        ("micro:bit or micro-bit or microbits", ["microcontrollers"]),
        ("Dash & Dot, Ozobots", ["robotics"]),
        ("Take & Make bags", ["circulating-kits"]),
        ("our Repair Cafe", ["repair"]),
        ("macrame", ["fiber-arts"]),
        ("Brother PE800 thread tension", ["embroidery"]),
        ("Zoom H4n batteries", ["podcasting"]),
        ("Ender 3 will not level", ["3d-printer"]),
        ("*Tinkercad* / **Blender 3D**", ["3d-modeling"]),
        ("Bernina first, then the Shapeoko, then the Bernina again", ["sewing", "cnc"]),
        ("3D printed weapons", ["3d-printer", "safety"]),
        ("Dremel 3D printer", ["3d-printer"]),
        ("a robotic arm", ["robotics"]),
        ("https://www.glowforge.com/policy", ["laser-cutter", "safety"]),
    ],
)
def test_a_text_names_its_tools_in_order(vocabulary: Vocabulary, text: str, expected: list[str]) -> None:
    assert slugs(vocabulary.find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Are you joining the Zoom meeting on Friday?",
        "My brother is a singer at the PLA conference.",
        "We built the rota from scratch.",
        "Ender's Game is our book of the month, and the author rode a bus here.",
        "Add a dash of salt, then a dot of butter, in the blender.",
        "Illustrators visit: an illustrator of picture books reads on Sunday.",
        "Adult programming and library programs start in May.",
        "She led a workshop with Accelerated Reader (AR) and SLA members.",
        "Free printables for story time, and a new shelf of vinyl records.",
        "The laser printer by the door is out of toner.",
        "Laser tag night for teens! Bring a laser pointer.",
        "We are a close-knit, tight knit team with a deadline that looms.",
        "He had the audacity to ask for my boss.",
        "Electronic resources: e-books on OverDrive.",
        "An oil painting on canvas, a silhouette and a cameo.",
        "We make do with little bits of money and a toy box.",
        "The epilog of the novel mentions a quest, a rift and a vive la France.",
        "A jigsaw puzzle swap, a fine waiver, a zip code and a dress code.",
        "Here is a video of story time; the video game club meets after it.",
        "Merge the lists, press the button, put on the hat and spin a yarn.",
        "Let us craft a plan and hammer it out, thread by thread, in the library makerspace.",
        "Colonel Sanders and Ms. Weaver discuss the fabric of the community.",
        "In general I agree: design a space that people love.",
    ],
)
def test_a_false_friend_in_an_ordinary_sentence_names_nothing(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.find(text) == ()


def test_a_name_does_not_reach_across_the_end_of_a_sentence(vocabulary: Vocabulary) -> None:
    assert slugs(vocabulary.find("I looked at the heat. Press the button")) == []
    assert slugs(vocabulary.find("heat press")) == ["heat-press"]


def test_part_of_a_word_names_nothing(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("Minecraft, taser, sewage, videos, cncx") == ()


def test_the_longer_of_two_names_wins(vocabulary: Vocabulary) -> None:
    assert slugs(vocabulary.find("video game design")) == ["coding"]
    assert slugs(vocabulary.find("MakerBot Digitizer")) == ["3d-scanner"]


def test_a_brand_widens_a_query_to_its_tool(vocabulary: Vocabulary) -> None:
    assert vocabulary.widen("Glowforge smells") == ("laser cutter",)


def test_a_broader_term_widens_a_query_to_what_is_below_it(vocabulary: Vocabulary) -> None:
    assert vocabulary.widen("textiles") == ("sewing", "embroidery", "fiber arts")
    assert "screen printing" in vocabulary.widen("arts and crafts")  # two levels down, through printmaking


def test_words_that_are_there_already_are_not_added(vocabulary: Vocabulary) -> None:
    assert vocabulary.widen("Glowforge laser cutters") == ()
    assert vocabulary.widen("sewing textiles") == ("embroidery", "fiber arts")


def test_a_query_without_a_tool_is_not_widened(vocabulary: Vocabulary) -> None:
    assert vocabulary.widen("who has a good liaison story") == ()
    assert vocabulary.widen("") == ()


def test_a_query_with_many_tools_is_widened_by_the_first_few(vocabulary: Vocabulary) -> None:
    text = "Arduino Glowforge Cricut Prusa Bernina Canva Sphero Shapeoko Oculus VHS"
    assert len(vocabulary.find(text)) > MAX_PHRASES
    assert vocabulary.widen(text)[:2] == ("microcontrollers", "laser cutter")
    assert len(vocabulary.widen(text)) == MAX_PHRASES


def test_nothing_typed_yet_offers_all_tools_in_file_order(vocabulary: Vocabulary) -> None:
    assert vocabulary.complete("") == vocabulary.complete("  ") == vocabulary.tools


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cri", "vinyl-cutter"),
        ("CRI", "vinyl-cutter"),
        ("laser cutters", "laser-cutter"),
        ("3-d pr", "3d-printer"),
        ("3d m", "3d-modeling"),
        ("Glowforge Pro", "laser-cutter"),
        ("cutter", "laser-cutter"),
        ("vr-ar", "vr-ar"),
        ("general", "general"),
        ("makerspace", "general"),
        ("cafe", "repair"),
        # the words by which questions elsewhere are sorted
        ("3d-printing", "3d-printer"),
        ("metalworking", "metalworking"),
        ("audio", "podcasting"),
        ("video", "video"),
        ("design", "graphic-design"),
        ("papercraft", "paper-crafts"),
        ("libraries", "general"),
        ("photography", "photography"),
        ("textiles", "textiles"),
        ("crafts", "crafts"),
        ("3d-modelling", "3d-modeling"),
    ],
)
def test_what_was_typed_so_far_offers_the_likeliest_tool_first(vocabulary: Vocabulary, typed: str, first: str) -> None:
    assert slugs(vocabulary.complete(typed))[0] == first


def test_typing_what_nothing_is_called_offers_nothing(vocabulary: Vocabulary) -> None:
    assert vocabulary.complete("zeppelin") == ()
    assert vocabulary.complete("🎉") == ()


def test_narrower_terms_are_listed_through_all_levels(vocabulary: Vocabulary) -> None:
    assert slugs(vocabulary.narrower("electronics")) == ["microcontrollers", "soldering"]
    assert slugs(vocabulary.narrower("crafts"))[-1] == "screen-printing"
    assert vocabulary.narrower("sewing") == vocabulary.narrower("no-such-term") == ()
