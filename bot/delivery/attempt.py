"""One attempt at one delivery: draw it, make sure it is not there already, send it, and tell the outcome."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.delivery.line import ClosedError
from bot.delivery.outcome import UnknownKindError
from bot.delivery.post import named_in, with_line
from bot.delivery.timing import uptime
from db.delivery import Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.delivery.history import Placed
    from bot.delivery.line import Line
    from bot.delivery.outcome import Outcomes
    from bot.delivery.post import Post
    from bot.delivery.timing import Timing
    from bot.kit.clock import Clock
    from bot.kit.delivery import Kind, Letter, Work
    from db.delivery import Delivery

BRIEF_S = 5.0
"""A silence that Discord asks for is waited out in place where it is not longer."""
CLOSED_DMS = "closed-dms"
_REMEMBERED = 10_000
"""For so many deliveries the first try is remembered; for others one looks whether they are there already."""
_OF_LEASE = 0.75  # of the lease an attempt uses at most, so that nothing is written when another may have it


class Attempts:
    """Makes attempts, and remembers for each delivery when this process first tried it."""

    def __init__(
        self, kinds: Mapping[str, Kind], post: Post, outcomes: Outcomes, line: Line, clock: Clock, timing: Timing
    ) -> None:
        self._kinds = kinds
        self._post = post
        self._outcomes = outcomes
        self._line = line
        self._clock = clock
        self._timing = timing
        self._tried: dict[int, tuple[float, int]] = {}

    async def made(self, delivery: Delivery, claimed_up: float) -> bool:
        """Try it once; whether it is there or done now. `claimed_up` is the uptime at which its lease began.

        Raises StorageFault where the outcome could not be written down; it is then known and written later.
        """
        if await self._outcomes.settled_before(delivery):
            return True
        try:
            kind = self._kind_of(delivery)
            if kind.work is not None:
                return await self._worked(delivery, kind.work)
            return await self._sent(delivery, kind, claimed_up)
        except Exception as fault:  # noqa: BLE001 - each fault has its outcome
            return await self._outcomes.failed(delivery, fault)

    def _kind_of(self, delivery: Delivery) -> Kind:
        try:
            return self._kinds[delivery.kind]
        except KeyError:
            raise UnknownKindError(delivery.kind) from None

    async def _worked(self, delivery: Delivery, work: Work) -> bool:
        await self._outcomes.hold(delivery, self._timing.chore * 1.5)
        async with asyncio.timeout(self._timing.chore):
            await work(delivery)
        return await self._outcomes.sent(delivery, None)

    async def _sent(self, delivery: Delivery, kind: Kind, claimed_up: float) -> bool:
        lapsed = self._outcomes.too_late(delivery, kind)
        letter = None if lapsed or kind.render is None else await kind.render(delivery)
        seconds = min(self._timing.attempt, claimed_up + self._timing.lease * _OF_LEASE - uptime())
        if delivery.way is Way.NOTE:
            return await self._outcomes.noted(delivery, lapsed=lapsed, needed=letter is not None)
        trusted = self._nonce_holds_for(delivery)
        if self._line.closed_for > BRIEF_S:
            raise ClosedError(tried=False)
        await asyncio.sleep(self._line.closed_for)
        posts = 1 if delivery.way is Way.FORUM else None
        with self._line.attempt(seconds if trusted is None else min(seconds, trusted), posts=posts):
            async with asyncio.timeout(seconds):
                placed = await self._placed(delivery, kind, letter, trusted=trusted is not None)
        if placed is None:
            return await self._outcomes.let_go(delivery, lapsed=lapsed)
        return await self._outcomes.sent(delivery, placed)

    async def _placed(self, delivery: Delivery, kind: Kind, letter: Letter | None, *, trusted: bool) -> Placed | None:
        """Look whether it is there where Discord may not know its nonce any more, and send it where it is not."""
        look = not trusted or (letter is None and delivery.attempts > 1)  # before it is given up
        placed = await self._post.find(delivery, letter) if look else None
        if placed is not None or letter is None:
            return placed
        self._note_try(delivery, again=trusted and delivery.attempts > 1)
        self._add_lines(delivery, kind, letter)
        return await self._post.send(delivery, letter)

    def _note_try(self, delivery: Delivery, *, again: bool) -> None:
        """Remember since when Discord may know it: since the first try, or since it was looked for and not there."""
        first = self._tried[delivery.delivery_id][0] if again else uptime()
        while len(self._tried) >= _REMEMBERED:
            self._tried.pop(next(iter(self._tried)))
        self._tried[delivery.delivery_id] = first, delivery.attempts

    def _nonce_holds_for(self, delivery: Delivery) -> float | None:
        """Seconds for which Discord surely recognizes what was tried before; None where one must look first.

        Only this process's own tries count, on a clock that nobody sets: what a database says of a moment says little
        after a restart, or where the clock was changed. For what was never tried there is nothing to recognize.
        """
        if delivery.attempts == 1:
            return self._timing.nonce
        if delivery.way is Way.FORUM:  # Discord knows no nonce there
            return None
        first, counted = self._tried.get(delivery.delivery_id, (0.0, 0))
        left = first + self._timing.nonce - uptime()
        return left if counted == delivery.attempts - 1 and left > 0 else None

    def _add_lines(self, delivery: Delivery, kind: Kind, letter: Letter) -> None:
        late = (self._clock() - delivery.due_at).total_seconds()
        if kind.says_late and late > self._timing.late:
            when = int(delivery.due_at.timestamp())
            with_line(letter.view, f"This comes late: it was due <t:{when}:f>.")
        if delivery.reason == CLOSED_DMS:
            with_line(letter.view, "Your direct messages are closed to me, so I write to you here.")
        if delivery.way is Way.PRIVATE and not named_in(letter.view, delivery.target_id):
            with_line(letter.view, f"For you, <@{delivery.target_id}>.")
