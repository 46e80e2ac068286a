"""Alembic's way in: always on the connection that `Store.migrate` brings."""

from alembic import context

from facilitator.store.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
