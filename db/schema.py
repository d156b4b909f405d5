"""One MetaData for all tables, with names for every constraint so that migrations can speak of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, MetaData

# https://docs.sqlalchemy.org/en/21/core/constraints.html#configuring-a-naming-convention-for-a-metadata-collection
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_guild(*, key: bool = False) -> Column[int]:
    """Whose row it is: the server's number. The row goes with its server; `key` where it is part of the primary key."""
    return Column(
        "guild_id",
        BigInteger,
        ForeignKey("guild.guild_id", ondelete="CASCADE"),
        primary_key=key,
        autoincrement=False if key else "auto",
        nullable=False,
    )
