"""`/catalogue import` and `/catalogue export`: the dry run with **Import** and **Throw away**, **Undo import**, files.

Each press asks anew whether an organizer presses.
"""

from __future__ import annotations

import asyncio
import csv
import io
import logging
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.boundary import WIRE_FAULTS
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import BUTTON_LABEL_LIMIT, note
from bot.kit.delivery import Kind
from bot.kit.errors import UserError
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import require_organizer
from bot.kit.words import plain
from cogs.resources.cards import exchange
from cogs.resources.comparing import ADDED, CHANGED
from cogs.resources.formats import MAX_BYTES, too_large
from cogs.resources.formats.csv_form import safe_cell
from cogs.resources.service import Exporting, Importing, Planning
from cogs.resources.service.exporting import FORMATS
from cogs.resources.service.importing import KIND, import_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from cogs.resources.service.planning import Plan, Planned
    from db.delivery import Delivery
    from db.resources.importing import Batch

log = logging.getLogger(__name__)

PAGE = "import"
IMPORT_FILE, EXPORT_AS = "import-file", "export-as"
"""The custom_ids by which files are taken and given without a command (views/handing.py)."""
REPORT = "report.csv"
DOWNLOAD_WITHIN_S = 60.0
SHOWN_EVERY = timedelta(seconds=2.5)
"""How often a card is edited while an import runs: Discord lets about five edits in five seconds through."""
SHOWN_FOR = timedelta(minutes=14)
"""How long a card can be edited at all: what Discord gives us for that lasts a quarter of an hour."""


async def dry_run(interaction: discord.Interaction[Any], file: discord.Attachment) -> None:
    """Answer a file with what it would do; only the organizer sees it."""
    guild, host = require_organizer(interaction), host_of(interaction)
    if file.size > MAX_BYTES:
        raise too_large()
    await interaction.response.defer(ephemeral=True, thinking=True)
    data = await _downloaded(file)
    plan, planned = await host.service(Planning).dry_run(guild.id, interaction.user.id, data, file.filename)
    if len(planned) > exchange.ROWS_A_PAGE:
        content = await asyncio.to_thread(_report, planned)
        await interaction.followup.send(
            view=exchange.report(REPORT), file=discord.File(io.BytesIO(content), REPORT), ephemeral=True
        )
    await interaction.followup.send(view=await _page(host, plan, 0), ephemeral=True)


async def _downloaded(file: discord.Attachment) -> bytes:
    try:
        async with asyncio.timeout(DOWNLOAD_WITHIN_S):
            return await file.read()
    except WIRE_FAULTS as fault:
        log.warning("A file that was sent could not be fetched: %s", fault)
        raise UserError("I could not get the file from Discord just now. Please send it once more.") from fault


def _report(planned: Sequence[Planned]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(("row", "what", "title", "why"))
    for each in planned:
        why = re.sub(r"\\([^\w\s])", r"\1", each.why)  # escaped for cards, not for tables
        writer.writerow((each.row, each.outcome, safe_cell(each.title), safe_cell(why)))
    return written.getvalue().encode("utf-8-sig")


async def _page(host: Host, plan: Plan, page: int) -> ui.LayoutView:
    lines = await host.service(Planning).lines(plan)
    page = within(page, len(lines), exchange.ROWS_A_PAGE)
    first = page * exchange.ROWS_A_PAGE
    number, many = str(plan.number), plan.counts[ADDED] + plan.counts[CHANGED]
    go = [StartImport(number, many)] if many else []
    pager = turns(PAGE, number, plan.user_id, page, len(lines), exchange.ROWS_A_PAGE)
    shown = lines[first : first + exchange.ROWS_A_PAGE]
    return exchange.dry_run(plan, shown, (len(lines), sum(plan.counts.values())), [*go, ThrowAway(number), *pager])


async def _turned(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    guild, host = require_organizer(interaction), host_of(interaction)
    plan = await host.service(Planning).open(guild.id, interaction.user.id, read_number(argument))
    return await _page(host, plan, page)


async def last_imports(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """How to import, and the last imports with what can still be done about them."""
    guild, service = require_organizer(interaction), host_of(interaction).service(Importing)
    found = await service.last(guild.id)
    entries = [(batch, counts, _buttons(service, batch)) for batch, counts in found]
    return exchange.last_imports(entries, import_button(), export_select())


def import_button() -> ui.Button[Any]:
    """Opens the form for a file."""
    return ui.Button(label="Choose a file", style=discord.ButtonStyle.primary, custom_id=IMPORT_FILE)


def export_select() -> ui.Select[Any]:
    """Gives the whole catalogue as a file, in the format that is chosen."""
    named = [discord.SelectOption(label=name, value=ending) for ending, (name, _) in FORMATS.items()]
    return ui.Select(custom_id=EXPORT_AS, placeholder="Get the whole catalogue as a file", options=named)


def _buttons(service: Importing, batch: Batch) -> list[ui.Item[Any]]:
    if batch.finished_at is None:
        return [GoOn(str(batch.import_id))]
    return [UndoImport(str(batch.import_id))] if service.undo_until(batch) else []


class _Progress:
    """Shows on the pressed card how far it is; where Discord no longer takes that, it goes on unseen."""

    def __init__(self, interaction: discord.Interaction[Any], *, undoing: bool) -> None:
        self._interaction = interaction
        self._clock = host_of(interaction).clock
        self._undoing = undoing
        self._begun = self._shown = self._clock()

    async def told(self, done: int, total: int) -> None:
        now = self._clock()
        if now - self._shown >= SHOWN_EVERY:
            self._shown = now
            await self.show(exchange.importing(done, total, undoing=self._undoing))

    async def show(self, view: ui.LayoutView) -> None:
        if self._clock() - self._begun > SHOWN_FOR:
            return
        try:
            await self._interaction.edit_original_response(view=view)
        except WIRE_FAULTS as refused:
            log.warning("The card of an import could not be drawn anew: %s", refused)


async def _run(interaction: discord.Interaction[Any], guild_id: int, import_id: int, *, undoing: bool) -> None:
    """Let an import or its undoing go on to its end, and show it on the card that was pressed."""
    service = host_of(interaction).service(Importing)
    batch = await service.batch(guild_id, import_id)
    await interaction.response.edit_message(view=exchange.importing(batch.done_count, batch.row_count, undoing=undoing))
    progress = _Progress(interaction, undoing=undoing)
    try:
        batch = await service.go_on(guild_id, import_id, progress.told)
    except Exception:
        await progress.show(exchange.paused(GoOn(str(import_id))))
        raise
    await progress.show(await _done(service, batch))


async def _done(service: Importing, batch: Batch) -> ui.LayoutView:
    outcomes, stayed = await service.outcome(batch)
    if batch.undone_at is not None:
        return exchange.undone(batch, outcomes, stayed)
    until = service.undo_until(batch)
    useful = outcomes[ADDED] + outcomes[CHANGED] > 0
    buttons = [UndoImport(str(batch.import_id))] if until and useful else []
    return exchange.imported(batch, outcomes, int(until.timestamp()) if until and useful else None, buttons)


class StartImport(PersistentButton, template=rf"import-go:{NUMBER}"):
    """Imports what a dry run showed."""

    def __init__(self, plan: str, many: int = 0) -> None:
        self.plan = int(plan)
        label = f"Import {many:,} resource{'s' if many != 1 else ''}"
        label = label if len(label) <= BUTTON_LABEL_LIMIT else f"Import {many:,}"
        super().__init__(ui.Button(label=label, style=discord.ButtonStyle.success, custom_id=f"import-go:{plan}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Import; a second press joins the first."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Importing)
        import_id = await service.begin(guild.id, interaction.user.id, self.plan)
        await _run(interaction, guild.id, import_id, undoing=False)


class ThrowAway(PersistentButton, template=rf"import-away:{NUMBER}"):
    """Forgets a dry run."""

    def __init__(self, plan: str) -> None:
        self.plan = int(plan)
        super().__init__(ui.Button(label="Throw away", custom_id=f"import-away:{plan}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Forget it."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Planning)
        plan = await service.throw_away(guild.id, interaction.user.id, self.plan)
        await interaction.response.edit_message(
            view=note(f"Nothing was changed. I have forgotten what was in **{plain(plan.file_name, 80)}**.")
        )


class GoOn(PersistentButton, template=rf"import-on:{NUMBER}"):
    """Lets an import go on that was cut off."""

    def __init__(self, import_id: str) -> None:
        self.import_id = int(import_id)
        super().__init__(ui.Button(label="Go on", custom_id=f"import-on:{import_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Go on, with the import or with its undoing."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Importing)
        batch = await service.batch(guild.id, self.import_id)
        await _run(interaction, guild.id, self.import_id, undoing=batch.undone_at is not None)


class ShowImports(PersistentButton, template=r"imports"):
    """Shows how to import, and the last imports."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Imports", custom_id="imports"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them, privately."""
        await interaction.response.send_message(view=await last_imports(interaction), ephemeral=True)


class UndoImport(PersistentButton, template=rf"import-undo:{NUMBER}"):
    """Undoes an import as a whole."""

    def __init__(self, import_id: str) -> None:
        self.import_id = int(import_id)
        super().__init__(ui.Button(label="Undo import", custom_id=f"import-undo:{import_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Undo it, within a day."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Importing)
        await service.begin_undo(guild.id, interaction.user.id, self.import_id)
        await _run(interaction, guild.id, self.import_id, undoing=True)


async def export(interaction: discord.Interaction[Any], ending: str, kind: str | None, tool: str | None) -> None:
    """Answer with the catalogue as a file; only the organizer sees it."""
    guild, host = require_organizer(interaction), host_of(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    total, files = await host.service(Exporting).export(guild.id, ending, kind=kind, tool=tool)
    for at, (name, data) in enumerate(files, 1):
        await interaction.followup.send(
            view=exchange.exported(total, FORMATS[ending][0], name, at, len(files)),
            file=discord.File(io.BytesIO(data), name),
            ephemeral=True,
        )


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The chore that goes on with what a restart cut off."""

    async def work(delivery: Delivery) -> None:
        await host.service(Importing).go_on(delivery.guild_id, import_in(delivery.subject))

    return (Kind(KIND, "import", "imports", work=work),)


ITEMS = (StartImport, ThrowAway, GoOn, UndoImport, ShowImports)
PAGES: dict[str, PageMaker] = {PAGE: _turned}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
