"""Which state of its place each open page shows, so that only a page whose place has changed is drawn again.

A page that is drawn again has a new revision, and simcord refuses what is done on an older one. So a page must not be
drawn without need: neither after its own action, which has just drawn it, nor for what only somebody else sees.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from simcord.backend.access import can_access_message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simcord import Env, Preview
    from simcord.preview._pages import _Page

_Reason = Literal["initial", "refresh", "snapshot", "navigation", "query", "presentation", "action", "capture"]


class Drawing:
    """Draws pages again when they need it."""

    def __init__(self, env: Env) -> None:
        self._env = env
        self._shown: dict[str, int] = {}  # page id -> the state of its place that it shows
        self._transcript_length = 0

    def watch(self, preview: Preview) -> None:
        """Note from now on what the pages of this Preview show; simcord tells nobody when it has drawn one."""
        publish = preview._publish

        def publish_and_note(page: _Page, *, reason: _Reason = "action") -> None:
            publish(page, reason=reason)
            self._shown[page.id] = self._state(page)

        preview._publish = publish_and_note  # type: ignore[method-assign]  # the one place all drawing goes through

    def catch_up(self, previews: Iterable[Preview]) -> None:
        """Draw again each page whose place has changed for its viewer since it was drawn."""
        length = len(self._env.backend.transcript)
        if length == self._transcript_length:  # nothing has happened anywhere
            return
        self._transcript_length = length
        for preview in previews:
            for page in tuple(preview._pages.values()):
                if self._shown.get(page.id) != self._state(page):
                    preview._advance_presentation_time()
                    preview._publish(page, reason="refresh")

    def _state(self, page: _Page) -> int:
        backend = self._env.backend
        messages = backend.messages.get(page.channel_id, {}).values()
        seen = [
            each for each in messages if can_access_message(self._env, page.channel_id, each, page.viewer, history=True)
        ]
        channel = backend.channels.get(page.channel_id)
        if channel is not None:  # these two count what others alone can see, too
            channel = replace(channel, last_message_id=None, message_count=0)
        return hash(repr((channel, seen)))
