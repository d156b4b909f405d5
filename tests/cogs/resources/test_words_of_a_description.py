from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.errors import UserError
from cogs.resources import days, freshness, identifiers, terms
from cogs.resources.service.describing import answers_of, described, topics
from db.resources import Description


def _of(year: int) -> datetime:
    return datetime(year, 1, 1)  # noqa: DTZ001 - hypothesis takes its bounds without a zone


def about(kind: str = "guide", title: str = "A title", **more: object) -> Description:
    values = {"link": "https://nom.org/a", "link_key": "nom.org/a", "description": "", **more}
    return Description(kind=kind, title=title, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    ["2027-03-12", "2027/3/12", "March 12, 2027", "march 12th 2027", "Mar. 12, 2027", "12 March 2027", "12. Mar 2027"],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert days.read(typed) == date(2027, 3, 12)


@pytest.mark.parametrize(("typed", "day"), [("3/25/2027", date(2027, 3, 25)), ("25.3.2027", date(2027, 3, 25))])
def test_a_day_that_can_only_be_one_is_read(typed: str, day: date) -> None:
    assert days.read(typed) == day


def test_a_day_that_could_be_two_is_asked_about() -> None:
    with pytest.raises(UserError, match="2027-03-04"):
        days.read("3/4/2027")


@pytest.mark.parametrize("typed", ["soon", "2027-02-30", "Foo 12, 2027", "12", "99/99/2027", "２０２７-03-12x"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match="2027-03-12"):
        days.read(typed)


@given(st.dates(date(1900, 1, 1), date(9998, 12, 31)))
def test_a_day_that_was_said_is_read_again(day: date) -> None:
    assert days.read(days.said(day)) == day == days.read(day.isoformat())


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_day_or_refused_in_words(typed: str) -> None:
    found: date | None = None
    with suppress(UserError):
        found = days.read(typed)
    assert found is None or str(found.year).isdigit()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://doi.org/10.1000/182", "DOI 10.1000/182"),
        ("doi:10.1000/182", "DOI 10.1000/182"),
        ("10.1000/182", "DOI 10.1000/182"),
        (f"10.1000/{'a' * 100}", f"10.1000/{'a' * 91}…"),
        (f"10.1000/{'a' * 91}…", f"10.1000/{'a' * 91}…"),
        ("978-0-8389-1739-8", "ISBN 9780838917398"),
        ("ISBN 0-8044-2957-X", "ISBN 080442957X"),
        ("ERIC ED612345", "ERIC ED612345"),
        ("  ", ""),
    ],
)
def test_an_identifier_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert identifiers.kept(typed) == kept


@pytest.mark.parametrize("typed", ["978-0-8389-1739-7", "ISBN 123"])
def test_an_isbn_with_a_slip_in_it_is_said(typed: str) -> None:
    with pytest.raises(UserError, match="digit"):
        identifiers.kept(typed)


@pytest.mark.parametrize(
    ("of", "years"),
    [
        (about("policy"), 1),
        (about("guide", "Laser safety for staff"), 1),
        (about("template", "Liability waiver"), 1),
        (about("case-study", topics=("insurance",)), 1),
        (about("vendor-manual"), 3),
        (about("guide"), 3),
        (about("research"), 5),
        (about("community"), 5),
        (about("opportunity"), None),
    ],
)
def test_safety_is_looked_at_yearly_technical_things_after_three_years_others_after_five(
    of: Description, years: int | None
) -> None:
    assert freshness.years(of) == years
    looked = datetime(2026, 5, 4, tzinfo=UTC)
    assert freshness.due_on(of, looked) == (None if years is None else date(2026 + years, 5, 4))


@given(st.datetimes(_of(1990), _of(2200), timezones=st.just(UTC)))
def test_the_review_day_always_exists_and_is_about_a_year_away(moment: datetime) -> None:
    due = freshness.due_on(about("policy"), moment)
    assert due is not None
    assert timedelta(364) <= due - moment.date() <= timedelta(366)


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.datetimes(_of(2026), _of(2031), timezones=st.just(UTC)),
)
def test_an_opportunity_is_open_until_its_day_has_ended_everywhere(closes_on: date, now: datetime) -> None:
    assert (closes_on < freshness.still_open(now)) == (now >= freshness.closed_at(closes_on))


@given(st.lists(st.text(alphabet="abcé ", max_size=50), max_size=12))
def test_topics_are_each_there_once_and_short(typed: list[str]) -> None:
    kept = topics(";".join(typed))
    assert len(kept) <= 8
    assert len({topic.casefold() for topic in kept}) == len(kept)
    assert all(topic == topic.strip() and 0 < len(topic) <= 40 for topic in kept)


def test_topics_keep_the_order_and_the_first_writing() -> None:
    assert topics("Badging, small budgets; badging\nAfter-school,, !") == ["Badging", "small budgets", "After-school"]


def test_a_description_goes_into_a_draft_and_comes_back_the_same() -> None:
    whole = about(
        "opportunity",
        tools=("sewing",),
        topics=("badging",),
        audience=("school",),
        levels=("adult",),
        creator="Rosa",
        publisher="NOM",
        year=2024,
        language="Spanish",
        license="CC0",
        identifier="DOI 10.1000/182",
        closes_on=date(2027, 3, 12),
    )
    assert described(answers_of(whole)) == whole


def test_levels_read_as_one_says_them() -> None:
    assert terms.for_learning(["high-school", "elementary"]) == "Elementary school, high school"
    assert terms.for_learning([]) == ""
