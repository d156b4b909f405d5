"""The room's deliveries: how each kind is drawn when its time has come, and what its chores do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.kit.delivery import Kind, Letter
from cogs.events.cards import told as cards
from cogs.events.service import Looking, Standing, telling
from cogs.events.service.following import CARD, IN_STEP, LINE, THREAD
from cogs.events.service.records import number_in
from cogs.events.service.telling import TOLD
from cogs.events.views.answering import Answer, TakePlace
from cogs.events.views.upkeep import Upkeep
from db import events
from db.delivery import Way
from db.events import CANT, GOING, OFFERED, PLANNED, WAITING

if TYPE_CHECKING:
    from discord import ui

    from bot.kit.host import Host
    from cogs.events.service import Shown
    from db.delivery import Delivery


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The kinds of delivery that this part of the room promises."""
    upkeep = Upkeep(host)

    async def card(delivery: Delivery) -> Letter | None:
        found = await host.service(Looking).find(delivery.guild_id, number_in(delivery.subject))
        if found is None or found.event.state != PLANNED or found.over:
            return None
        view = await upkeep.drawn(delivery.guild_id, found.event.event_id)
        # What stands beside the card is made once it is there, also where it came late
        await host.service(Standing).bring_in_step(delivery.guild_id, found.event.event_id)
        return None if view is None else Letter(view)

    async def word(delivery: Delivery) -> Letter | None:
        found = await host.service(Looking).find(delivery.guild_id, number_in(delivery.subject))
        return None if found is None else _word(found, delivery)

    return (
        Kind(CARD, "event", "events", render=card, says_late=False, stands=True),
        Kind(TOLD, "word about an event", "words about events", render=word, says_late=False),
        Kind(IN_STEP, "look at an event", "looks at events", work=upkeep.bring),
        Kind(LINE, "look at a waitlist", "looks at waitlists", work=upkeep.go_on),
        Kind(THREAD, "look at a thread", "looks at threads", work=upkeep.rest),
    )


def _word(found: Shown, delivery: Delivery) -> Letter | None:
    what, _, rest = delivery.moment.partition("-")
    if what in (telling.GIVEN, telling.OFFERED, telling.TAP):
        view = _of_place(found, delivery, what, rest)
        return None if view is None else Letter(view, members=(delivery.target_id,))
    view = _of_all(found, what, rest, here=delivery.way is not Way.DM)
    if view is None:
        return None
    if delivery.way is not Way.CHANNEL:
        return Letter(view, members=(delivery.target_id,))
    members = telling.part_of(found.rsvps, delivery.moment)
    if members:
        view = cards.addressed(view, members)
    return Letter(view, members=members)


def _of_place(found: Shown, delivery: Delivery, what: str, rest: str) -> ui.LayoutView | None:
    """A word about somebody's place, if it still holds."""
    event, rsvp = found.event, found.answer_of(delivery.target_id)
    if rsvp is None or event.state != PLANNED or found.over:
        return None
    server, number = str(event.guild_id), str(event.event_id)
    take, back = TakePlace(server, number, "yes"), TakePlace(server, number, "no")
    if what == telling.GIVEN and rsvp.answer == GOING:
        return cards.given(event, [back])
    if what == telling.OFFERED and rsvp.answer == OFFERED and rsvp.offered_until is not None:
        same = int(rsvp.offered_until.timestamp()) == int(rest)
        return cards.offered(event, rsvp.offered_until, [take, back]) if same else None
    if what == telling.TAP and rsvp.answer == WAITING and found.free:
        return cards.first_tap(event, [take])
    return None


def _of_all(found: Shown, what: str, rest: str, *, here: bool) -> ui.LayoutView | None:
    """A word for all who want to come, if it still holds."""
    event = found.event
    _, _, before = rest.partition(".")[0].partition("-")
    if what == telling.CANCELLED:
        return cards.cancelled(event) if event.state == events.CANCELLED else None
    if event.state != PLANNED or found.over:
        return None
    if what == telling.ON_AGAIN:
        return cards.on_again(event)
    was = datetime.fromtimestamp(int(before), UTC) if before else None
    if was == event.starts_at.replace(microsecond=0):
        was = None
    buttons: list[ui.Item[Any]] = [Answer(str(event.event_id), CANT)] if here else []
    return cards.moved(event, was, buttons)
