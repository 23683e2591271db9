"""Runs the versions in this folder on the connection that `core.migrate` opened. Alembic loads it by name."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite cannot change a column in place; a batch copies the table.
    render_as_batch=True,
)
context.run_migrations()
