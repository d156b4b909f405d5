"""Revision 0014: a server's name, so that what is taken away without asking Discord can say whose it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guild", sa.Column("name", sa.String(length=100), nullable=True))


def downgrade() -> None:
    op.drop_column("guild", "name")
