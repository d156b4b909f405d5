"""Reviewing a draft: **Lock**, **Keep apart**, **Run again**, **Approve**. Each press rechecks what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.errors import GoneError
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import require_organizer
from cogs.mentorship.cards import rounds as cards
from cogs.mentorship.matching import FEWEST_FOR_PAIRS
from cogs.mentorship.service import Opening, Reviewing
from db.mentorship.values import APART, HAND, LOCK, OPEN, OVER, RUNNING

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from cogs.mentorship.service.reviewing import Review
    from db.mentorship import DraftPair

LIST = "mreview"


async def review(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """The newest open round's draft; that there is none, where nothing is open."""
    guild, service = require_organizer(interaction), host_of(interaction).service(Opening)
    found = await service.newest(guild.id, OPEN)
    if found is not None:
        return await _of_round(interaction, found.round_id)
    last = await service.newest(guild.id, RUNNING) or await service.newest(guild.id, OVER)
    if last is not None:
        return await _of_round(interaction, last.round_id)
    return cards.no_round([ui.Button(label="Open a round", emoji="🌱", custom_id="mentor-round-open")])


async def _of_round(interaction: discord.Interaction[Any], round_id: int, page: int = 0) -> ui.LayoutView:
    guild, host = require_organizer(interaction), host_of(interaction)
    seen = await host.service(Reviewing).look(guild.id, round_id)
    if seen.round.state != OPEN:
        numbers = ui.Button[Any](label="Overview", custom_id=f"mentor-overview:{round_id}")
        open_new = ui.Button[Any](label="Open a round", emoji="🌱", custom_id="mentor-round-open")
        buttons = (
            [numbers, _voices(round_id), _close(round_id), open_new]
            if seen.round.state == RUNNING
            else [numbers, _voices(round_id), open_new]
        )
        return cards.progress(await host.service(Reviewing).progress(guild.id, round_id), buttons)
    if seen.draft is None:
        counted = await host.service(Opening).counted(guild.id, round_id)
        if counted is None:
            raise GoneError("This round is no longer there. **/mentorship review** shows those that are.")
        return cards.before_first_run(counted, [RunAgain(str(round_id), "Make a draft"), _close(round_id)])
    return drawn(interaction.user.id, seen, page)


def _close(round_id: int) -> ui.Button[Any]:
    return ui.Button(label="Close this round", custom_id=f"mentor-round-close:{round_id}")


def _voices(round_id: int) -> ui.Button[Any]:
    return ui.Button(label="What people said", emoji="💬", custom_id=f"mentor-said:{round_id}")


def drawn(owner: int, seen: Review, page: int = 0) -> ui.LayoutView:
    """A page of the draft with all that can be pressed."""
    number, version = str(seen.round.round_id), str(seen.version)
    pairs = seen.draft.pairs if seen.draft else ()
    pages = cards.pages_of(seen)
    page = within(page, pages, 1)

    def of_pair(pair: DraftPair) -> list[ui.Item[Any]]:
        state = (number, version, str(pair.mentor_no), str(pair.mentee_no), str(page))
        locked = seen.wishes.get((pair.mentor_no, pair.mentee_no)) in (LOCK, HAND)
        return [Lock(*state, label="Unlock" if locked else "Lock"), KeepApart(*state)]

    pager = turns(LIST, number, owner, page, pages, 1)
    buttons: list[ui.Item[Any]] = [Approve(number, version)] if pairs else []
    buttons += [
        RunAgain(number),
        ui.Button(label="Pair by hand", custom_id=f"mentor-hand:{number}"),
    ]
    if APART in seen.wishes.values():
        buttons.append(LetTogether(number))
    buttons.append(_close(seen.round.round_id))
    few = 1 < len(seen.signed_up) < FEWEST_FOR_PAIRS
    if few:
        buttons.append(ui.Button(label="Offer a circle", emoji="⭕", custom_id=f"mentor-circle-offer:{number}"))
    return cards.review(seen, page, of_pair, buttons, pager, circle=few)


async def _page(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    return await _of_round(interaction, read_number(argument or "0"), page)


async def _show(interaction: discord.Interaction[Any], seen: Review, page: int = 0) -> None:
    view = drawn(interaction.user.id, seen, page)
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view)
    else:
        await interaction.response.edit_message(view=view)


class OpenReview(PersistentButton, template=rf"mentor-review:{NUMBER}"):
    """Opens the draft of a round, or (0) of the one that is open."""

    def __init__(self, round_id: str = "0") -> None:
        self.round = int(round_id)
        super().__init__(
            ui.Button(label="Open the draft", style=discord.ButtonStyle.primary, custom_id=f"mentor-review:{round_id}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        view = await _of_round(interaction, self.round) if self.round else await review(interaction)
        await interaction.response.send_message(view=view, ephemeral=True)


class RunAgain(PersistentButton, template=rf"mentor-run:{NUMBER}"):
    """Runs the matching."""

    def __init__(self, round_id: str, label: str = "Run again") -> None:
        self.round = int(round_id)
        super().__init__(ui.Button(label=label, custom_id=f"mentor-run:{round_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Run, which may take a moment, and show the draft."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Reviewing)
        await interaction.response.defer()
        await _show(interaction, await service.run(guild.id, self.round, interaction.user.id))


_COUPLE = rf"{NUMBER}:{NUMBER}:{NUMBER}:{NUMBER}:{NUMBER}"


class Lock(PersistentButton, template=rf"mentor-lock:{_COUPLE}"):
    """Keeps a pair whatever the next run says, or lets it free again."""

    def __init__(
        self, round_id: str, version: str, mentor: str, mentee: str, page: str, *, label: str = "Lock"
    ) -> None:
        self.round, self.version, self.couple = int(round_id), int(version), (int(mentor), int(mentee))
        self.page = int(page)
        super().__init__(
            ui.Button(label=label, emoji="🔒", custom_id=f"mentor-lock:{round_id}:{version}:{mentor}:{mentee}:{page}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Reviewing)
        await _show(interaction, await service.lock(guild.id, self.round, self.version, self.couple), self.page)


class KeepApart(PersistentButton, template=rf"mentor-apart:{_COUPLE}"):
    """Never pairs these two in this round."""

    def __init__(self, round_id: str, version: str, mentor: str, mentee: str, page: str) -> None:
        self.round, self.version, self.couple = int(round_id), int(version), (int(mentor), int(mentee))
        self.page = int(page)
        super().__init__(
            ui.Button(label="Keep apart", custom_id=f"mentor-apart:{round_id}:{version}:{mentor}:{mentee}:{page}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep them apart, and run again."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Reviewing)
        await interaction.response.defer()
        seen = await service.keep_apart(guild.id, self.round, self.version, self.couple, interaction.user.id)
        await _show(interaction, seen, self.page)


class LetTogether(PersistentButton, template=rf"mentor-together:{NUMBER}"):
    """Forgets all that was to be kept apart."""

    def __init__(self, round_id: str) -> None:
        self.round = int(round_id)
        super().__init__(ui.Button(label="Forget apart", custom_id=f"mentor-together:{round_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Forget it, and run again."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Reviewing)
        await interaction.response.defer()
        await _show(interaction, await service.let_together(guild.id, self.round, interaction.user.id))


class Approve(PersistentButton, template=rf"mentor-approve:{NUMBER}:{NUMBER}"):
    """Sends the proposals of the draft that is seen."""

    def __init__(self, round_id: str, version: str) -> None:
        self.round, self.version = int(round_id), int(version)
        super().__init__(
            ui.Button(
                label="Approve", style=discord.ButtonStyle.success, custom_id=f"mentor-approve:{round_id}:{version}"
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Send them."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Reviewing)
        running, sent, waiting = await service.approve(guild.id, self.round, self.version, interaction.user.id)
        await interaction.response.edit_message(view=cards.approved(running, sent, waiting))


async def approve(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """The draft that would be approved, to be looked at once more: what is approved is what one has seen."""
    guild, service = require_organizer(interaction), host_of(interaction).service(Opening)
    if await service.newest(guild.id, OPEN) is None and await service.newest(guild.id, RUNNING) is not None:
        raise GoneError(
            "The round has been approved already, and its proposals are on their way. **/mentorship overview** "
            "shows how it goes."
        )
    return await review(interaction)


ITEMS = (OpenReview, RunAgain, Lock, KeepApart, LetTogether, Approve)
PAGES: dict[str, PageMaker] = {LIST: _page}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
