"""The wire between the bot and the simulated Discord, with what the simulation leaves out.

Discord refuses a form in answer to a form or after a defer; it takes a message once however often it comes with the
same nonce; requests and answers get lost. Every request body can be written down, one JSON line each.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcord.http.client import FakeHTTPClient, FakeWebhookAdapter, _path_of

from bot.delivery.private import NAME as NOTES_FOR_YOU
from tests.kit import house_rules

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import pytest

_MODAL = 9  # https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-type
_DEFERRED = (5, 6)
_MODAL_SUBMIT = 5
_DIRECT = 1  # a channel's type: https://docs.discord.com/developers/resources/channel#channel-object-channel-types
_CHANGES = re.compile(r"POST /guilds/\d+/(channels|roles)|PUT /guilds/\d+/members/\d+/roles/\d+|PATCH /channels/\d+")


class FormRefusedError(AssertionError):
    """The bot answered with a form where Discord takes none."""


class LostError(OSError):
    """The connection broke: the request never arrived, or its answer never came back."""


class CutOffError(RuntimeError):
    """The power went, just after Discord had done something and before anybody could write that down."""


class Wire:
    """What happens to requests on their way. `lose_request` and `lose_answer` count how many of the next POSTs of a
    message to lose, `lose_thread_answer` how many answers to a new thread; `before_message` may raise instead.
    `cut_off_after` is how many changes of a server go well before the power goes. `broken` is which rules of the house
    (tests/kit/house_rules.py) what was sent has broken; the fixture fails the test for them."""

    def __init__(self, record_to: Path | None) -> None:
        self.lose_request = 0
        self.lose_answer = 0
        self.lose_thread_answer = 0
        self.cut_off_after: int | None = None
        self.before_message: Callable[[], Awaitable[None]] | None = None
        self.requests: Counter[str] = Counter()
        self.bodies: list[Any] = []
        self.broken: list[str] = []
        self._by_nonce: dict[tuple[str, str], Any] = {}
        self._record_to = record_to

    def forget_nonces(self) -> None:
        """Discord recognizes a nonce for a few minutes only; from now on it knows none of those so far."""
        self._by_nonce.clear()

    def record(self, method: str, path: str, body: Any) -> None:
        """Count a request, and write its body down where a folder for that was named."""
        self.requests[f"{method} {path}"] += 1
        self.bodies.append(body)
        if self._record_to is not None and body is not None:
            with self._record_to.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"method": method, "path": path, "body": body}, default=str) + "\n")

    async def message(self, path: str, body: Any, send: Callable[[], Awaitable[Any]]) -> Any:
        """Send a message to a channel as Discord would take it: once for each nonce, and sometimes not at all."""
        if self.before_message is not None:
            await self.before_message()
        if self.lose_request:
            self.lose_request -= 1
            raise LostError(54, "the request was lost")
        nonce = body.get("nonce") if isinstance(body, dict) and body.get("enforce_nonce") else None
        key = (path, str(nonce))
        answer = self._by_nonce[key] if nonce is not None and key in self._by_nonce else await send()
        if nonce is not None:
            self._by_nonce[key] = answer
        if self.lose_answer:
            self.lose_answer -= 1
            raise LostError(54, "the answer was lost")
        return answer


def connect(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the wire between every bot and the simulated Discord, for one test."""
    plain_request, webhook_request = FakeHTTPClient.request, FakeWebhookAdapter.request

    async def request(self: FakeHTTPClient, route: Any, **kwargs: Any) -> Any:
        path = _path_of(route.url)
        body = kwargs.get("json")
        wire.record(route.method, path, body)
        shown = body or _payload(kwargs.get("form"))
        wire.broken += house_rules.broken(route.method, path, shown, personal=_to_one_person(self, path))
        if route.method == "POST" and path.startswith("/channels/") and path.endswith("/messages"):
            return await wire.message(path, body, lambda: plain_request(self, route, **kwargs))
        answer = await plain_request(self, route, **kwargs)
        if wire.lose_thread_answer and route.method == "POST" and path.endswith("/threads"):
            wire.lose_thread_answer -= 1
            raise LostError(54, "the answer was lost")
        if _CHANGES.fullmatch(f"{route.method} {path}") and wire.cut_off_after is not None:
            wire.cut_off_after -= 1
            if wire.cut_off_after < 0:
                wire.cut_off_after = None
                raise CutOffError
        return answer

    async def answer(self: FakeWebhookAdapter, route: Any, session: Any, **kwargs: Any) -> Any:
        path = _path_of(route.url)
        body = kwargs.get("payload") or _payload(kwargs.get("multipart"))
        wire.record(route.method, path, body)
        wire.broken += house_rules.broken(route.method, path, body, personal=path.startswith("/webhooks/"))
        _refuse_a_form_after_a_form(self, path, body)
        return await webhook_request(self, route, session, **kwargs)

    monkeypatch.setattr(FakeHTTPClient, "request", request)
    monkeypatch.setattr(FakeWebhookAdapter, "request", answer)


def record_folder() -> Path | None:
    """The folder named by RECORD_BODIES, made if need be; None where bodies are not recorded."""
    named = os.environ.get("RECORD_BODIES")
    if not named:
        return None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _payload(multipart: list[dict[str, Any]] | None) -> Any:
    part = next((part for part in multipart or [] if part.get("name") == "payload_json"), None)
    return json.loads(part["value"]) if part else None


def _to_one_person(client: FakeHTTPClient, path: str) -> bool:
    """Whether a message goes into somebody's direct messages, or into their own private thread."""
    place = re.fullmatch(r"/channels/(\d+)/messages", path)
    channel = client.backend.channels.get(int(place[1])) if place else None
    return channel is not None and (channel.type == _DIRECT or channel.name == NOTES_FOR_YOU)


def _refuse_a_form_after_a_form(adapter: FakeWebhookAdapter, path: str, body: Any) -> None:
    if not (path.startswith("/interactions/") and isinstance(body, dict) and body.get("type") == _MODAL):
        return
    number = int(path.split("/")[2])
    interaction = adapter.backend.interactions[number]
    if interaction.type == _MODAL_SUBMIT:
        raise FormRefusedError("Discord refuses to answer a submitted form with another form")
    if interaction.responded or interaction.deferred:
        raise FormRefusedError("Discord refuses a form after the interaction was answered or deferred")
