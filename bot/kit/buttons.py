"""Buttons and selects that outlive a restart: all they need to know is in their custom_id.

A room writes one small class for each: a name, a template, and `pressed`. What `pressed` raises ends at the boundary.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

import discord
from discord import ui

from bot.kit.boundary import boundary

if TYPE_CHECKING:
    import re

NUMBER = r"(\d{1,18}|[1-8]\d{18})"
"""A number inside a template, Discord's own included: one that always fits a signed 64-bit integer."""

ItemT = TypeVar(
    "ItemT", bound="ui.Button[Any] | ui.Select[Any] | ui.ChannelSelect[Any] | ui.RoleSelect[Any] | ui.UserSelect[Any]"
)


class _Pressed(ui.DynamicItem[ItemT], Generic[ItemT], template=r"(?!)"):
    """What buttons and selects share: they are made again from the groups of their template, in order."""

    def __init__(self, item: ItemT, *_state: str) -> None:
        super().__init__(item)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the item again from a press; discord.py calls it."""
        return cls(*match.groups())  # type: ignore[arg-type]  # each class takes its template's groups

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press, with every fault told in words; discord.py calls it."""
        async with boundary(interaction):
            await self.pressed(interaction)

    @abstractmethod
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """What the press does. Who presses may have changed since the card was shown: check again."""


class PersistentButton(_Pressed["ui.Button[Any]"], template=r"(?!)"):
    """A button. A subclass gives its template, and an `__init__` that takes the template's groups as text."""


class PersistentSelect(_Pressed["ui.Select[Any]"], template=r"(?!)"):
    """A select of up to 25 options. `values` are the chosen ones; check them again, they come from outside."""

    @property
    def values(self) -> list[str]:
        """What was chosen, as it came in."""
        return self.item.values


class PersistentChannelSelect(_Pressed["ui.ChannelSelect[Any]"], template=r"(?!)"):
    """A select of the server's channels, which Discord fills. What was chosen is in `item.values`; check it again."""


class PersistentUserSelect(_Pressed["ui.UserSelect[Any]"], template=r"(?!)"):
    """A select of the server's members, which Discord fills. What was chosen is in `item.values`; check it again."""


class PersistentRoleSelect(_Pressed["ui.RoleSelect[Any]"], template=r"(?!)"):
    """A select of the server's roles, which Discord fills. What was chosen is in `item.values`; check it again."""
