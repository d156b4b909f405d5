"""What the bench server says: one server of the size asked for, in Discord's own JSON shapes (API version 10).

Which members a bot is told of follows Discord's gateway: without the presences intent GUILD_CREATE names only the bot
and people in voice channels, whatever `member_count` says; with it, a server of up to 250 names all its members, a
larger one those who are online, who here are none. With the members intent a bot may ask for all of them.
https://discord.com/developers/docs/events/gateway-events#guild-create
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Payload = dict[str, Any]

APPLICATION = 300_000_000_000_000_000
GUILD = 300_000_000_000_000_001
OWNER = 300_000_000_000_000_002
CHANNEL = 300_000_000_000_000_100
ROLE = 300_000_000_000_000_200
MEMBER = 300_000_000_000_001_000
MESSAGE = 300_000_000_001_000_000

JOINED = "2026-01-05T17:00:00.000000+00:00"
EVERYTHING = str((1 << 53) - 1)
LARGE = 250  # the large_threshold that discord.py sends
CHUNK = 1000  # Discord sends at most 1,000 members in one GUILD_MEMBERS_CHUNK
TEXT_CHANNELS = ("welcome", "general", "ask-anything", "events", "resources", "organizers-desk", "mentoring")
ROLES = ("Organizer", "Mentor", "3D printing", "Lasers", "Sewing", "Vinyl cutting", "Electronics", "School", "Public")


def user(user_id: int, name: str, *, bot: bool = False) -> Payload:
    """A Discord account."""
    return {
        "id": str(user_id),
        "username": name,
        "discriminator": "0",
        "global_name": None if bot else name.title(),
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
    }


def application() -> Payload:
    """The bot's application, as /oauth2/applications/@me tells it."""
    return {
        "id": str(APPLICATION),
        "name": "bench",
        "description": "",
        "icon": None,
        "summary": "",
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": user(OWNER, "owner"),
        "team": None,
    }


def _member(account: Payload, roles: tuple[int, ...] = ()) -> Payload:
    return {
        "user": account,
        "nick": None,
        "avatar": None,
        "roles": [str(role) for role in roles],
        "joined_at": JOINED,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }


def _role(role_id: int, name: str, position: int) -> Payload:
    return {
        "id": str(role_id),
        "name": name,
        "permissions": EVERYTHING,
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def _text_channel(channel_id: int, name: str, position: int) -> Payload:
    return {
        "id": str(channel_id),
        "guild_id": str(GUILD),
        "type": 0,
        "name": name,
        "position": position,
        "permission_overwrites": [],
        "topic": None,
        "nsfw": False,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "parent_id": None,
        "flags": 0,
    }


@dataclass(frozen=True)
class World:
    """A Discord server of `members` people (at least 1, the bot not counted) and what surrounds it."""

    members: int = 2500
    bot: Payload = field(default_factory=lambda: user(APPLICATION, "bench", bot=True))

    @cached_property
    def people(self) -> list[Payload]:
        """Every member, the bot first, in Discord's shape; each person holds two roles.

        Each signed up at another moment: discord.py hashes a number by its time alone, and a set of people who all came
        in the same millisecond would take the square of the time.
        """
        people = [_member(self.bot)]
        for number in range(self.members):
            roles = (ROLE + number % len(ROLES), ROLE + (number * 7 + 1) % len(ROLES))
            people.append(_member(user(MEMBER + (number + 1 << 22), f"maker{number:05}"), roles))
        return people

    @property
    def large(self) -> bool:
        """Whether Discord keeps the names of those who are offline to itself until it is asked."""
        return len(self.people) > LARGE

    def ready(self, gateway_url: str) -> Payload:
        """The READY event: the server is named, and not yet available."""
        return {
            "v": 10,
            "user": self.bot,
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": "bench",
            "resume_gateway_url": gateway_url,
            "shard": [0, 1],
            "application": {"id": str(APPLICATION), "flags": 0},
        }

    def guild_create(self, *, presences: bool) -> Payload:
        """The GUILD_CREATE event; `presences` says whether the bot asked for that intent."""
        return {
            **self.guild(),
            "joined_at": JOINED,
            "large": self.large,
            "unavailable": False,
            "member_count": len(self.people),
            "members": self.people if presences and not self.large else self.people[:1],
            "channels": self.channels(),
            "threads": [],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def guild(self) -> Payload:
        """The server itself, as GET /guilds/{id} tells it."""
        names = ("@everyone", *ROLES)
        return {
            "id": str(GUILD),
            "name": "Bench Libraries",
            "owner_id": str(OWNER),
            "roles": [_role(GUILD if n == 0 else ROLE + n - 1, name, n) for n, name in enumerate(names)],
            "emojis": [],
            "stickers": [],
            "features": ["COMMUNITY"],
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 2,
            "mfa_level": 0,
            "nsfw_level": 0,
            "afk_timeout": 300,
            "afk_channel_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "preferred_locale": "en-US",
            "premium_tier": 0,
        }

    def channels(self) -> list[Payload]:
        """The server's channels: text channels by name, and 23 more as a grown server has them."""
        names = (*TEXT_CHANNELS, *(f"room-{number}" for number in range(23)))
        return [_text_channel(CHANNEL + place, name, place) for place, name in enumerate(names)]

    def chunks(self, nonce: object) -> list[Payload]:
        """The GUILD_MEMBERS_CHUNK events that answer a request for all members."""
        parts = [self.people[start : start + CHUNK] for start in range(0, len(self.people), CHUNK)]
        return [
            {
                "guild_id": str(GUILD),
                "members": part,
                "chunk_index": index,
                "chunk_count": len(parts),
                "nonce": nonce,
            }
            for index, part in enumerate(parts)
        ]

    def command(self, interaction_id: int, command: Payload) -> Payload:
        """The INTERACTION_CREATE event of a slash command; `command` is its `data`. Each comes from another member."""
        presser = self.people[1 + interaction_id % self.members]
        return {
            "id": str(interaction_id),
            "application_id": str(APPLICATION),
            "type": 2,
            "data": command,
            "guild_id": str(GUILD),
            "guild": {"id": str(GUILD), "locale": "en-US", "features": ["COMMUNITY"]},
            "guild_locale": "en-US",
            "channel_id": str(CHANNEL),
            "channel": self.channels()[0],
            "member": {**presser, "permissions": EVERYTHING},
            "token": f"bench-{interaction_id}",
            "version": 1,
            "app_permissions": EVERYTHING,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(GUILD)},
            "context": 0,
            "attachment_size_limit": 10_485_760,
        }

    def said(self, message_id: int, words: str) -> Payload:
        """The MESSAGE_CREATE event of what the server's owner posted."""
        author = user(OWNER, "owner")
        member = {name: value for name, value in _member(author).items() if name != "user"}
        message = self.message(message_id, {"content": words})
        del message["application_id"], message["webhook_id"]
        return {**message, "type": 0, "author": author, "member": member, "guild_id": str(GUILD)}

    def message(self, message_id: int, body: Payload) -> Payload:
        """The message that Discord makes of what the bot sent."""
        return {
            "id": str(message_id),
            "channel_id": str(CHANNEL),
            "type": 20,
            "content": body.get("content") or "",
            "author": self.bot,
            "embeds": [],
            "attachments": [],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "components": body.get("components") or [],
            "timestamp": JOINED,
            "edited_timestamp": None,
            "tts": False,
            "pinned": False,
            "flags": body.get("flags") or 0,
            "application_id": str(APPLICATION),
            "webhook_id": str(APPLICATION),
        }
