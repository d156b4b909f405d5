from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.kit.words import tidy
from cogs.questions.limits import LONGEST_DETAILS, LONGEST_TRIED
from cogs.questions.wording import FIRST_PART, OTHER_PART, paragraphs, parts, title_from
from db.questions import Asking
from db.questions.table import Question

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SIGNS = st.text(st.sampled_from("ab \n*_`\\@#[]()🧵.:/h-"), max_size=LONGEST_DETAILS)


def asked(details: str, tried: str = "") -> Question:
    known = Asking(guild_id=1, forum_id=2, asker_id=3, title="Why?", tools=(), details=details, tried=tried)
    left_out = {field.name: None for field in fields(Question)}
    kept = {field.name: getattr(known, field.name) for field in fields(Asking)}
    return Question(**{**left_out, **kept, "asked_at": NOW, "last_activity_at": NOW})


def bare(text: str) -> str:
    """A text without the signs that only take away another sign's meaning, and without spaces."""
    return re.sub(r"\s", "", re.sub(r"\\([^a-z\s])", r"\1", text))


@given(SIGNS, st.text(st.sampled_from("ab \n*"), max_size=LONGEST_TRIED))
def test_a_question_is_cut_into_parts_that_fit_and_hold_all_of_it(details: str, tried: str) -> None:
    made = parts(asked(details, tried))
    assert len(made[0]) <= FIRST_PART
    assert all(len(part) <= OTHER_PART for part in made)
    whole = bare("".join(made)).replace(bare("**What I tried**"), "")
    assert whole == re.sub(r"\s", "", tidy(details, lines=True) + tidy(tried, lines=True))


def test_links_can_be_pressed_and_everything_else_does_nothing() -> None:
    shown = paragraphs("See https://example.org/a_b (page *3*) <@1> @everyone\n# not a heading")
    assert "<https://example.org/a_b>" in shown
    assert r"\*3\*" in shown
    assert r"\<\@1\>" in shown
    assert r"\@everyone" in shown
    assert r"\# not" in shown


def test_a_title_is_the_first_sentence_as_far_as_there_is_room() -> None:
    assert (
        title_from("Hi all, does anyone own a Glowforge? We want one.", 100) == "Hi all, does anyone own a Glowforge?"
    )
    assert title_from("\n\nSettings for felt\nThree millimeters.", 100) == "Settings for felt"
    assert len(title_from("word " * 80, 100)) <= 100
    assert title_from("   ", 100) == ""
