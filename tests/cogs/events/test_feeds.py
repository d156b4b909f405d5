"""Calendars to subscribe to: what is in them, who can open them, and what is kept of their links."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cogs.events.ical.writing import CANCELLED_FOR
from cogs.events.service import serving as shelf
from db import events
from db.events import LINK, Where, local_of
from tests.cogs.events.feeding import GUILD, KIM, NOW, TALK, ZONE, Now, plan_event, program, say_yes
from tests.cogs.events.ical.made import lines_of, times_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from db.engine import Database


async def test_the_servers_calendar_holds_all_and_a_members_what_they_said_yes_to(database: Database) -> None:
    talk, _ = await plan_event(database), await plan_event(database, replace(TALK, title="Book club"), 4)
    await say_yes(database, talk)
    async with program(database, Now()) as asks:
        everyone = await asks.feeding.give(GUILD, None, "NOM Libraries", 1)
        mine = await asks.feeding.give(GUILD, KIM, "NOM Libraries: what I go to", KIM)
        assert [title for title, *_ in await asks.events(everyone)] == ["Tool talk", "Book club"]
        assert [title for title, *_ in await asks.events(mine)] == ["Tool talk"]


async def test_nothing_changed_is_304_and_a_change_is_there_at_once(database: Database) -> None:
    talk = await plan_event(database)
    async with program(database, Now()) as asks:
        secret = await asks.feeding.give(GUILD, None, "NOM", 1)
        first = await asks.ask(secret)
        assert (first[0], (await asks.ask(secret))[0]) == (200, 304)
        await plan_event(database, days=5)
        async with database.write() as connection:
            await events.change(
                connection, talk, NOW, starts_at=NOW + timedelta(days=6), ends_at=NOW + timedelta(days=7)
            )
        status, content = await asks.ask(secret)
        assert status == 200
        assert content.count(b"BEGIN:VEVENT") == 2
        assert b"SEQUENCE:1" in content
        assert b"DTSTART:20260307T120000Z" in content


async def test_a_commit_that_changes_no_event_is_still_304(database: Database) -> None:
    await plan_event(database)
    async with program(database, Now()) as asks:
        secret = await asks.feeding.give(GUILD, None, "NOM", 1)
        await asks.ask(secret)
        await asks.feeding.give(GUILD, KIM, "Mine", KIM)
        assert (await asks.ask(secret))[0] == 304


async def test_a_cancelled_event_says_so_for_thirty_days(database: Database) -> None:
    talk, clock = await plan_event(database), Now()
    async with program(database, clock) as asks:
        secret = await asks.feeding.give(GUILD, None, "NOM", 1)
        async with database.write() as connection:
            await events.cancel(connection, talk, 1, "The host is ill.", NOW)
        assert [status for *_, status in await asks.events(secret)] == ["CANCELLED"]
        assert b"The host is ill." in (await asks.serving.calendar(secret)).content  # type: ignore[union-attr]
        clock.at = NOW + CANCELLED_FOR
        assert await asks.events(secret) == []


async def test_a_link_that_is_taken_back_opens_nothing_and_neither_does_the_one_before_a_new_one(
    database: Database,
) -> None:
    await plan_event(database)
    async with program(database, Now()) as asks:
        old = await asks.feeding.give(GUILD, KIM, "Mine", KIM)
        assert (await asks.ask(old))[0] == 200
        new = await asks.feeding.give(GUILD, KIM, "Mine", KIM)
        assert [(await asks.ask(old))[0], (await asks.ask(new))[0]] == [404, 200]
        assert await asks.feeding.take_back(GUILD, KIM)
        assert (await asks.ask(new))[0] == 404
        assert not await asks.feeding.take_back(GUILD, KIM)


async def test_a_secret_is_long_and_neither_kept_nor_logged(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with program(database, Now()) as asks:
        secret = await asks.feeding.give(GUILD, KIM, "Mine", KIM)
        assert len(secret) >= 32
        await asks.ask(secret)
        await asks.ask(secret[:-1] + "x")
    stored = b"".join((tmp_path / f"benchmate.db{part}").read_bytes() for part in ("", "-wal"))
    assert b"calendar_feed" in stored
    assert secret.encode() not in stored
    assert secret not in caplog.text


async def test_a_link_for_everybody_can_be_shown_again(database: Database) -> None:
    async with program(database, Now()) as asks:
        secret = await asks.feeding.give(GUILD, None, "NOM", 1, for_all=True)
        kept = await asks.feeding.standing(GUILD, None)
        assert kept is not None
        assert kept.open_code == secret
        closed = await asks.feeding.give(GUILD, None, "NOM", 1)
        kept = await asks.feeding.standing(GUILD, None)
        assert kept is not None
        assert kept.open_code is None
        assert closed != secret


async def test_a_hidden_link_leads_to_the_card_except_for_who_goes(database: Database) -> None:
    hidden = replace(TALK, where=Where(LINK, "https://zoom.us/j/secret", hidden=True))
    talk = await plan_event(database, hidden)
    await say_yes(database, talk)
    async with program(database, Now()) as asks:
        everyone = await asks.feeding.give(GUILD, None, "NOM", 1)
        mine = await asks.feeding.give(GUILD, KIM, "Mine", KIM)
        _, content = await asks.ask(everyone)
        assert b"zoom.us" not in content
        lines = lines_of(content)
        assert f"URL:https://discord.com/channels/{GUILD}" in lines
        assert any("press Going to get the link" in line for line in lines)
        asks.tag = ""
        assert b"zoom.us/j/secret" in (await asks.ask(mine))[1]


async def test_a_series_is_one_entry_with_what_differs_and_keeps_its_hour_in_march(database: Database) -> None:
    await plan_event(database)
    async with database.write() as connection:
        series = await events.add_series(
            connection, GUILD, replace(TALK, title="Club"), rule="FREQ=WEEKLY;BYDAY=TU",
            start_local=datetime(2026, 3, 3, 15), minutes=60, by=1, now=NOW,  # noqa: DTZ001 - a wall time
        )  # fmt: skip
        made = []
        for key, start in (("2026-03-03T15:00", 20), ("2026-03-10T15:00", 19), ("2026-03-24T15:00", 19)):
            day = local_of(key).replace(hour=0, tzinfo=UTC)
            made.append(
                await events.add(
                    connection, GUILD, series.plan, day + timedelta(hours=start), day + timedelta(hours=start + 1),
                    by=1, now=NOW, series_id=series.series_id, occurrence_key=key,
                )
            )  # fmt: skip
        moved = made[1].starts_at + timedelta(days=1)
        await events.change(
            connection, made[1], NOW, starts_at=moved, ends_at=moved + timedelta(hours=1), detached=True
        )
    async with program(database, Now()) as asks:
        secret = await asks.feeding.give(GUILD, None, "NOM", 1)
        _, content = await asks.ask(secret)
    lines = lines_of(content)
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU" in lines
    assert f"EXDATE;TZID={ZONE}:20260317T150000" in lines
    assert f"RECURRENCE-ID;TZID={ZONE}:20260310T150000" in lines
    times = times_of(content, datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC))
    assert [f"{start:%m-%d %H:%M}" for start, _ in times] == [
        "03-03 20:00", "03-04 12:00", "03-11 19:00", "03-24 19:00", "03-31 19:00",
    ]  # fmt: skip


async def test_many_programs_that_ask_at_once_get_what_one_of_them_let_write(database: Database) -> None:
    await plan_event(database)
    async with program(database, Now()) as asks:
        secret = await asks.feeding.give(GUILD, None, "NOM", 1)
        first, *others = await asyncio.gather(*(asks.serving.calendar(secret) for _ in range(5)))
        assert first is not None
        assert all(other is first for other in others)


async def test_calendars_that_nobody_asks_for_are_let_go(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await plan_event(database)
    async with program(database, Now()) as asks:
        secrets = [await asks.feeding.give(GUILD, user, "Mine", user) for user in range(1, 6)]
        one = len((await asks.serving.calendar(secrets[0])).content)  # type: ignore[union-attr]
        monkeypatch.setattr(shelf, "MOST_KEPT", one * 3)
        for secret in secrets:
            await asks.serving.calendar(secret)
        assert asks.serving._held <= one * 3
        assert len(asks.serving._kept) == 3
