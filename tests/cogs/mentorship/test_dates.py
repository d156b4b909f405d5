from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.kit.errors import NotAllowedError
from cogs.mentorship import times
from cogs.mentorship.service import Dating
from cogs.mentorship.terms import ZONES
from tests.cogs.mentorship.steps import enroll, letter, options, pick, press, run, thread_of
from tests.kit.world import buttons, words

if TYPE_CHECKING:
    from tests.kit.world import World

MONDAY = datetime(2026, 1, 12, 15, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the strategy's
    st.lists(st.sampled_from([term.slug for term in ZONES]), min_size=1, max_size=3),
)
def test_each_suggestion_lies_in_everybodys_day_and_none_is_today(now: datetime, zones: list[str]) -> None:
    found = times.suggestions(now, zones)
    assert found == sorted(set(found))
    for at in found:
        assert now < at <= now + timedelta(days=23)
        for zone in zones:
            local = at.astimezone(ZoneInfo(zone))
            assert local.weekday() < 5
            assert 6 <= local.hour < 22


def test_people_of_one_zone_meet_in_working_hours_at_different_times() -> None:
    found = [at.astimezone(ZoneInfo("America/Chicago")) for at in times.suggestions(MONDAY, ["America/Chicago"])]
    assert len(found) == 6
    assert all(9 <= at.hour <= 16 for at in found)
    assert len({at.hour for at in found}) > 3
    assert len({at.date() for at in found}) == 6


def test_where_working_hours_do_not_meet_the_day_grows_longer() -> None:
    (first, *_) = times.suggestions(MONDAY, ["America/Los_Angeles", "Europe/Berlin"])
    assert times.at_each(first, ["America/Los_Angeles", "Europe/Berlin"]) in (
        "Tue Jan 13: 10:00 AM Los Angeles, 7:00 PM Berlin",
        "Tue Jan 13: 8:00 AM Los Angeles, 5:00 PM Berlin",
        "Tue Jan 13: 9:00 AM Los Angeles, 6:00 PM Berlin",
    )


def test_another_day_elsewhere_is_said() -> None:
    at = datetime(2026, 1, 13, 23, tzinfo=UTC)
    assert times.at_each(at, ["America/Denver", "Asia/Tokyo"]) == "Tue Jan 13: 4:00 PM Denver, 8:00 AM Tokyo (Wed)"


@pytest.mark.parametrize("zones", [["Nowhere/Atall"], []])
def test_an_unknown_zone_counts_as_utc(zones: list[str]) -> None:
    assert all(9 <= at.hour <= 16 for at in times.suggestions(MONDAY, zones))


async def test_two_agree_on_a_time_in_both_zones_and_get_it_as_a_file(world: World) -> None:
    await enroll(world, world.other, "mentor", zone="America/New_York")
    await enroll(world, world.member, "mentee", zone="America/Los_Angeles")
    await run(world)
    for who in (world.other, world.member):
        await press(who, letter(world, who), "Accept")
        await run(world)
    agenda = thread_of(world).last_message
    assert buttons(agenda)[0] == "Find a time"
    card = await press(world.member, agenda, "Find a time")
    assert "When could you meet?" in words(card)
    first, *more = options(card, "Choose a time")
    assert len(more) == 5
    suggested = await pick(world.member, card, "Choose a time", first)
    assert f"<@{world.member.id}> suggests a time" in words(suggested)
    assert "Los Angeles, " in words(suggested)
    assert "New York" in words(suggested)
    assert "the other's turn" in words(await press(world.member, suggested, "That works"))
    agreed = await press(world.other, suggested, "That works")
    assert f"You meet <t:{first}:F>" in words(agreed)
    (attached,) = agreed.attachments
    calendar = Calendar.from_ical(await attached.read())
    (event,) = calendar.walk("VEVENT")
    assert int(event.decoded("dtstart").timestamp()) == int(first)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=45)
    assert str(thread_of(world).id) in str(event["url"])
    assert "Mentoring meeting (NOM Libraries)" in str(event["summary"])
    assert buttons(agreed) == ["Call it off"]
    off = await press(world.member, agreed, "Call it off")
    assert "was called off" in words(thread_of(world).history()[-2])
    assert words(off).startswith(f"### Called off\n<@{world.member.id}> cannot meet")
    assert buttons(off) == ["Undo", "Another time"]
    (canceled,) = Calendar.from_ical(await off.attachments[0].read()).walk("VEVENT")
    assert (str(canceled["status"]), canceled["sequence"], canceled["uid"]) == ("CANCELLED", 1, event["uid"])
    again = await press(world.other, off, "Undo")
    assert f"You meet <t:{first}:F>" in words(again)
    assert buttons(again) == ["Call it off"]


async def test_strangers_cannot_find_times_and_a_time_that_has_passed_is_not_agreed_on(world: World) -> None:
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await run(world)
    for who in (world.other, world.member):
        await press(who, letter(world, who), "Accept")
        await run(world)
    agenda = thread_of(world).last_message
    with pytest.raises(NotAllowedError, match="Only those whom it is about"):
        await world.bot.service(Dating).times(world.organizer.id, 1)
    card = await press(world.other, agenda, "Find a time")
    suggested = await pick(world.other, card, "Choose a time", options(card, "Choose a time")[0])
    await world.env.advance_time(40 * 24 * 60 * 60)
    assert "has passed" in words(await press(world.member, suggested, "That works"))
