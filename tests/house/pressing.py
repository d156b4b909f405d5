"""Pressing as somebody who must not, and looking at all that came of it: the answer, the log, the file, the server."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simcord import interactions
from simcord.actors import _dispatch_actor_interaction
from simcord.backend import serializers
from simcord.enums import InteractionType

from bot.kit import boundary, forms
from bot.kit.buttons import (
    PersistentChannelSelect,
    PersistentRoleSelect,
    PersistentSelect,
    PersistentUserSelect,
)
from bot.kit.errors import UserError

if TYPE_CHECKING:
    import re

    import discord
    import pytest
    from simcord import ChannelHandle, MemberActor, UserHandle

    from bot.client import Benchmate
    from tests.house.scene import Scene

CANARY = "Quillwort"
"""A word in all that people wrote in the scene: where it is shown, something of the scene is."""
_BUTTON = 2
_SELECTS = ((PersistentSelect, 3), (PersistentUserSelect, 5), (PersistentRoleSelect, 6), (PersistentChannelSelect, 8))
_PRIVATE = 64
_SHOWN = (4, 5)
"""An answer as a message, now or in a moment."""
_ANSWERS = (*_SHOWN, 6, 7, 9)
""".. also an edit of the card, in a moment or now, and a form."""
_V2 = 1 << 15


@dataclass(slots=True)
class Pressed:
    """What came of one press."""

    refusals: list[UserError] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    """Requests that change something at Discord, beside the answer itself."""
    kinds: list[int] = field(default_factory=list)
    """Discord's kinds of answer (https://docs.discord.com/developers/interactions/receiving-and-responding)."""
    public: bool = False
    """Whether an answer, other than an edit of the card itself, is seen by others."""

    @property
    def words(self) -> str:
        """All that was said."""
        return json.dumps(self.bodies, default=str, ensure_ascii=False)

    @property
    def refused(self) -> bool:
        """Whether it was refused in words."""
        return bool(self.refusals)

    def troubles(self) -> list[str]:
        """What is wrong with any answer, whoever pressed."""
        found = [f"a fault: {fault}" for fault in self.faults]
        if not self.kinds:
            found.append("no answer")
        if "Reference" in self.words or "tell an organizer this number" in self.words:
            found.append("a reference number")
        return found


class Refusals:
    """Notes what the boundary put into words; the words stay its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.met: list[Exception] = []
        spoken = boundary.words_for

        def words_for(interaction: discord.Interaction[Any], cause: Exception) -> str:
            self.met.append(cause)
            return spoken(interaction, cause)

        monkeypatch.setattr(boundary, "words_for", words_for)
        monkeypatch.setattr(forms, "words_for", words_for)


def template_of(bot: Benchmate, custom_id: str) -> tuple[re.Pattern[str], type[Any]] | None:
    """What in the bot answers to a custom_id."""
    for pattern, item in bot._connection._view_store._dynamic_items.items():
        if pattern.fullmatch(custom_id):
            return pattern, item
    return None


class Presser:
    """Presses whatever custom_id there is, on a message of the bot that everyone sees."""

    def __init__(self, scene: Scene, refusals: Refusals) -> None:
        self.world, self.people = scene.world, scene.people
        self.refusals = refusals

    async def message_in(self, place: ChannelHandle) -> Any:
        """A message of the bot, to be made into any card."""
        backend, bot = self.world.env.backend, self.world.bot.user
        assert bot is not None
        made = backend.create_message(place.id, bot.id, "A card", broadcast=False)
        made.content = ""
        await self.world.env.settle()
        return made

    async def press(
        self,
        who: MemberActor | UserHandle,
        place: ChannelHandle,
        message: Any,
        custom_id: str,
        chosen: tuple[str, ...] = (),
    ) -> Pressed:
        """Press it, choose in it, or send it; all that came of it."""
        before = self.listen()
        if custom_id.startswith("form:"):
            kind, data = InteractionType.MODAL_SUBMIT, self._sent(custom_id, chosen)
        else:
            kind, data = InteractionType.MESSAGE_COMPONENT, self._data(who, place, message, custom_id, chosen)
        message.flags = _V2
        extra = {"message": dict(serializers.message_payload(self.world.env.backend, message))}
        await _dispatch_actor_interaction(who, kind, place, data, extra=extra, source_message_id=message.id)
        return self.heard(before)

    def listen(self) -> dict[str, int]:
        """Begin to listen: the requests there were so far."""
        self.refusals.met = []
        self.world.wire.bodies.clear()
        self.world.faults.take()
        return dict(self.world.wire.requests)

    def _data(
        self, who: Any, place: ChannelHandle, message: Any, custom_id: str, chosen: tuple[str, ...]
    ) -> dict[str, Any]:
        found = template_of(self.world.bot, custom_id)
        assert found is not None, f"nothing answers to {custom_id}"
        kind = next((number for base, number in _SELECTS if issubclass(found[1], base)), _BUTTON)
        part: dict[str, Any] = {"type": kind, "custom_id": custom_id, "id": 2}
        data: dict[str, Any] = {"component_type": kind, "custom_id": custom_id, "id": 2}
        if kind == _BUTTON:
            part |= {"style": 2, "label": "Press"}
        elif kind == _SELECTS[0][1]:
            part["options"] = [{"label": one, "value": one} for one in chosen or ("x",)]
            data["values"] = list(chosen or ("x",))
        else:
            resolved: dict[str, dict[str, Any]] = {}
            for one in chosen:
                interactions.resolve_handle(who, self._handle(who, one), resolved, channel_id=place.id)
            data |= {"values": [number for numbers in resolved.values() for number in numbers], "resolved": resolved}
            data["values"] = list(dict.fromkeys(data["values"]))
        message.components = [{"type": 1, "id": 1, "components": [part]}]
        return data

    def _handle(self, who: Any, named: str) -> Any:
        kind, name = named[0], named[1:]
        if kind == "@":
            return self.people[name].user
        if kind == "&":
            return who.guild.roles[name]
        return next(one for one in who.guild.channels.values() if one.name == name)

    def _sent(self, custom_id: str, chosen: tuple[str, ...]) -> dict[str, Any]:
        form = self.world.bot.forms[custom_id.split(":")[1]]
        answers = {field.key: "Quite so" if field.required else "" for field in form.fields}
        answers |= dict(one.split("=", 1) for one in chosen)
        parts = [
            {"type": 18, "component": {"type": 4, "custom_id": key, "value": value}} for key, value in answers.items()
        ]
        return {"custom_id": custom_id, "components": parts}

    def heard(self, before: dict[str, int]) -> Pressed:
        """What came of it since `listen`."""
        wire = self.world.wire
        new = [name for name, many in wire.requests.items() if many > before.get(name, 0)]
        others = [name for name in new if not name.partition(" ")[2].startswith(("/interactions/", "/webhooks/"))]
        callbacks = [body for body in wire.bodies if isinstance(body, dict) and body.get("type") in _ANSWERS]
        shown = [body for body in callbacks if body["type"] in _SHOWN]
        return Pressed(
            refusals=[one for one in self.refusals.met if isinstance(one, UserError)],
            faults=self.world.faults.take(),
            bodies=list(wire.bodies),
            writes=[name for name in others if not name.startswith("GET ")],
            kinds=[body["type"] for body in callbacks],
            public=any(not (body.get("data") or {}).get("flags", 0) & _PRIVATE for body in shown),
        )
