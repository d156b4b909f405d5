"""A browser without a window: it loads a place through the hub and does there what simcord's page would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import aiohttp

CAPABILITY = "X-Simcord-Capability"


class Visitor:
    """One person at the hub's page."""

    def __init__(self, session: aiohttp.ClientSession, link: str, key: str) -> None:
        self._session = session
        self._link = link.rstrip("/")
        self._key = key

    async def state(self) -> dict[str, Any]:
        """What the hub says there is."""
        async with self._session.get(f"{self._link}/hub/state", params={"as": self._key}) as answer:
            return cast("dict[str, Any]", await answer.json())

    async def places(self) -> dict[str, dict[str, Any]]:
        """The channel list by name."""
        return {place["name"]: place for place in (await self.state())["places"]}

    async def open(self, name: str) -> OpenPlace:
        """Load a place's page, and with it the messages."""
        place = (await self.places())[name]
        async with self._session.get(f"{self._link}/place/{place['id']}", params={"as": self._key}) as answer:
            answer.raise_for_status()
        opened = OpenPlace(self._session, self._link, {CAPABILITY: place["token"]})
        await opened.begin()
        return opened


class OpenPlace:
    """The page of one place."""

    def __init__(self, session: aiohttp.ClientSession, link: str, headers: dict[str, str]) -> None:
        self._session = session
        self._link = link
        self.headers = headers
        self._sequence = 0
        self.shown: dict[str, Any] = {}

    async def begin(self) -> None:
        self.shown = await self._ask("POST", "/api/pages", {})
        self.headers["X-Simcord-Context"] = self.shown["context"]["id"]

    async def look(self) -> str:
        """Everything on the page, as one text."""
        self.shown = await self._ask("GET", "/api/state")
        return str(self.shown["messages"])

    async def command(self, invocation: str, **options: str) -> dict[str, Any]:
        """Send a slash command."""
        entry = next(each for each in await self._commands() if each["invocation"] == invocation)
        return await self.act(
            "run_command",
            command_id=entry["commandId"],
            path=entry["path"],
            schema_fingerprint=entry["schemaFingerprint"],
            options=options,
        )

    async def press(self, label: str) -> dict[str, Any]:
        """Press the newest button with this label."""
        message, key = self._newest("label", label)
        return await self.act("click", target_id=message, control_key=key)

    async def choose(self, placeholder: str, value: str) -> dict[str, Any]:
        """Choose in the newest select that asks this."""
        message, key = self._newest("placeholder", placeholder)
        return await self.act("select", target_id=message, control_key=key, values=[value])

    async def submit(self, **values: str) -> dict[str, Any]:
        """Fill the open form in and send it."""
        return await self.act("modal_submit", modal_handle=self.shown["modal"]["handle"], values=values)

    async def act(self, kind: str, **extra: Any) -> dict[str, Any]:
        """Do one thing, and see the page after it."""
        self._sequence += 1
        envelope = {
            "protocol_version": 3,
            "sequence": self._sequence,
            "request_id": f"test-{self._sequence}",
            "generation": self.shown["context"]["generation"],
            "bot_generation": self.shown["botGeneration"],
            "published_revision": self.shown["publishedRevision"],
            "kind": kind,
        }
        receipt: dict[str, Any] = await self._ask("POST", "/api/action", envelope | extra)
        await self.look()
        return receipt

    async def picture(self) -> bytes:
        """The bytes of the newest message's author's picture."""
        author = self.shown["messages"][self.shown["timeline"][-1]]["author"]
        async with self._session.get(f"{self._link}/api/assets/{author['avatar']}", headers=self.headers) as answer:
            answer.raise_for_status()
            return await answer.read()

    def _newest(self, trait: str, words: str) -> tuple[str, str]:
        return next(
            (message, part["control_key"])
            for message in reversed(self.shown["timeline"])
            for part in _parts(self.shown["messages"][message]["components"])
            if part.get(trait) == words
        )

    async def _commands(self) -> list[dict[str, Any]]:
        catalog = await self._ask("GET", "/api/commands")
        return cast("list[dict[str, Any]]", catalog["entries"])

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        async with self._session.request(method, self._link + path, json=body, headers=self.headers) as answer:
            answer.raise_for_status()
            return cast("dict[str, Any]", await answer.json())


def _parts(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for component in components:
        found += [component, *_parts(component.get("components") or [])]
    return found
