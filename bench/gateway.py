"""The bench server's end of one gateway connection: HELLO, IDENTIFY, READY, the server, heartbeats, members on request.

Frames are packed as the client asks (`zlib-stream`, one deflate context for the whole connection), since unpacking them
is part of what a bot does. discord.py asks for `zstd-stream` where a library for it is installed: Python before 3.14
cannot write that, so it gets what was said as it is, in a zstd frame (RFC 8878).
https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

import asyncio
import json
import zlib
from enum import IntEnum
from typing import Protocol

from aiohttp import WSMsgType, web

from bench.discord_payloads import GUILD, Payload, World

HEARTBEAT_MILLISECONDS = 41_250
MEMBERS_INTENT = 1 << 1
PRESENCES_INTENT = 1 << 8


class Op(IntEnum):
    """The gateway's opcodes that are spoken here."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Packing(Protocol):
    """One stream of packed messages."""

    def pack(self, message: bytes) -> bytes:
        """What is sent for the next message."""


class Zlib:
    """Discord's `zlib-stream`."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj()

    def pack(self, message: bytes) -> bytes:
        """The message, ended by a flush."""
        return self._deflate.compress(message) + self._deflate.flush(zlib.Z_SYNC_FLUSH)


class Zstd:
    """Discord's `zstd-stream`: one frame without end, in raw blocks."""

    HEAD = bytes.fromhex("28b52ffd0038")  # the magic number; no checksum, no known length; a window of 128 KiB
    BLOCK = 2**17

    def __init__(self) -> None:
        self._head = self.HEAD

    def pack(self, message: bytes) -> bytes:
        """The message in blocks, each behind its length; the frame's head before the first."""
        head, self._head = self._head, b""
        blocks = [message[start : start + self.BLOCK] for start in range(0, len(message), self.BLOCK)]
        return head + b"".join((len(block) << 3).to_bytes(3, "little") + block for block in blocks)


PACKINGS: dict[str, type[Packing]] = {"zlib-stream": Zlib, "zstd-stream": Zstd}


class Gateway:
    """One bot's connection; `told` is set when it has been sent everything it learns at the start."""

    def __init__(self, world: World, url: str) -> None:
        self.told = asyncio.Event()
        self.intents = 0
        self._world = world
        self._url = url
        self._sequence = 0
        self._socket = web.WebSocketResponse(max_msg_size=0)
        self._packing: Packing | None = None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk with the client until it leaves; raises HTTPBadRequest on a compression that is not spoken here."""
        compression = request.query.get("compress")
        if compression is not None:
            if compression not in PACKINGS:
                raise web.HTTPBadRequest(text=f"The bench server does not speak {compression}.")
            self._packing = PACKINGS[compression]()
        await self._socket.prepare(request)
        await self._send(Op.HELLO, {"heartbeat_interval": HEARTBEAT_MILLISECONDS})
        async for frame in self._socket:
            if frame.type is WSMsgType.TEXT:
                await self._hear(json.loads(frame.data))
        return self._socket

    async def dispatch(self, event: str, data: Payload) -> None:
        """Send one event, numbered in order."""
        self._sequence += 1
        await self._send(Op.DISPATCH, data, event)

    async def close(self) -> None:
        """Say goodbye to the client, as a gateway does when it goes away for good."""
        await self._socket.close(code=4004)

    async def _hear(self, frame: Payload) -> None:
        match frame["op"]:
            case Op.HEARTBEAT:
                await self._send(Op.HEARTBEAT_ACK, None)
            case Op.IDENTIFY:
                await self._welcome(frame["d"])
            case Op.RESUME:
                await self._send(Op.INVALID_SESSION, data=False)
            case Op.REQUEST_MEMBERS:
                await self._send_members(frame["d"])
            case _:
                pass  # presence and voice updates change nothing here

    async def _welcome(self, identify: Payload) -> None:
        self.intents = identify["intents"]
        await self.dispatch("READY", self._world.ready(self._url))
        presences = bool(self.intents & PRESENCES_INTENT)
        await self.dispatch("GUILD_CREATE", self._world.guild_create(presences=presences))
        if not self.intents & MEMBERS_INTENT or (presences and not self._world.large):
            self.told.set()

    async def _send_members(self, request: Payload) -> None:
        """Answer a request for every member; without the members intent Discord allows no such request."""
        if not self.intents & MEMBERS_INTENT or int(request["guild_id"]) != GUILD:
            return
        for chunk in self._world.chunks(request.get("nonce")):
            await self.dispatch("GUILD_MEMBERS_CHUNK", chunk)
        self.told.set()

    async def _send(self, op: Op, data: object, event: str | None = None) -> None:
        text = json.dumps({"op": op, "d": data, "s": self._sequence if event else None, "t": event})
        if self._packing is None:
            await self._socket.send_str(text)
        else:
            await self._socket.send_bytes(self._packing.pack(text.encode()))
