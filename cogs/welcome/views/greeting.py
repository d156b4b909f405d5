"""The greeting as a delivery."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.delivery import Kind, Letter
from cogs.welcome import doors
from cogs.welcome.cards import greeting as cards
from cogs.welcome.cards.helping import button
from cogs.welcome.service import Greeting
from cogs.welcome.service.greeting import GREETING
from cogs.welcome.views.helping import Help

if TYPE_CHECKING:
    from bot.kit.host import Host
    from db.delivery import Delivery

_PATIENCE = timedelta(hours=12)
"""A greeting that would come later than this is none."""


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The greeting as a kind of delivery; nobody is notified by it."""

    async def greet(delivery: Delivery) -> Letter | None:
        newcomers = await host.service(Greeting).newcomers(delivery.guild_id, delivery.moment)
        if not newcomers:
            return None
        return Letter(cards.welcome(newcomers, [button(doors.INTRODUCE), Help()]))

    return (Kind(GREETING, "greeting", "greetings", render=greet, patience=_PATIENCE, says_late=False),)
