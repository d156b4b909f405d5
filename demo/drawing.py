"""Which state of its place each open page shows, so that only a page whose place has changed is drawn again.

A page that is drawn again has a new revision, and simcord refuses what is done on an older one. So a page must not be
drawn without need: neither after its own action, which has just drawn it, nor for what only somebody else sees. And of
each message it is known since which revision it looks as it does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from simcord.backend.access import can_access_message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simcord import Env, Preview
    from simcord.preview._pages import _Page

_Reason = Literal["initial", "refresh", "snapshot", "navigation", "query", "presentation", "action", "capture"]


class _Look(NamedTuple):
    """What a message looks like (a hash), and since which revision of the page."""

    state: int
    since: int


class Drawing:
    """Draws pages again when they need it."""

    def __init__(self, env: Env) -> None:
        self._env = env
        self._shown: dict[str, int] = {}  # page id -> the state of its place that it shows
        self._since: dict[str, dict[int, _Look]] = {}  # page id -> message id -> how it looks
        self._transcript_length = 0

    def watch(self, preview: Preview) -> None:
        """Note from now on what the pages of this Preview show; simcord tells nobody when it has drawn one."""
        publish = preview._publish

        def publish_and_note(page: _Page, *, reason: _Reason = "action") -> None:
            publish(page, reason=reason)
            self._note(page)

        preview._publish = publish_and_note  # type: ignore[method-assign]  # the one place all drawing goes through

    def catch_up(self, previews: Iterable[Preview]) -> None:
        """Draw again each page whose place has changed for its viewer since it was drawn."""
        length = len(self._env.backend.transcript)
        if length == self._transcript_length:  # nothing has happened anywhere
            return
        self._transcript_length = length
        for preview in previews:
            for page in tuple(preview._pages.values()):
                if self._shown.get(page.id) != self._state(page, self._seen(page)):
                    preview._advance_presentation_time()
                    preview._publish(page, reason="refresh")

    def looks_as_at(self, page: _Page, message_id: int, revision: int) -> bool:
        """Whether a message on this page still looks as it did when the page was drawn with this revision."""
        look = self._since.get(page.id, {}).get(message_id)
        return look is not None and look.since <= revision

    def _note(self, page: _Page) -> None:
        before, seen = self._since.get(page.id, {}), self._seen(page)
        now = {number: _Look(state, page.revision) for number, state in seen.items()}
        for number, look in before.items():
            if number in now and now[number].state == look.state:
                now[number] = look
        self._since[page.id] = now
        self._shown[page.id] = self._state(page, seen)

    def _seen(self, page: _Page) -> dict[int, int]:
        messages = self._env.backend.messages.get(page.channel_id, {}).values()
        return {
            each.id: hash(repr(each))
            for each in messages
            if can_access_message(self._env, page.channel_id, each, page.viewer, history=True)
        }

    def _state(self, page: _Page, seen: dict[int, int]) -> int:
        backend = self._env.backend
        channel = backend.channels.get(page.channel_id)
        if channel is not None:  # these two count what others alone can see, too
            channel = replace(channel, last_message_id=None, message_count=0)
        return hash((repr(channel), *seen.items()))
