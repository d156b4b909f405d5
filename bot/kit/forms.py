"""Forms whose text is never lost: a refusal keeps it and offers the form again, filled.

discord.py forgets an open form at a restart, and Discord refuses to answer a form with a form. So every form is known
by name, its answer is read from the interaction itself, and a refusal shows a card whose button opens it again.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import discord
from discord import ui

from bot.kit.agreement import agreed, has_agreed
from bot.kit.arguments import read_number
from bot.kit.boundary import boundary, no_longer_taken, tell, words_for
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, card, line, note, text
from bot.kit.errors import GoneError, UserError
from bot.kit.host import host_of
from bot.kit.reactions import KEPT
from bot.kit.words import clip, plain
from db.faults import StorageFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.drafts import Draft

log = logging.getLogger(__name__)

_PREFIX = "form"
_AGREED = "agreed-form"
"""The reaction that goes on with a form once the community agreement was accepted."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `limit` is in characters, 4,000 at most; `label` 45 and `hint` 100 at most."""

    key: str
    label: str
    hint: str = ""
    limit: int = 300
    long: bool = False
    required: bool = False
    help: str | None = None


class Form(ABC):
    """A form with five fields at most. `name` stays the same for ever: it is in the custom_id of open forms."""

    name: ClassVar[str]
    title: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    posts: ClassVar[bool] = False
    """Whether what is sent is a post: then the community agreement is asked for first, and nothing typed is lost."""

    def opened(self, argument: str = "", answers: Mapping[str, Any] | None = None) -> ui.Modal:
        """The form, to be sent in answer to a command or a press, filled with `answers` where there are any."""
        modal = ui.Modal(title=self.title, custom_id=f"{_PREFIX}:{self.name}:{argument}")
        for field in self.fields:
            modal.add_item(
                ui.Label(
                    text=field.label,
                    description=field.help,
                    component=ui.TextInput(
                        custom_id=field.key,
                        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
                        placeholder=field.hint or None,
                        default=clip(str((answers or {}).get(field.key) or ""), field.limit) or None,
                        required=field.required,
                        max_length=field.limit,
                    ),
                )
            )
        for label in self.choices(argument, answers or {}):
            modal.add_item(label)
        modal.stop()  # discord.py need not remember it: `dispatch` reads the answer, also after a restart
        return modal

    def choices(self, argument: str, _answers: Mapping[str, Any]) -> tuple[ui.Label[Any], ...]:  # noqa: ARG002
        """Selects and uploads below the fields, each in a label; what is chosen comes as one text with commas."""
        return ()

    @abstractmethod
    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Use what was sent. Raise UserError to refuse it: what was typed is kept, and the form offered again."""


async def dispatch(interaction: discord.Interaction[Any]) -> None:
    """Hand a submitted form to its Form, also one that was opened before a restart. Other interactions pass by."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data: dict[str, Any] = dict(interaction.data or {})
    prefix, _, rest = str(data.get("custom_id", "")).partition(":")
    name, _, argument = rest.partition(":")
    form = host_of(interaction).forms.get(name)
    answers = _answers(data.get("components", []))
    if prefix != _PREFIX or form is None:
        log.warning("A form that nobody knows was sent: %.40r", f"{prefix}:{name}")
        words = "This form is from an older version of me and leads nowhere any more."
        await tell(interaction, _given_back(words, {key: key for key in answers}, answers))
        return
    async with boundary(interaction):
        if form.posts and not await has_agreed(interaction):
            await agreed(interaction, _AGREED, str(await _draft(interaction, form, argument, answers)))
            return
        await _received(interaction, form, argument, answers)


async def _received(interaction: discord.Interaction[Any], form: Form, argument: str, answers: dict[str, str]) -> None:
    try:
        await form.received(interaction, argument, answers)
    except Exception as fault:
        if no_longer_taken(fault):
            raise
        await _kept(interaction, form, argument, answers, fault)


async def _go_on(interaction: discord.Interaction[Any], number: str) -> None:
    """The agreement was accepted: use what was sent as if it came now."""
    host = host_of(interaction)
    draft = await host.drafts.open(read_number(number), guild_id=interaction.guild_id or 0, user_id=interaction.user.id)
    form = _form_of(interaction, draft)
    await host.drafts.forget(draft.draft_id)
    await _received(interaction, form, draft.argument, draft.answers)


def _form_of(interaction: discord.Interaction[Any], draft: Draft) -> Form:
    """The form that a draft was typed into. Raises GoneError where there is none of its name (any more)."""
    form = host_of(interaction).forms.get(draft.form)
    if form is None:
        raise GoneError("This form is from an older version of me and leads nowhere any more. Please start again.")
    return form


async def _not_now(interaction: discord.Interaction[Any], number: str) -> None:
    words = "Nothing was posted. What you typed is kept for two weeks."
    await interaction.response.edit_message(view=note(words, OpenAgain(str(read_number(number)))))


REACTIONS = {_AGREED: _go_on, f"{_AGREED}{KEPT}": _not_now}


def _answers(components: list[dict[str, Any]]) -> dict[str, str]:
    fields = (label.get("component", {}) for label in components)
    return {str(field.get("custom_id", "")): _typed(field) for field in fields}


def _typed(field: dict[str, Any]) -> str:
    return str(field.get("value") or "") or ",".join(str(value) for value in field.get("values") or ())


def sent_files(interaction: discord.Interaction[Any], numbers: str) -> list[discord.Attachment]:
    """The files that came with a form, by what `received` was given for their upload."""
    data: dict[str, Any] = dict(interaction.data or {})
    there = data.get("resolved", {}).get("attachments", {})
    state = interaction._state  # noqa: SLF001 - an attachment needs it to be read
    return [discord.Attachment(data=there[number], state=state) for number in numbers.split(",") if number in there]


async def _kept(
    interaction: discord.Interaction[Any], form: Form, argument: str, answers: dict[str, str], fault: Exception
) -> None:
    words = words_for(interaction, fault)
    if isinstance(fault, UserError) and fault.again is not None:
        argument = fault.again
    labels = {field.key: field.label for field in form.fields}
    view = _given_back(words, labels, answers)
    if not isinstance(fault, StorageFault):  # else trying to store it would only make the answer come too late
        with suppress(StorageFault):
            draft = await _draft(interaction, form, argument, answers)
            view = note(words, OpenAgain(str(draft)), tone=Tone.ASK)
    await tell(interaction, view)


async def _draft(interaction: discord.Interaction[Any], form: Form, argument: str, answers: dict[str, str]) -> int:
    return await host_of(interaction).drafts.keep(
        guild_id=interaction.guild_id or 0,
        user_id=interaction.user.id,
        form=form.name,
        argument=argument,
        answers=answers,
    )


def _given_back(words: str, labels: Mapping[str, str], answers: Mapping[str, str]) -> ui.LayoutView:
    """Where nothing can be stored, the person gets their own text back, to copy."""
    typed = [
        text(f"**{plain(label)}**\n```\n{answers[key].replace('```', chr(39) * 3)}\n```")
        for key, label in labels.items()
        if answers.get(key)
    ]
    return card(
        text(words), line(), text("This is what you typed, so that you can copy it:"), *typed, tone=Tone.TROUBLE
    )


class OpenAgain(PersistentButton, template=rf"form-again:{NUMBER}"):
    """Opens a refused form again, filled with what was typed."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            ui.Button(label="Open the form again", style=discord.ButtonStyle.primary, custom_id=f"form-again:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it for the person who typed it, nobody else."""
        host = host_of(interaction)
        draft = await host.drafts.open(self.draft, guild_id=interaction.guild_id or 0, user_id=interaction.user.id)
        await interaction.response.send_modal(_form_of(interaction, draft).opened(draft.argument, draft.answers))
