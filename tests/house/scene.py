"""Two servers: one full of things, and another from which nothing of it may be touched or seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import setup

if TYPE_CHECKING:
    from simcord import ChannelHandle, GuildHandle, MemberActor

    from tests.kit.world import World


class Elsewhere:
    """The other server. Its owner, a stranger to the first, is an organizer there; some people are in both."""

    guild: GuildHandle
    general: ChannelHandle
    people: dict[str, MemberActor]

    async def build(self, world: World, people: dict[str, MemberActor]) -> Elsewhere:
        env = world.env
        stranger = env.create_user("vera")
        self.guild = env.create_guild("Elm County Makers", owner=stranger)
        role = self.guild.create_role("Organizer")
        self.people = {"stranger": self.guild.add_member(stranger, roles=[role])}
        for name in ("member", "organizer", "host"):
            roles = [role] if name == "organizer" else []
            self.people[name] = self.guild.add_member(people[name].user, roles=roles)
        self.general = self.guild.create_text_channel("general")
        self.guild.create_text_channel("organizers-desk")
        await env.settle()
        return self


class Scene:
    """The community with its people, the numbers of what stands in it, and the other server."""

    elsewhere: Elsewhere

    def __init__(self, world: World) -> None:
        self.world = world
        self.numbers: dict[str, str] = {"guild": str(world.guild.id)}
        host = world.guild.add_member(world.env.create_user("hanna"))
        self.people: dict[str, MemberActor] = {
            "owner": world.owner,
            "organizer": world.organizer,
            "member": world.member,
            "other": world.other,
            "host": host,
        }

    async def build(self) -> Scene:
        self.elsewhere = await Elsewhere().build(self.world, self.people)
        return self

    def note(self, **numbers: object) -> None:
        """Remember the numbers of things by name."""
        self.numbers |= {name: str(number) for name, number in numbers.items()}

    def places(self) -> set[str]:
        """The numbers of the first server, its channels and its threads."""
        guild = self.world.env.backend.get_guild(self.world.guild.id)
        return {str(number) for number in (guild.id, *guild.channel_ids, *guild.thread_ids)}

    async def settled(self, **values: object) -> None:
        """Have something set up in the first server."""
        world = self.world
        async with world.database.write() as connection:
            settings = await setup.change(connection, world.guild.id, world.bot.clock(), **values)
        world.bot.servers.keep(settings)

    async def draft(self, who: str, form: str, argument: str = "", **answers: object) -> int:
        """What somebody typed and did not send."""
        return await self.world.bot.drafts.keep(
            guild_id=self.world.guild.id,
            user_id=self.people[who].id,
            form=form,
            argument=argument,
            answers=answers,
        )

    async def number(self, query: str, *given: object) -> int:
        """A number out of the database."""
        async with self.world.database.read() as connection:
            return int((await connection.exec_driver_sql(query, given)).scalar_one())
