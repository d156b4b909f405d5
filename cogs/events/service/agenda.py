"""The agenda: questions for the hosts of an event, before and during the hour, with or without a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.paging import PER_PAGE, within
from bot.kit.words import clip, has_letters, tidy
from cogs.events.service.answering import open_event
from db import events

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import Database
    from db.events import Event, Question

LONGEST_QUESTION = 500
MOST_OPEN = 10
"""So many questions of one member may be open at a time."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of an agenda for its hosts: those still open come first; `total` and `open` count all pages."""

    event: Event
    questions: tuple[Question, ...]
    total: int
    open: int
    page: int


class Agenda:
    """What members put on agendas, and what hosts tick off. Whether somebody is a host is for the caller to see."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def ask(self, guild_id: int, event_id: int, user_id: int, words: str, *, named: bool) -> Event:
        """Put a question on an event's agenda. Raises UserError without a word in it, or where there are too many.

        Raises GoneError where the event is over or off.
        """
        text = clip(tidy(words, lines=True), LONGEST_QUESTION)
        if not has_letters(text):
            raise UserError("A question needs at least one word. Please write what you would like to know.")
        now = self._clock()
        async with self._database.write() as connection:
            event = await open_event(connection, guild_id, event_id, now)
            mine = await events.agenda(connection, event_id, of=user_id)
            if sum(1 for one in mine if one.answered_at is None) >= MOST_OPEN:
                raise UserError(f"{MOST_OPEN} of your questions are still open. Take one back, or wait for answers.")
            await events.ask(connection, event_id, user_id, text, named=named, now=now)
        return event

    async def mine(self, guild_id: int, event_id: int, user_id: int) -> tuple[Event, list[Question]]:
        """An event that can still be asked, and the member's own questions for it. Raises GoneError."""
        async with self._database.read() as connection:
            event = await open_event(connection, guild_id, event_id, self._clock())
            return event, await events.agenda(connection, event_id, of=user_id)

    async def listed(self, guild_id: int, event_id: int, page: int) -> Listed:
        """Page `page` (from 0) of an event's agenda, also after the event. Raises GoneError."""
        async with self._database.read() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is None:
                raise GoneError("This event is no longer there. /events shows what is coming up.")
            found = await events.agenda(connection, event_id)
        page = within(page, len(found))
        still_open = sum(1 for one in found if one.answered_at is None)
        shown = tuple(found[page * PER_PAGE : (page + 1) * PER_PAGE])
        return Listed(event, shown, len(found), still_open, page)

    async def tick(self, event_id: int, question_id: int, *, done: bool) -> None:
        """Note that a question was answered, or that it is open again. Raises GoneError where it was taken back."""
        now = self._clock()
        async with self._database.write() as connection:
            if not await events.tick(connection, event_id, question_id, now if done else None):
                raise GoneError("Who asked this has taken it back. Open the agenda again for the others.")

    async def withdraw(self, guild_id: int, event_id: int, question_id: int, user_id: int) -> None:
        """Take one's own question back. Raises GoneError where it is gone already, or the event is over or off."""
        now = self._clock()
        async with self._database.write() as connection:
            await open_event(connection, guild_id, event_id, now)
            if not await events.withdraw(connection, event_id, question_id, user_id):
                raise GoneError("This question is no longer on the agenda. Open the agenda again to see what is.")
