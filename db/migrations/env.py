"""Where Alembic finds the connection and the tables; it runs only on the connection it is given."""

from __future__ import annotations

from alembic import context

import db.commands
import db.delivery
import db.drafts
import db.guilds
import db.resources
import db.search
import db.setup  # noqa: F401 - each brings its tables into the metadata
from db.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
