"""Faults with words for the person who met them. Anything that is not one of these gets a reference number."""

from __future__ import annotations


class UserError(Exception):
    """Something a person can put right. `words` are shown to them as they stand, privately.

    `words` is one or two plain sentences that end with the way out. A form that raises it keeps what was typed; `again`
    is the argument with which the form is offered again, where the one it had would be refused once more.
    """

    def __init__(self, words: str, *, again: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.again = again


class GoneError(UserError):
    """What a card speaks of is no longer there, or has changed since the card was shown."""


class NotAllowedError(UserError):
    """The person may not do this here; `words` say who may."""
