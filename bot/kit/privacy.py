"""What is kept about a person, room by room: each says what, how long and why, lists it for them, and deletes it.

A room registers one `PersonalData` under its name (host.personal). Export and deletion go through all of them, so a
table that names people and is in none of them fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import agreement, delivery, drafts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

    from db.engine import AsyncConnection

    Export = Callable[[AsyncConnection, int | None, int], Awaitable[dict[str, Any]]]
    Delete = Callable[[AsyncConnection, int | None, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What one room keeps about people. `name` is its heading in the file that a person takes with them.

    `kept` says to everyone what is kept, how long and why: a line in Discord's markdown. `goes` is what a deletion
    takes away, `stays` what stays without a name (empty for nothing): both as part of a sentence. `columns` are the
    columns that hold people's numbers, as "table.column".

    `export` lists what there is about a person, as JSON can hold it, and `delete` takes it away; both are given a
    server's number, or None for every server, and a person's. After `delete`, `export` finds nothing.
    """

    name: str
    kept: str
    goes: str
    columns: tuple[str, ...]
    export: Export
    delete: Delete
    stays: str = ""


def of_the_kit() -> tuple[PersonalData, ...]:
    """What the kit itself keeps for all rooms."""
    return (
        PersonalData(
            name="drafts",
            kept="**What you typed or sent as a file, and did not finish**, and what you looked for in a list of "
            "several pages, for two weeks, so that nothing is lost and pages can be turned.",
            goes="what you typed or sent and did not finish, and the lists you looked at",
            columns=("draft.user_id",),
            export=drafts.personal,
            delete=drafts.forget,
        ),
        PersonalData(
            name="agreement",
            kept="**That you accepted the community's agreement**, and when, so that you are asked once.",
            goes="that you accepted the community's agreement",
            columns=("agreement.user_id",),
            export=agreement.personal,
            delete=agreement.forget,
        ),
        PersonalData(
            name="messages_to_you",
            kept="**What I promised to tell you**, such as reminders, until it is sent and 90 days more, so that "
            "nothing comes twice; and which private thread is yours.",
            goes="reminders and messages that wait for you",
            columns=("delivery.target_id", "private_thread.user_id"),
            export=delivery.personal,
            delete=delivery.forget,
        ),
    )
