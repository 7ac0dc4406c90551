"""What the desk asks for at every turn: the articles that came in last."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_articles_recorded", "articles", ["recorded"])
