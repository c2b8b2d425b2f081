"""Alembic's entry: runs the migrations on the connection (and in the transaction) of ``service.store.migrate``."""

from alembic import context

from service.books import tables as books_tables
from service.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[tables.metadata, books_tables.metadata],
    render_as_batch=True,
)
context.run_migrations()
