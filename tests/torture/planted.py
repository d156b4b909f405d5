"""Two faults that a worker could easily have, planted on purpose: the trial must find them, else it proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bot.delivery.engine as engine_module
from bot.delivery.post import Post
from db import delivery as deliveries

if TYPE_CHECKING:
    from bot.delivery.history import Placed
    from bot.kit.delivery import Letter
    from db.delivery import Delivery

MARK_BEFORE_SEND, NO_HISTORY_CHECK = "mark-before-send", "no-history-check"
PLANTS = (MARK_BEFORE_SEND, NO_HISTORY_CHECK)


class MarksFirst(Post):
    """Notes that a message was sent, and then sends it."""

    async def send(self, delivery: Delivery, letter: Letter) -> Placed:
        async with self._rooms._database.write() as connection:
            await deliveries.mark_sent(connection, delivery.delivery_id, delivery.due_at)
        return await super().send(delivery, letter)


class NeverLooks(Post):
    """Sends again without looking whether it is there."""

    async def find(self, _delivery: Delivery, _letter: Letter | None) -> Placed | None:
        return None


def plant(fault: str) -> None:
    """Let every engine of this process have the fault; none where it is empty."""
    if fault:
        setattr(engine_module, Post.__name__, {MARK_BEFORE_SEND: MarksFirst, NO_HISTORY_CHECK: NeverLooks}[fault])
