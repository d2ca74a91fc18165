"""Alembic runs on the connection, and in the transaction, that `operations.schema` hands it."""

from typing import Any

from alembic import context

from trainer.database import Base, UtcInstant
from trainer.operations import tables  # noqa: F401 - every model is known to Base once this is imported


def _written(kind: str, item: Any, _autogen: Any) -> Any:
    """Write our own column type as what it is in the database: a migration must not depend on today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcInstant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
    render_item=_written,
)
context.run_migrations()
