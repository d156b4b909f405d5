"""What the stand-in answers, as JSON in Discord's forms; just what discord.py reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.torture.scene import ALL, DM, FORUM, THREADS, iso

if TYPE_CHECKING:
    from tests.torture.scene import Message, Place, Scene


def user(number: int, *, bot: bool = False) -> dict[str, Any]:
    return {
        "id": str(number), "username": f"u{number}", "discriminator": "0", "avatar": None, "global_name": None,
        "bot": bot,
    }  # fmt: skip


def application(scene: Scene) -> dict[str, Any]:
    return {
        "id": str(scene.bot), "name": "benchmate", "description": "", "icon": None, "summary": "", "bot_public": False,
        "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0, "owner": user(1), "team": None,
    }  # fmt: skip


def guild(scene: Scene) -> dict[str, Any]:
    everyone = {
        "id": str(scene.guild), "name": "@everyone", "permissions": str(ALL), "color": 0, "hoist": False, "position": 0,
        "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip
    return {
        "id": str(scene.guild),
        "name": "makers",
        "owner_id": "1",
        "roles": [everyone],
        "emojis": [],
        "features": [],
    }


def member(scene: Scene, number: int) -> dict[str, Any]:
    return {
        "user": user(number, bot=number == scene.bot), "roles": [], "joined_at": iso(0), "deaf": False, "mute": False,
        "flags": 0,
    }  # fmt: skip


def place(scene: Scene, found: Place) -> dict[str, Any]:
    common = {"id": str(found.number), "type": found.type, "name": found.name, "guild_id": str(scene.guild)}
    if found.type == DM:
        return {"id": str(found.number), "type": DM, "recipients": [user(found.owner)]}
    if found.type in THREADS:
        made = iso(((found.number >> 22) + 1_420_070_400_000) / 1000)
        details = {
            "archived": False, "auto_archive_duration": 10080, "archive_timestamp": made, "locked": False,
            "create_timestamp": made, "invitable": False,
        }  # fmt: skip
        return {
            **common, "parent_id": str(found.parent), "owner_id": str(found.owner), "thread_metadata": details,
            "message_count": len(found.messages), "member_count": len(found.members), "applied_tags": [], "flags": 0,
        }  # fmt: skip
    denied = {"id": str(scene.bot), "type": 1, "allow": "0", "deny": str(found.denied)}
    more: dict[str, Any] = {"available_tags": []} if found.type == FORUM else {}
    return {
        **common, **more, "position": 0, "permission_overwrites": [denied], "nsfw": False, "parent_id": None, "flags": 0
    }  # fmt: skip


def message(scene: Scene, found: Message) -> dict[str, Any]:
    at = iso(((found.number >> 22) + 1_420_070_400_000) / 1000)
    return {
        "id": str(found.number), "channel_id": str(found.channel), "author": user(scene.bot, bot=True), "content": "",
        "timestamp": at, "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "type": 0, "flags": 1 << 15,
        "components": found.components,
    }  # fmt: skip
