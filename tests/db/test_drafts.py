from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.kit.drafts import KEPT, Drafts
from bot.kit.errors import GoneError, NotAllowedError

if TYPE_CHECKING:
    from db.engine import Database

GUILD, KIM, SAM = 10, 1, 2
TYPED = {"link": "https://example.org", "title": "Laser rules 🧵 אב \x00 end", "year": None, "tools": ["laser"]}


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 14, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def drafts(database: Database, watch: Watch) -> Drafts:
    return Drafts(database, watch)


async def keep(drafts: Drafts) -> int:
    return await drafts.keep(guild_id=GUILD, user_id=KIM, form="suggest", answers=TYPED, argument="7")


async def test_what_was_typed_can_be_opened_again_as_it_was(drafts: Drafts, watch: Watch) -> None:
    draft = await drafts.open(await keep(drafts), guild_id=GUILD, user_id=KIM)
    assert draft.answers == TYPED
    assert (draft.form, draft.argument, draft.updated_at) == ("suggest", "7", watch.now)


async def test_an_answer_can_be_changed_and_the_others_stay(drafts: Drafts, watch: Watch) -> None:
    number = await keep(drafts)
    draft = await drafts.open(number, guild_id=GUILD, user_id=KIM)
    watch.now += timedelta(hours=1)
    changed = await drafts.change(draft, lambda _newest: {"title": "Better", "license": "CC0"})
    assert changed.answers == {**TYPED, "title": "Better", "license": "CC0"}
    assert await drafts.open(number, guild_id=GUILD, user_id=KIM) == changed
    assert changed.updated_at == watch.now


async def test_two_changes_at_once_to_different_answers_both_stay(drafts: Drafts) -> None:
    number = await keep(drafts)
    draft = await drafts.open(number, guild_id=GUILD, user_id=KIM)
    await asyncio.gather(
        drafts.change(draft, lambda _newest: {"title": "One"}), drafts.change(draft, lambda _newest: {"license": "CC0"})
    )
    answers = (await drafts.open(number, guild_id=GUILD, user_id=KIM)).answers
    assert (answers["title"], answers["license"]) == ("One", "CC0")


async def test_another_person_is_refused_in_words_and_may_read_what_is_for_all(drafts: Drafts) -> None:
    number = await keep(drafts)
    with pytest.raises(NotAllowedError) as refused:
        await drafts.open(number, guild_id=GUILD, user_id=SAM)
    assert refused.value.words == "Someone else is filling this in. Start your own with the same command."
    assert (await drafts.read(number, guild_id=GUILD)).answers == TYPED


async def test_in_another_server_there_is_no_such_draft(drafts: Drafts) -> None:
    number = await keep(drafts)
    with pytest.raises(GoneError, match="Please start again"):
        await drafts.open(number, guild_id=GUILD + 1, user_id=KIM)


async def test_a_forgotten_draft_is_gone_and_of_two_who_forget_it_one_does(drafts: Drafts) -> None:
    number = await keep(drafts)
    draft = await drafts.open(number, guild_id=GUILD, user_id=KIM)
    assert sorted(await asyncio.gather(drafts.forget(number), drafts.forget(number))) == [False, True]
    with pytest.raises(GoneError, match="Please start again"):
        await drafts.open(number, guild_id=GUILD, user_id=KIM)
    with pytest.raises(GoneError, match="sent or thrown away already"):
        await drafts.change(draft, lambda _newest: {"title": "too late"})


async def test_the_number_of_a_forgotten_draft_is_never_given_to_another(drafts: Drafts) -> None:
    first = await keep(drafts)
    await drafts.forget(first)
    assert await keep(drafts) > first


async def test_a_draft_untouched_for_fourteen_days_is_forgotten_and_a_touched_one_stays(
    drafts: Drafts, watch: Watch, database: Database
) -> None:
    old, touched = await keep(drafts), await keep(drafts)
    watch.now += timedelta(days=10)
    await drafts.change(
        await drafts.open(touched, guild_id=GUILD, user_id=KIM), lambda _newest: {"title": "still at it"}
    )
    watch.now += timedelta(days=4)
    just_in_time = await keep(drafts)
    assert (await drafts.open(old, guild_id=GUILD, user_id=KIM)).answers == TYPED  # fourteen days to the second
    watch.now += timedelta(seconds=1)
    newest = await keep(drafts)
    with pytest.raises(GoneError, match="older than two weeks"):
        await drafts.open(old, guild_id=GUILD, user_id=KIM)
    async with database.read() as connection:
        left = (await connection.execute(text("SELECT draft_id FROM draft ORDER BY draft_id"))).scalars().all()
    assert left == [touched, just_in_time, newest]
    assert timedelta(days=14) == KEPT
