"""What a fault means for a delivery: try again, wait, go another way, or lay it aside with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import aiohttp
import discord

from bot.delivery.line import AttemptOverError, ClosedError

# Codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_GONE = {10003: "channel-gone", 10004: "server-gone", 10013: "member-gone"}
_CLOSED = (50001, 50008, 50013, 160005)  # no access, not for text, no permission, a locked thread
_NO_DIRECT_MESSAGE = (50007, 50278)  # closed to us; no server in common
_TOO_MUCH_FOR_NOW = (40003, 160006)  # direct messages opened too fast; no more active threads
_MESSAGE_GONE = 10008  # the message with this nonce was there, and has been deleted
_UNAUTHORIZED, _TOO_MANY, _SERVER_FAULT = 401, 429, 500
_NO_ANSWER = (
    ((AttemptOverError, TimeoutError), "too-slow"),
    ((OSError, aiohttp.ClientError, discord.GatewayNotFound), "unreachable"),
)
UNREACHABLE = ("too-slow", "unreachable", "outage")
"""The reasons that are over for all as soon as Discord takes one message."""
SHORT = 5.0
"""Seconds to wait at least where Discord does not say how long."""
LONG = 900.0
"""Seconds to wait where Discord says that it is too much for now."""


class Action(Enum):
    """What to do with a delivery that could not simply be sent."""

    SENT = "it is or was there"
    RETRY = "try again, with growing waits"
    WAIT = "try again after so many seconds"
    TWICE = "lay it aside if this is the second time"
    OTHER_WAY = "reach the member another way"
    PARK = "lay it aside"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An action, its reason as it is stored (32 characters at most), and where it waits for how many seconds.

    `everyone` means that Discord does not want to hear from us at all meanwhile; `unreachable`, that it was not
    Discord who answered, or that it could not; `untried`, that nothing of this attempt was written.
    """

    action: Action
    reason: str
    seconds: float = 0.0
    everyone: bool = False
    unreachable: bool = False
    untried: bool = False


_BY_CODE = {
    **{code: Verdict(Action.TWICE, reason) for code, reason in _GONE.items()},
    **dict.fromkeys(_CLOSED, Verdict(Action.TWICE, "channel-closed")),
    **dict.fromkeys(_NO_DIRECT_MESSAGE, Verdict(Action.OTHER_WAY, "closed-dms")),
    **dict.fromkeys(_TOO_MUCH_FOR_NOW, Verdict(Action.WAIT, "too-many", LONG)),
    _MESSAGE_GONE: Verdict(Action.SENT, "deleted"),
}


class ParkError(Exception):
    """It must not be sent now, for this reason; a person has to do something."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def verdict_on(fault: Exception) -> Verdict:
    """What a fault of an attempt means."""
    if isinstance(fault, ParkError):
        return Verdict(Action.PARK, fault.reason)
    if isinstance(fault, ClosedError):
        return Verdict(Action.WAIT, "busy", untried=not fault.tried)
    if isinstance(fault, discord.RateLimited):
        return Verdict(Action.WAIT, "busy", fault.retry_after)
    if isinstance(fault, discord.HTTPException):
        return _on_answer(fault)
    for faults, reason in _NO_ANSWER:
        if isinstance(fault, faults):
            return Verdict(Action.RETRY, reason, unreachable=True)
    return Verdict(Action.RETRY, "fault")


def _on_answer(fault: discord.HTTPException) -> Verdict:
    if fault.status == _TOO_MANY:
        return Verdict(Action.WAIT, "busy", SHORT, everyone=True, unreachable=True)
    if fault.status >= _SERVER_FAULT:
        return Verdict(Action.RETRY, "outage", unreachable=True)
    if fault.status == _UNAUTHORIZED:
        return Verdict(Action.WAIT, "token", LONG, everyone=True, unreachable=True)
    if fault.text.lstrip().startswith("<"):  # a page of somebody on the way, such as a firewall: not Discord's word
        return Verdict(Action.RETRY, "unreachable", unreachable=True)
    return _BY_CODE.get(fault.code, Verdict(Action.PARK, "refused"))
