"""Alembic runs on the connection, and in the transaction, that `operations.schema` hands it."""

from alembic import context

from trainer.database import Base
from trainer.operations import tables  # noqa: F401 - every model is known to Base once this is imported

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
