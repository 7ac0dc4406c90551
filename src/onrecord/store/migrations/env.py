"""What alembic runs to run the steps: on the connection, and in the transaction, that `run` hands it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
