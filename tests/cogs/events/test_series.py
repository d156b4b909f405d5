from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.kit.errors import GoneError, UserError
from cogs.events.service.editing import StaleError
from cogs.events.service.following import CARD
from cogs.events.service.occurring import pure
from cogs.events.service.rescheduling import Scope
from cogs.events.service.telling import TOLD
from db import events
from db.events import GOING
from tests.cogs.events.series_steps import EASTERN, GUILD, MEMBER, ORGANIZER, Room

if TYPE_CHECKING:
    from db.engine import Database
    from db.events import Event

WEEK = timedelta(weeks=1)


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


async def test_a_series_is_made_twelve_months_ahead_and_its_hour_stays_when_the_clocks_change(room: Room) -> None:
    first = await room.post("every first Tuesday 3pm")
    starts = await room.starts(first)
    assert starts[:5] == ["12-01 15:00", "01-05 15:00", "02-02 15:00", "03-02 15:00", "04-06 15:00"]
    assert len(starts) == 12
    assert {start.partition(" ")[2] for start in starts} == {"15:00"}


async def test_each_card_of_a_series_is_posted_when_the_one_before_it_is_over(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    cards = await room.promised(CARD)
    rows = await room.series(first)
    assert cards[0].due_at == room.now
    assert [card.due_at for card in cards[1:4]] == [row.ends_at for row in rows[:3]]
    monthly = await room.post("every first Tuesday 3pm")
    rows = await room.series(monthly)
    assert [(row.starts_at - (row.announce_at or room.now)).days for row in rows[1:4]] == [14, 14, 14]


async def test_the_daily_chore_keeps_a_series_twelve_months_ahead_and_does_nothing_twice(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    before = len(await room.series(first))
    room.now += 3 * WEEK
    assert await room.repeating.keep_up(GUILD, room.now) == 3
    assert await room.repeating.keep_up(GUILD, room.now) == 0
    keys = [row.occurrence_key for row in await room.series(first)]
    assert len(keys) == len(set(keys)) == before + 3


async def test_a_series_of_ten_ends_by_itself(room: Room) -> None:
    first = await room.post("Thursdays 5pm, 10 times")
    assert len(await room.starts(first)) == 10
    room.now += 11 * WEEK
    await room.repeating.keep_up(GUILD, room.now)
    assert await room.repeating.going(GUILD) == []
    assert len(await room.starts(first)) == 10


async def test_a_draft_is_posted_once_however_often_it_is_pressed(room: Room) -> None:
    draft, planned = await room.draft("every Thursday 5pm")
    await room.repeating.post(draft, planned, 1)
    with pytest.raises(GoneError):
        await room.repeating.post(draft, planned, 1)
    assert len(await room.repeating.going(GUILD)) == 1


async def test_one_date_is_skipped_and_comes_back(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    second = (await room.series(first))[1]
    skipped = await room.repeating.skip(GUILD, second.event_id, ORGANIZER)
    assert "12-03 17:00" not in await room.starts(first)
    assert not any(card.subject == f"event:{second.event_id}" for card in await room.promised(CARD))
    await room.repeating.keep_up(GUILD, room.now)
    assert "12-03 17:00" not in await room.starts(first)
    await room.repeating.unskip(GUILD, second.event_id, skipped.version)
    assert "12-03 17:00" in await room.starts(first)
    assert any(card.subject == f"event:{second.event_id}" for card in await room.promised(CARD))


async def test_a_series_ends_after_one_of_its_dates_and_only_who_answered_is_told(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    rows = await room.series(first)
    await room.answering.answer(GUILD, rows[5].event_id, MEMBER, "Kim", GOING)
    _, called_off = await room.repeating.end(GUILD, rows[2].event_id, ORGANIZER)
    assert called_off == 1
    assert await room.starts(first) == ["11-26 17:00", "12-03 17:00", "12-10 17:00"]
    assert [one.target_id for one in await room.promised(TOLD)] == [MEMBER]
    room.now += 3 * WEEK
    assert await room.repeating.keep_up(GUILD, room.now) == 0
    assert await room.repeating.going(GUILD) == []


async def test_all_to_come_say_something_else_at_the_same_times(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    before = await room.starts(first)
    third = (await room.series(first))[2]
    saved = await room.change(third, Scope.ALL, title="Reading circle")
    assert await room.starts(first) == before
    assert {row.plan.title for row in await room.series(first)} == {"Reading circle"}
    assert saved.series.plan.title == "Reading circle"
    assert saved.changed == len(before)
    room.now += WEEK * 5
    await room.repeating.keep_up(GUILD, room.now)
    assert (await room.series(first))[-1].plan.title == "Reading circle"


async def test_this_and_following_move_to_another_hour_and_the_earlier_ones_stay(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    third = (await room.series(first))[2]
    saved = await room.change(third, Scope.FOLLOWING, when="December 10 2026 at 6:30pm")
    assert await room.starts(first) == ["11-26 17:00", "12-03 17:00"]
    starts = await room.starts(saved.event)
    assert starts[:3] == ["12-10 18:30", "12-17 18:30", "12-24 18:30"]
    assert len(starts) == 50
    assert saved.series.split_from == first.series_id
    assert saved.event.event_id == third.event_id


async def test_a_club_that_moves_to_wednesdays_keeps_its_answers(room: Room) -> None:
    first = await room.post("every other Thursday 5pm")
    rows = await room.series(first)
    await room.answering.answer(GUILD, rows[3].event_id, MEMBER, "Kim", GOING)
    saved = await room.change(rows[1], Scope.ALL, when="December 9 2026 at 5pm")
    starts = await room.starts(saved.event)
    assert starts[:4] == ["11-25 17:00", "12-09 17:00", "12-23 17:00", "01-06 17:00"]
    moved = await room.get(rows[3])
    assert moved.starts_at.astimezone(EASTERN).strftime("%m-%d %H:%M") == "01-06 17:00"
    async with room.database.read() as connection:
        assert (await events.answers(connection, moved.event_id))[0].user_id == MEMBER


@pytest.mark.parametrize(
    ("zone", "typed", "rule"),
    [
        ("America/Chicago", "December 3 2026 at 5pm", "FREQ=WEEKLY;BYDAY=TH"),  # 6 PM in New York
        ("Asia/Tokyo", "December 4 2026 at 8am", "FREQ=WEEKLY;BYDAY=FR"),  # there it is the next day
    ],
)
async def test_a_series_moves_to_the_hour_that_was_typed_after_the_server_changed_its_zone(
    room: Room, zone: str, typed: str, rule: str
) -> None:
    first = await room.post("every Thursday 5pm")
    second = (await room.series(first))[1]
    room.move_to(zone)
    saved = await room.change(second, Scope.ALL, when=typed)
    starts = await room.starts(saved.event)
    assert starts[:3] == ["11-26 18:00", "12-03 18:00", "12-10 18:00"]
    assert (saved.changed, saved.called_off, saved.series.rule) == (52, 0, rule)
    local = {one.starts_at.astimezone(ZoneInfo(zone)).hour for one in await room.series(saved.event)}
    assert len(local) == 1


async def test_what_is_said_in_other_words_leaves_the_series_in_its_zone(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    room.move_to("America/Chicago")
    await room.change(first, Scope.ALL, when="November 26 2026 at 4pm", title="Reading circle")
    room.now += 3 * WEEK
    await room.repeating.keep_up(GUILD, room.now)
    assert {start.partition(" ")[2] for start in await room.starts(first)} == {"17:00"}


async def test_a_monthly_series_moves_to_the_second_wednesday(room: Room) -> None:
    first = await room.post("every first Tuesday 3pm")
    saved = await room.change(first, Scope.ALL, when="December 9 2026 at 3pm")
    assert saved.series.rule == "FREQ=MONTHLY;BYDAY=2WE"
    assert (await room.starts(saved.event))[:3] == ["12-09 15:00", "01-13 15:00", "02-10 15:00"]


async def test_another_rule_is_typed_for_all_to_come_and_dates_that_fall_away_are_taken_out(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    saved = await room.change(first, Scope.ALL, when="every last Thursday 5pm")
    starts = await room.starts(saved.event)
    assert starts[:3] == ["11-26 17:00", "12-31 17:00", "01-28 17:00"]
    assert len(await room.series(saved.event)) == len(starts) == 12


async def test_what_was_changed_apart_stays_and_what_is_past_stays(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    rows = await room.series(first)
    draft, planned = await room.draft("December 11 2026 at 9am", f"{rows[2].event_id}.{rows[2].version}")
    alone, _ = await room.editing.save(draft, planned)
    assert alone.detached
    room.now += WEEK
    saved = await room.change(await room.get(rows[1]), Scope.ALL, when="December 3 2026 at 6pm")
    assert (await room.starts(saved.event))[:3] == ["12-03 18:00", "12-11 09:00", "12-17 18:00"]
    assert await room.starts(first) == ["11-26 17:00"]
    assert pure(saved.series).rule.interval == 1


async def test_a_skipped_date_stays_skipped_when_the_series_moves(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    rows = await room.series(first)
    await room.repeating.skip(GUILD, rows[1].event_id, ORGANIZER)
    saved = await room.change(rows[0], Scope.ALL, when="November 26 2026 at 6pm")
    assert (await room.starts(saved.event))[:2] == ["11-26 18:00", "12-10 18:00"]


async def test_a_draft_that_somebody_overtook_is_refused_and_days_that_cannot_be_told(room: Room) -> None:
    first = await room.post("every Tuesday and Thursday 5pm")
    await room.change(first, Scope.ALL, title="Another")
    with pytest.raises(StaleError):
        await room.change(first, Scope.ALL, title="A third")
    monthly = await room.post("every first and third Tuesday 5pm")
    with pytest.raises(UserError, match="cannot tell"):
        await room.change(monthly, Scope.ALL, when="December 2 2026 at 5pm")


async def test_what_calendars_count_a_series_by_never_falls(room: Room) -> None:
    async def counted(event: Event) -> int:
        async with room.database.read() as connection:
            series = await events.get_series(connection, GUILD, event.series_id or 0)
        assert series is not None
        return series.sequence + sum(row.sequence for row in await room.series(event))

    first = await room.post("every Thursday 5pm")
    found = [await counted(first)]
    await room.change(first, Scope.ALL, title="Another")
    found.append(await counted(first))
    third = (await room.series(first))[2]
    await room.change(third, Scope.FOLLOWING, when="December 10 2026 at 6:30pm")
    found.append(await counted(first))
    await room.repeating.end(GUILD, first.event_id, ORGANIZER)
    found.append(await counted(first))
    assert found == sorted(set(found)), "it rises with each change"
