"""Discord's routes as the delivery worker uses them, on a scene; each under the name by which faults find it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.torture import payloads
from tests.torture.scene import (
    FORUM_POST,
    HISTORY,
    PRIVATE_THREAD,
    PRIVATE_THREADS,
    SEND,
    SEND_IN_THREADS,
    THREADS,
    Refused,
    Scene,
    no_channel,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Answer = Callable[[Scene, list[int], Any, Mapping[str, str]], Any]


def me(scene: Scene, _numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    return payloads.user(scene.bot, bot=True)


def application(scene: Scene, _numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    return payloads.application(scene)


def guild(scene: Scene, numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    if numbers[0] != scene.guild:
        raise Refused(404, 10004, "Unknown Guild")
    return payloads.guild(scene)


def member(scene: Scene, numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    return payloads.member(scene, numbers[1])


def place(scene: Scene, numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    found = scene.place(numbers[0])
    scene.readable(found)
    return payloads.place(scene, found)


def send(scene: Scene, numbers: list[int], body: Any, _query: Mapping[str, str]) -> Any:
    found = scene.places.get(numbers[0])
    needed = SEND_IN_THREADS if found is not None and found.type in THREADS else SEND
    nonce = str(body["nonce"]) if body.get("enforce_nonce") else None
    return payloads.message(scene, scene.post(scene.place(numbers[0], needed), body["components"], nonce))


def history(scene: Scene, numbers: list[int], _body: Any, query: Mapping[str, str]) -> Any:
    found = scene.place(numbers[0])
    if not scene.readable(found):
        return []
    before = int(query.get("before", 1 << 63))
    standing = [one for one in reversed(found.messages) if one.taken_at is None and one.number < before]
    return [payloads.message(scene, one) for one in standing[: int(query.get("limit", "50"))]]


def one_message(scene: Scene, numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    found = scene.place(numbers[0], HISTORY)
    for one in found.messages:
        if one.number == numbers[1] and one.taken_at is None:
            return payloads.message(scene, one)
    raise Refused(404, 10008, "Unknown Message")


def direct(scene: Scene, _numbers: list[int], body: Any, _query: Mapping[str, str]) -> Any:
    return payloads.place(scene, scene.direct(int(body["recipient_id"])))


def thread(scene: Scene, numbers: list[int], body: Any, _query: Mapping[str, str]) -> Any:
    return payloads.place(scene, scene.thread(scene.place(numbers[0], PRIVATE_THREADS), body["name"], PRIVATE_THREAD))


def forum_post(scene: Scene, numbers: list[int], body: Any, _query: Mapping[str, str]) -> Any:
    post = scene.thread(scene.place(numbers[0], SEND), body["name"], FORUM_POST)
    first = scene.post(post, body["message"]["components"], None)
    first.number = post.number  # the first message of a post has the post's number
    return {**payloads.place(scene, post), "message": payloads.message(scene, first)}


def active(scene: Scene, _numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    return {"threads": [payloads.place(scene, found) for found in scene.threads()], "members": []}


def archived(scene: Scene, numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    scene.place(numbers[0], HISTORY)
    return {"threads": [], "members": [], "has_more": False}


def members(scene: Scene, numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    found = scene.place(numbers[0])
    return [
        {"id": str(found.number), "user_id": str(number), "join_timestamp": "2026-01-01T00:00:00+00:00", "flags": 0}
        for number in sorted(found.members)
    ]


def add_member(scene: Scene, numbers: list[int], _body: Any, _query: Mapping[str, str]) -> Any:
    found = scene.place(numbers[0])
    if found.type not in THREADS:
        raise no_channel()
    found.members.add(numbers[1])
    return None


FORUM_ROUTE = "forum-post"
ROUTES: tuple[tuple[str, str, str, Answer], ...] = (
    ("me", "GET", r"/users/@me", me),
    ("application", "GET", r"/oauth2/applications/@me", application),
    ("direct", "POST", r"/users/@me/channels", direct),
    ("send", "POST", r"/channels/(\d+)/messages", send),
    ("history", "GET", r"/channels/(\d+)/messages", history),
    ("guild", "GET", r"/guilds/(\d+)", guild),
    ("place", "GET", r"/channels/(\d+)", place),
    ("member", "GET", r"/guilds/(\d+)/members/(\d+)", member),
    ("first", "GET", r"/channels/(\d+)/messages/(\d+)", one_message),
    ("thread", "POST", r"/channels/(\d+)/threads", thread),
    (FORUM_ROUTE, "POST", r"/channels/(\d+)/threads", forum_post),
    ("active", "GET", r"/guilds/(\d+)/threads/active", active),
    ("archived", "GET", r"/channels/(\d+)/threads/archived/public", archived),
    ("members", "GET", r"/channels/(\d+)/thread-members", members),
    ("add-member", "PUT", r"/channels/(\d+)/thread-members/(\d+)", add_member),
)
WIRE_STEPS = tuple(name for name, *_ in ROUTES)
_PATTERNS = [(name, method, re.compile(pattern), answer) for name, method, pattern, answer in ROUTES]


def found(method: str, path: str, body: Any) -> tuple[str, Answer, list[int]] | None:
    """The route of a request: its name, what answers it, and the numbers in its path."""
    for name, wanted, pattern, answer in _PATTERNS:
        match = pattern.fullmatch(path) if method == wanted else None
        if match and not (name == "thread" and "message" in body):
            return name, answer, [int(number) for number in match.groups()]
    return None
