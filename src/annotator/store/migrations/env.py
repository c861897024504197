"""What Alembic runs first: it gets its connection, in a transaction, from `store.migrate`."""

from alembic import context

from annotator.store import models

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.all_tables(),
    render_as_batch=True,
)
context.run_migrations()
