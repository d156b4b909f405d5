"""Keeping in step: an event's card, its thread and Discord's own event are made, edited and put away as chores.

Each step looks at what there is first, so that a step which is done twice changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast
from weakref import WeakValueDictionary

import discord

from cogs.events.cards import showing
from cogs.events.service import Answering, Looking, Standing
from cogs.events.service.following import HERE, LOOK, THREAD_LOOKS
from cogs.events.service.records import number_in
from cogs.events.service.standing import CARD_GONE, QUIET
from cogs.events.views import agenda
from cogs.events.views.answering import on_card
from cogs.events.views.native import NativeSide
from cogs.events.views.rights import desk_of
from db import events
from db.delivery import SENDING, WAITING
from db.events import GOING

if TYPE_CHECKING:
    from discord import ui

    from bot.kit.host import Host
    from db.delivery import Delivery
    from db.events import Event

log = logging.getLogger(__name__)

_UNKNOWN_CHANNEL, _UNKNOWN_MEMBER, _UNKNOWN_MESSAGE = 10003, 10007, 10008
_THREAD_THERE = 160004  # a message has one thread, whose number is the message's
_A_WEEK: Final = 10_080  # minutes: https://docs.discord.com/developers/resources/channel#channel-object
_TROUBLE_OF_ITS_OWN = 500
"""From this status on Discord may do it at another try; what it refuses once, it refuses again."""
_NOT_YET = timedelta(seconds=5)
_TOO_MANY, _A_WHILE = 429, timedelta(minutes=1)


class Upkeep:
    """What the room's chores do. One event is brought in step by one chore at a time."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._client = cast("discord.Client", host)
        self._native = NativeSide(host)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._shown: dict[int, object] = {}

    async def bring(self, delivery: Delivery) -> None:
        """Bring all that stands for an event in step with it."""
        number = number_in(delivery.subject)
        turn = self._turns.setdefault(number, asyncio.Lock())
        async with turn:
            await self._bring(delivery.guild_id, number, look=delivery.moment.startswith(LOOK))

    async def _bring(self, guild_id: int, event_id: int, *, look: bool) -> None:
        service, guild = self._host.service(Standing), self._client.get_guild(guild_id)
        found = await service.find(guild_id, event_id)
        if found is None or guild is None:
            return
        event, card = found
        if card is not None:
            event = await service.note_card(event, card)
            if card.message_id is None and card.state in (WAITING, SENDING) and card.due_at <= self._host.clock():
                await service.later(event, max(_NOT_YET, card.wake_at - self._host.clock()))
        if event.posted.message_id is not None:
            event = await self._card(guild, event)
        if event.posted.message_id is not None:
            event = await self._thread(guild, event)
        if event.posted.message_id is not None or event.native.native_id is not None:
            await self._native.bring(guild, event, look=look)
        await service.index(event)

    async def drawn(self, guild_id: int, event_id: int) -> ui.LayoutView | None:
        """An event's card as it should be now; None where there is no such event."""
        found = await self._host.service(Looking).find(guild_id, event_id)
        if found is None:
            return None
        ended = found.over or found.event.state == events.CANCELLED
        return showing.shown(found, () if ended else [*on_card(event_id), *agenda.on_card(found.event)])

    async def _card(self, guild: discord.Guild, event: Event) -> Event:
        """Edit the card, unless it says so already; ask the organizers where somebody took it away."""
        view = await self.drawn(guild.id, event.event_id)
        message = event.posted.message_id
        if view is None or message is None:
            return event
        says = [item.to_component_dict() for item in view.children]
        if self._shown.get(message) == says:
            return event
        channel = self._client.get_partial_messageable(event.posted.channel_id or 0, guild_id=guild.id)
        try:
            await channel.get_partial_message(message).edit(view=view)
        except discord.HTTPException as refused:
            if refused.code in (_UNKNOWN_MESSAGE, _UNKNOWN_CHANNEL):
                return await self._gone(guild, event, message)
            if refused.status >= _TROUBLE_OF_ITS_OWN:
                raise
            if refused.status == _TOO_MANY:  # a message older than an hour may be edited only so often
                await self._host.service(Standing).later(event, _A_WHILE)
            log.info("The card of event %s could not be edited: %s", event.event_id, refused)
            return event
        self._remember(message, says)
        return event

    def _remember(self, message: int, says: object) -> None:
        while len(self._shown) >= 500:  # noqa: PLR2004 - cards that change nowadays
            self._shown.pop(next(iter(self._shown)))
        self._shown[message] = says

    async def _gone(self, guild: discord.Guild, event: Event, message: int) -> Event:
        service = self._host.service(Standing)
        if event.state == events.PLANNED and event.ends_at > self._host.clock():
            await service.ask(event, CARD_GONE, str(message), desk_of(guild, self._host))
        return await service.card_gone(event)

    async def _thread(self, guild: discord.Guild, event: Event) -> Event:
        """Open the event's thread, unless it has one or needs none any more."""
        over = event.ends_at <= self._host.clock() or event.state != events.PLANNED
        message = event.posted.message_id
        if event.posted.thread_id is not None or over or message is None:
            return event
        service = self._host.service(Standing)
        channel = self._client.get_partial_messageable(event.posted.channel_id or 0, guild_id=guild.id)
        try:
            thread = await channel.get_partial_message(message).create_thread(
                name=event.plan.title, auto_archive_duration=_A_WEEK
            )
        except discord.HTTPException as refused:
            if refused.code == _THREAD_THERE:
                return await service.note_thread(event, message)
            if refused.status >= _TROUBLE_OF_ITS_OWN:
                raise
            log.info("Event %s got no thread: %s", event.event_id, refused)
            await service.trouble(event, "thread-refused", desk_of(guild, self._host))
            return event
        return await service.note_thread(event, thread.id)

    async def rest(self, delivery: Delivery) -> None:
        """Put an event's thread away after fourteen quiet days; until then open it again where Discord closed it."""
        service, guild = self._host.service(Standing), self._client.get_guild(delivery.guild_id)
        found = await service.find(delivery.guild_id, number_in(delivery.subject))
        if found is None or guild is None or found[0].posted.thread_id is None:
            return
        event, now = found[0], self._host.clock()
        try:
            thread = await guild.fetch_channel(found[0].posted.thread_id)
        except discord.HTTPException as refused:
            if refused.status >= _TROUBLE_OF_ITS_OWN:
                raise
            return  # somebody deleted it, or locked me out: it is theirs
        if not isinstance(thread, discord.Thread) or thread.locked:
            return
        last = discord.utils.snowflake_time(thread.last_message_id or thread.id)
        quiet_from = max(last, event.ends_at) + QUIET
        if quiet_from <= now:
            if not thread.archived:
                await _edited(thread, archived=True)
            return
        if thread.archived:
            await _edited(thread, archived=False)
        await service.thread_later(event, min(quiet_from, now + THREAD_LOOKS))

    async def go_on(self, delivery: Delivery) -> None:
        """Let an event's line go on; before it matters, see whether all who have a place are still here."""
        event_id = number_in(delivery.subject)
        if delivery.moment.startswith(HERE):
            await self._who_left(delivery.guild_id, event_id)
        await self._host.service(Answering).move_up(delivery.guild_id, event_id)

    async def _who_left(self, guild_id: int, event_id: int) -> None:
        guild = self._client.get_guild(guild_id)
        found = await self._host.service(Looking).find(guild_id, event_id)
        if guild is None or found is None or not found.in_line:
            return
        for user_id in found.who(GOING):
            try:
                await guild.fetch_member(user_id)
            except discord.NotFound as gone:
                if gone.code == _UNKNOWN_MEMBER:
                    await self._host.service(Answering).left(guild_id, user_id)


async def _edited(thread: discord.Thread, *, archived: bool) -> None:
    """Open or close it; where that is refused it stays as it is."""
    try:
        await thread.edit(archived=archived)
    except discord.HTTPException as refused:
        if refused.status >= _TROUBLE_OF_ITS_OWN:
            raise
        log.info("The thread %s could not be changed: %s", thread.id, refused)
