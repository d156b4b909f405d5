"""Cards of imports and exports: what a file would do, how far it is, what it did, and the files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit.cards import Part, Tone, card, line, note, row, rows, text
from bot.kit.words import clip, counted, listed, plain
from cogs.resources.comparing import ADDED, CHANGED, REFUSED, SAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cogs.resources.service.planning import Plan, Planned
    from db.resources.importing import Batch

ROWS_A_PAGE = 8
_WHAT = {ADDED: "new", CHANGED: "changed", SAME: "same as before", REFUSED: "left out"}
_TITLE, _WHY, _NOTE = 60, 260, 300
_STAYED = 10


def counts(outcomes: Mapping[str, int]) -> str:
    """How many rows do what, without those that are none: "120 new, 3 changed"."""
    said = [f"{outcomes[outcome]:,} {what}" for outcome, what in _WHAT.items() if outcomes.get(outcome)]
    return listed(said) if said else "nothing"


def dry_run(
    plan: Plan, lines: Sequence[Planned], listed_of: tuple[int, int], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What a file would do: the counts, a page of its rows, and the decision. `listed_of` is how many can be paged."""
    total = sum(plan.counts.values())
    words = (
        f"### What this file would do 📄\n**{plain(plan.file_name, 80)}** ({plan.form}, {counted(total, 'row')}). "
        f"Nothing has been changed yet.\n**{counts(plan.counts)}**"
    )
    if not plan.counts[ADDED] + plan.counts[CHANGED]:
        words += "\nThere is nothing in it to import."
    notes = [clip(said, _NOTE) for said in plan.notes]
    shown, every = listed_of
    if every > shown:
        notes.append(f"The {shown:,} rows that need a look first are listed here; report.csv has them all.")
    parts: list[Part] = [text("\n".join([words, *(f"-# {said}" for said in notes)])), line()]
    noun = "Row" if plan.form == "CSV" else "Record"
    parts += [text(_row(noun, each)) for each in lines]
    return card(*parts, line(), *rows(*buttons), tone=Tone.ASK)


def _row(noun: str, each: Planned) -> str:
    title = f" · {plain(each.title, _TITLE)}" if each.title else ""
    why = f"\n-# {clip(each.why[0].upper() + each.why[1:], _WHY)}" if each.why else ""
    return f"**{noun} {each.row}** · {_WHAT[each.outcome]}{title}{why}"


def report(name: str) -> ui.LayoutView:
    """The report of a dry run as a file."""
    words = "Row by row, what the file would do and why. Only you can see this."
    return card(text(words), ui.File(f"attachment://{name}"))


def importing(done: int, total: int, *, undoing: bool = False) -> ui.LayoutView:
    """How far an import, or its undoing, is."""
    what = "Undoing" if undoing else "Importing"
    so_far = f"{done:,} of {total:,} rows are done." if done else "It has begun."
    return note(
        f"### {what} ⏳\n{so_far} You can close this: it goes on by itself, and **/catalogue import** without a file "
        "shows how far it is."
    )


def paused(*buttons: ui.Item[Any]) -> ui.LayoutView:
    """It stopped for a moment."""
    words = "### It has paused ⏸️\nIt goes on by itself in a minute or two. You can also let it go on now."
    return note(words, *buttons, tone=Tone.ASK)


def imported(
    batch: Batch, outcomes: Mapping[str, int], until: int | None, buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What an import did, and until when it can be undone."""
    words = f"### Imported ✅\n**{plain(batch.file_name, 80)}**: {counts(outcomes)}."
    if missing := batch.row_count - batch.done_count:
        words += f"\n{counted(missing, 'row')} could no longer be read. Please send the file again; nothing is doubled."
    if until:
        words += f"\nIt can be undone as a whole until <t:{until}:f>."
    return note(words, *buttons, tone=Tone.DONE)


def undone(batch: Batch, outcomes: Mapping[str, int], stayed: Sequence[tuple[int, str]]) -> ui.LayoutView:
    """An import that was undone, and what stays as someone has changed it since."""
    name = plain(batch.file_name, 80)
    did = [
        f"What **{name}** brought is out of the catalogue again" if outcomes[ADDED] else "",
        f"{'what it' if outcomes[ADDED] else f'What **{name}**'} changed is as it was before"
        if outcomes[CHANGED]
        else "",
    ]
    words = f"### Undone ↩️\n{listed([part for part in did if part])}."
    if stayed:
        more = f" and {len(stayed) - _STAYED:,} more" if len(stayed) > _STAYED else ""
        titles = ", ".join(f"“{plain(title, _TITLE)}” (row {number})" for number, title in stayed[:_STAYED])
        words += f"\nThese stay as they are, because they have been changed since: {titles}{more}."
    return note(words, tone=Tone.DONE)


def last_imports(
    entries: Sequence[tuple[Batch, Mapping[str, int], Sequence[ui.Item[Any]]]],
    import_button: ui.Item[Any],
    export_select: ui.Item[Any],
) -> ui.LayoutView:
    """How to import and export, and the last imports."""
    parts: list[Part] = [
        text(
            "### Import a catalogue 📥\nChoose a file: CSV, RIS, BibTeX or JSON, up to 5,000 rows. A table needs at "
            "least the columns title and link. You see what it would do before anything is changed."
        ),
        row(import_button),
        row(export_select),
    ]
    for batch, outcomes, buttons in entries:
        when = f"<t:{int(batch.at.timestamp())}:f> by {_organizer(batch.by)}"
        state = _state(batch, outcomes)
        parts += [line(), text(f"**{plain(batch.file_name, 80)}**: {state}\n-# {when}"), *rows(*buttons)]
    return card(*parts)


def _organizer(user_id: int | None) -> str:
    """Who did it, or merely that it was an organizer where they have had their name taken out."""
    return f"<@{user_id}>" if user_id else "an organizer"


def _state(batch: Batch, outcomes: Mapping[str, int]) -> str:
    if batch.undone_at is not None:
        return f"undone by {_organizer(batch.undone_by)}"
    if batch.finished_at is None:
        return f"under way, {batch.done_count:,} of {batch.row_count:,} rows are done"
    return counts(outcomes)


def exported(total: int, form: str, name: str, at: int, of: int) -> ui.LayoutView:
    """One file of an export."""
    part = f" This is part {at} of {of}, since Discord takes no larger files." if of > 1 else ""
    words = f"### The catalogue as {form} 📤\n{counted(total, 'resource')}.{part} Only you can see this."
    return card(text(words), ui.File(f"attachment://{name}"), tone=Tone.DONE)
