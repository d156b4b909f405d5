"""One MetaData for all tables, with names for every constraint so that migrations can speak of them."""

from __future__ import annotations

from sqlalchemy import MetaData

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
