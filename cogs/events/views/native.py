"""Discord's own scheduled event beside each of ours: made, changed, ended; and asked about where a person changed it.

What was put into it last is remembered, so that what a person did there is told from what we did.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import discord

from cogs.events import nativeside
from cogs.events.nativeside import Said
from cogs.events.pointing import jump, public_where
from cogs.events.service import Standing
from cogs.events.service.telling import BREATH
from cogs.events.views.rights import desk_of
from db import events
from db.events import CHANNEL, Native

if TYPE_CHECKING:
    from bot.kit.host import Host
    from db.events import Event

log = logging.getLogger(__name__)

FULL = 30038  # 100 events that are not over (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json)
_UNKNOWN_EVENT = 10070
_TROUBLE_OF_ITS_OWN = 500
_AGAIN = timedelta(days=1)
_ENDED = (discord.EventStatus.completed, discord.EventStatus.cancelled)


class NativeSide:
    """Keeps Discord's own events in step with ours."""

    def __init__(self, host: Host) -> None:
        self._host = host

    async def bring(self, guild: discord.Guild, event: Event, *, look: bool) -> None:
        """Make, change or end the event beside ours. `look` also sees whether somebody changed it by hand."""
        if event.native.off:
            return
        ended = event.state != events.PLANNED or event.ends_at <= self._host.clock()
        wanted = self.wanted(guild, event)
        before = Said.unpacked(event.native.said)
        if event.native.native_id is None:
            if not ended and event.starts_at > self._host.clock():
                await self._make(guild, event, wanted)
            return
        if event.state == events.CANCELLED and self._host.clock() < event.changed_at + BREATH:
            await self._host.service(Standing).later(event, BREATH)  # an **Undo** could not bring it back
        elif before != wanted or ended or look:
            await self._compare(guild, event, wanted, before, ended=ended)

    async def _compare(
        self, guild: discord.Guild, event: Event, wanted: Said, before: Said | None, *, ended: bool
    ) -> None:
        """See what it says now; change it where it still says what we put there, ask where it does not."""
        try:
            native = await guild.fetch_scheduled_event(event.native.native_id or 0, with_counts=False)
        except discord.NotFound as gone:
            if gone.code == _UNKNOWN_EVENT:
                await self._gone(guild, event, ended=ended)
            return
        if ended:
            await self._end(event, native)
        elif native.status is discord.EventStatus.cancelled:
            await self._gone(guild, event, ended=False)
        elif before is not None and not nativeside.alike(theirs := said_of(native), before):
            await self._ask(guild, event, theirs)
        elif before != wanted and native.status is not discord.EventStatus.completed:
            await self._change(guild, event, native, wanted)

    def wanted(self, guild: discord.Guild, event: Event) -> Said:
        """What the event of Discord's own is to say."""
        channel = guild.get_channel(event.plan.where.channel_id or 0)
        meets = channel if isinstance(channel, discord.VoiceChannel | discord.StageChannel) else None
        place = public_where(event)
        if event.plan.where.kind == CHANNEL and meets is None:
            place = f"#{channel.name}" if channel is not None else ""
        return nativeside.wanted(event, place, jump(event), channel=meets.id if meets else 0)

    async def _make(self, guild: discord.Guild, event: Event, wanted: Said) -> None:
        service = self._host.service(Standing)
        known = [one for one in await guild.fetch_scheduled_events(with_counts=False) if self._ours(one, wanted)]
        for one in known:  # the answer was lost: it is there, and not yet remembered
            if await service.with_native(guild.id, one.id) is None:
                await service.note_native(event, Native(one.id, wanted.packed()))
                return
        try:
            made = await guild.create_scheduled_event(**_fields(guild, wanted), privacy_level=_GUILD_ONLY)
        except discord.HTTPException as refused:
            await self._refused(guild, event, refused)
            return
        await service.note_native(event, Native(made.id, wanted.packed()))

    def _ours(self, native: discord.ScheduledEvent, wanted: Said) -> bool:
        me = cast("discord.Client", self._host).user
        there = native.status is discord.EventStatus.scheduled
        return me is not None and native.creator_id == me.id and there and nativeside.alike(said_of(native), wanted)

    async def _refused(self, guild: discord.Guild, event: Event, refused: discord.HTTPException) -> None:
        if refused.status >= _TROUBLE_OF_ITS_OWN:
            raise refused
        service, full = self._host.service(Standing), refused.code == FULL
        log.info("Event %s is not in Discord's own list: %s", event.event_id, refused)
        await service.trouble(event, "native-full" if full else "native-refused", desk_of(guild, self._host))
        if event.starts_at > self._host.clock() + _AGAIN:
            await service.later(event, _AGAIN)

    async def _change(self, guild: discord.Guild, event: Event, native: discord.ScheduledEvent, wanted: Said) -> None:
        """What it is to say is remembered first: an echo of our own change is then not taken for somebody else's."""
        service = self._host.service(Standing)
        fields = _fields(guild, wanted)
        if native.status is discord.EventStatus.active:
            fields = {name: fields[name] for name in ("name", "description", "end_time")}
        await service.note_native(event, Native(native.id, wanted.packed()))
        try:
            await native.edit(**fields)
        except discord.HTTPException as refused:
            await service.note_native(event, event.native)
            await self._refused(guild, event, refused)

    async def _end(self, event: Event, native: discord.ScheduledEvent) -> None:
        """End it with ours: cancelled where ours is off, and over where it began."""
        service = self._host.service(Standing)
        await service.note_native(event, Native(None, "", off=False))
        if native.status in _ENDED:
            return
        try:
            if native.status is discord.EventStatus.active:
                await native.end()
            elif event.state == events.CANCELLED:
                await native.cancel()
        except discord.HTTPException as refused:
            if refused.status >= _TROUBLE_OF_ITS_OWN:
                await service.note_native(event, event.native)
                raise
            log.info("Discord's own event %s could not be ended: %s", native.id, refused)

    async def _gone(self, guild: discord.Guild, event: Event, *, ended: bool) -> None:
        service = self._host.service(Standing)
        if not ended and event.starts_at > self._host.clock():
            await service.ask(event, "deleted", str(event.native.native_id), desk_of(guild, self._host))
        await service.note_native(event, Native(None, "", off=not ended))

    async def _ask(self, guild: discord.Guild, event: Event, theirs: Said) -> None:
        fingerprint = hashlib.sha256(theirs.packed().encode()).hexdigest()[:16]
        await self._host.service(Standing).ask(event, "changed", fingerprint, desk_of(guild, self._host))


_GUILD_ONLY = discord.PrivacyLevel.guild_only


def said_of(native: discord.ScheduledEvent) -> Said:
    """What one of Discord's own events says now."""
    end = native.end_time or native.start_time
    return Said(
        name=native.name,
        about=native.description or "",
        start=nativeside.moment(native.start_time.astimezone(UTC)),
        end=nativeside.moment(end.astimezone(UTC)),
        place=native.location or "",
        channel=native.channel_id or 0,
    )


def _fields(guild: discord.Guild, wanted: Said) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": wanted.name,
        "description": wanted.about,
        "start_time": datetime.fromisoformat(wanted.start),
        "end_time": datetime.fromisoformat(wanted.end),
    }
    channel = guild.get_channel(wanted.channel)
    if isinstance(channel, discord.StageChannel):
        return {**fields, "entity_type": discord.EntityType.stage_instance, "channel": channel}
    if isinstance(channel, discord.VoiceChannel):
        return {**fields, "entity_type": discord.EntityType.voice, "channel": channel}
    return {**fields, "entity_type": discord.EntityType.external, "location": wanted.place or "In this server"}
