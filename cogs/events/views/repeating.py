"""Whether an event on its way repeats: the select in its preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from discord import ui

from bot.kit import choices
from bot.kit.buttons import NUMBER, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.host import host_of
from cogs.events import recurrence, wallclock
from cogs.events.recurrence import Rule
from cogs.events.views.choosing import PREVIEW, draft_of

if TYPE_CHECKING:
    import discord

    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from cogs.events.service import Planned

_ONCE = "once"
LONGEST_VALUE = 100
"""Discord's limit of what an option stands for, in characters."""


class ChooseRepeat(PersistentSelect, template=rf"event-repeat:{NUMBER}"):
    """How an event on its way repeats."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Select(custom_id=f"event-repeat:{draft}", placeholder="Does it repeat?"))

    def showing(self, planned: Planned) -> ChooseRepeat:
        """With the rules that its date may mean, the chosen one marked."""
        local = wallclock.on_the_wall(planned.starts_at, ZoneInfo(planned.plan.zone))
        rules = {str(rule): rule for rule in recurrence.suggestions(local)}
        if planned.rule:
            rules = {planned.rule: Rule.parse(planned.rule)} | rules
        offered = [Choice(_ONCE, "Repeats: no, once")]
        offered += [
            Choice(key, f"Repeats: {recurrence.in_words(rule)}")
            for key, rule in rules.items()
            if len(key) <= LONGEST_VALUE
        ]
        self.item.options = choices.options(offered, [planned.rule or _ONCE])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, and show the preview anew."""
        chosen = next(iter(self.values), _ONCE)
        rule = "" if chosen == _ONCE else str(Rule.parse(chosen))
        host = host_of(interaction)
        await host.drafts.change(await draft_of(interaction, self.draft), lambda _newest: {"rule": rule})
        await host.reactions[PREVIEW](interaction, str(self.draft))


ITEMS = (ChooseRepeat,)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
