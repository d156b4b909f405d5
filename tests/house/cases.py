"""What there is to press, choose and send, and who may. A case is written as its custom_id.

    "publish:{waiting}:{waiting_v}"          a button; what is in braces is a number of the scene
    "setup-take-role < &Organizer"           a select and what is chosen: text, @person, &role, #channel
    "confirm:privacy-delete:here"            a question's yes (`keep:` its no, `undo:` its undo)
    "page:saved::1:0:next"                   a list
    "form:decline:{waiting}.1 < reason=No"   a form and what is typed

Whoever adds something to press adds it here, and says by its place who may: a test compares with what the bot knows.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """`right` may press it; nobody of `wrong` may. Where that is empty, `why` says what makes it harmless."""

    where: str
    right: str
    wrong: tuple[str, ...] = ()
    why: str = ""
    chosen: tuple[str, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether it names a thing of the server."""
        return "{" in self.where


def _cases(where: tuple[str, ...], right: str, wrong: tuple[str, ...] = (), why: str = "") -> tuple[Case, ...]:
    made = []
    for one in where:
        custom_id, _, chosen = one.partition(" < ")
        made.append(Case(custom_id, right, wrong, why, tuple(chosen.split(";")) if chosen else ()))
    return tuple(made)


def organizers(*where: str) -> tuple[Case, ...]:
    """For organizers; members without that role must not."""
    return _cases(where, "organizer", ("member",))


def managers(*where: str) -> tuple[Case, ...]:
    """For who may manage the server; organizers without that permission must not either."""
    return _cases(where, "owner", ("member", "organizer"))


def only(right: str, *where: str) -> tuple[Case, ...]:
    """For one person; nobody else must, organizers and the server's owner included."""
    return _cases(where, right, tuple(one for one in ("other", "organizer", "owner", "member") if one != right))


def some(right: str, wrong: tuple[str, ...], *where: str) -> tuple[Case, ...]:
    """For `right` and their like; `wrong` must not."""
    return _cases(where, right, wrong)


def anyone(why: str, *where: str) -> tuple[Case, ...]:
    """For everyone in the server, for this reason: it shows what all may see, or changes only what is one's own."""
    return _cases(where, "member", why=why)
