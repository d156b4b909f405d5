"""Column types that SQLAlchemy lacks: a moment in UTC that refuses to be vague."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored as UTC without zone and read back as an aware UTC datetime.

    Raises ValueError (wrapped by SQLAlchemy in StatementError) for a datetime without a zone.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime of any zone into naive UTC for the database."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            msg = f"a datetime without a time zone cannot be stored: {value!r}"
            raise ValueError(msg)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back what was stored as an aware UTC datetime."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)
