from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord

from bot.kit.permissions import USED
from db import setup
from tests.bot.test_checking import checked
from tests.kit.standin import BOT, StandIn
from tests.kit.world import open_database

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.kit.cli import Said

GUILD, OWN_ROLE, ORGANIZERS, DESK, FORUM = 400, 401, 402, 410, 411
NOW = datetime(2026, 11, 23, tzinfo=UTC)
EVERYONE = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True).value


def role(number: int, name: str, permissions: int, position: int) -> dict[str, Any]:
    values = {"color": 0, "hoist": False, "mentionable": False, "flags": 0, "managed": number == OWN_ROLE}
    colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    named = {"id": str(number), "name": name, "permissions": str(permissions), "position": position}
    return {**named, "colors": colors, **values}


def channel(number: int, name: str, kind: int, **more: Any) -> dict[str, Any]:
    values = {"position": number, "permission_overwrites": [], "parent_id": None, "guild_id": str(GUILD)}
    return {"id": str(number), "name": name, "type": kind, **values, **more}


def things(*, mine: int = USED.value, organizers: int = 2) -> Mapping[str, object]:
    """A server of which only its desk and its questions are set up."""
    roles = [
        role(GUILD, "@everyone", EVERYONE, 0),
        role(ORGANIZERS, "Stewards", 0, 1),
        role(OWN_ROLE, "Benchmate", mine, 2),
    ]
    closed = {"id": str(GUILD), "type": 0, "allow": "0", "deny": "1024"}
    opened = {"id": str(ORGANIZERS), "type": 0, "allow": "1024", "deny": "0"}
    me = {"id": str(BOT["id"]), "type": 1, "allow": "1024", "deny": "0"}
    tags = [{"id": "1", "name": "Answered", "moderated": False, "emoji_id": None, "emoji_name": "✅"}]
    return {
        f"/guilds/{GUILD}": {
            "id": str(GUILD), "name": "Oak County", "owner_id": "500", "roles": roles, "emojis": [], "features": [],
            "preferred_locale": "en-US", "stickers": [],
        },
        f"/guilds/{GUILD}/channels": [
            channel(DESK, "back-office", 0, permission_overwrites=[closed, opened, me]),
            channel(FORUM, "ask-us", 15, available_tags=tags),
        ],
        f"/guilds/{GUILD}/members/{BOT['id']}": {
            "user": BOT, "roles": [str(OWN_ROLE)], "joined_at": NOW.isoformat(), "deaf": False, "mute": False,
            "flags": 0,
        },
        f"/guilds/{GUILD}/roles/member-counts": {str(ORGANIZERS): organizers, str(OWN_ROLE): 1},
    }  # fmt: skip


async def set_up(folder: Path) -> str:
    """A database in which the server has its desk, its forum and its role; its address."""
    file = folder / "benchmate.db"
    database = await open_database(file)
    async with database.write() as connection:
        await setup.change(
            connection, GUILD, NOW, desk_id=DESK, questions_id=FORUM, organizer_role_id=ORGANIZERS, zone="Europe/Vienna"
        )
    await database.close()
    return f"sqlite+aiosqlite:///{file}"


async def visited(folder: Path, discord_: StandIn, number: int = GUILD, **settings: str) -> Said:
    return await checked(folder, discord_, "--server", str(number), **settings)


async def test_the_facts_of_a_server_are_told_by_name(tmp_path: Path) -> None:
    said = await visited(tmp_path, StandIn(things=things()), DATABASE_URL=await set_up(tmp_path))
    assert "ok   Who has the role Stewards is an organizer, and so is the server's owner." in said.out
    assert "ok   Organizers' desk is #back-office." in said.out
    assert "ok   The server lives by Vienna time (Europe/Vienna)." in said.out
    assert "ok   More than one person looks after this community." in said.out
    said.expect_refusal("#ask-us lacks the tag Needs help.")
    assert "<" not in said.out.replace("<your", "")
    assert "**" not in said.out + said.err


async def test_a_missing_permission_and_a_single_organizer_are_told(tmp_path: Path) -> None:
    allowed = discord.Permissions(USED.value)
    allowed.update(manage_roles=False)
    said = await visited(
        tmp_path, StandIn(things=things(mine=allowed.value, organizers=1)), DATABASE_URL=await set_up(tmp_path)
    )
    said.expect_refusal("My role lacks Manage Roles, to make the organizers' role")
    assert "Only one person has the role Stewards" in said.out


async def test_a_server_the_bot_is_not_in_is_told_in_words(tmp_path: Path) -> None:
    said = await visited(tmp_path, StandIn(things=things()), 999)
    said.expect_refusal("Benchmate is not in a server with the number 999.")


async def test_before_the_first_start_it_looks_all_the_same_and_makes_no_file(tmp_path: Path) -> None:
    said = await visited(tmp_path, StandIn(things=things()))
    assert "Announcements has no channel yet." in said.out
    assert not [*tmp_path.iterdir()]  # noqa: ASYNC240 - a look at a folder in a test
