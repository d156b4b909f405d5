"""Making: one manager at a time carries out a plan, and each thing that is made is written down at once.

After a crash in the middle the plan is drawn up again, and takes what is there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from db import drafts, setup

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from db.drafts import Draft
    from db.engine import Database

FORM = "setup"
"""The form under whose name the wizard's drafts are kept."""
LEASE = timedelta(minutes=3)
"""How long a claim lasts after the last thing that was made; longer than the longest wait that Discord asks for."""


class Making:
    """Who makes a server's channels now. The caller has checked that a manager asks."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    @property
    def until(self) -> datetime:
        """When a claim ends that is made or renewed now (UTC)."""
        return self._clock() + LEASE

    async def begin(self, draft: Draft) -> bool:
        """Claim the making for who filled in this draft; False where the settings have changed since it was shown.

        Raises GoneError where it was carried out or thrown away, UserError where someone else is at it.
        """
        now = self._clock()
        async with self._database.write() as connection:
            newest = await drafts.get(connection, draft.draft_id)
            if newest is None:
                raise GoneError("This has been done already. `/setup check` shows how everything stands.")
            other = await setup.claim(connection, draft.guild_id, draft.user_id, now, now + LEASE)
            if other is not None:
                who = "You are" if other == draft.user_id else f"<@{other}> is"
                raise UserError(f"{who} setting up this server at this very moment. Wait a minute, then press again.")
            settings = await setup.get(connection, draft.guild_id)
            if settings.version != newest.answers.get("version", settings.version):
                await setup.hold(connection, draft.guild_id, None)
                return False
        self._servers.keep(settings)
        return True

    async def end(self, draft: Draft, *, done: bool) -> None:
        """Give the claim back; where all is `done`, the draft has served and is thrown away."""
        now = self._clock()
        async with self._database.write() as connection:
            await setup.hold(connection, draft.guild_id, None)
            if not done:
                return
            await drafts.remove(connection, draft.draft_id)
            values = {"set_up_at": now, "set_up_by": draft.user_id}
            settings = await setup.change(connection, draft.guild_id, now, **values)
        self._servers.keep(settings)
